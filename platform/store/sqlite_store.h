// The embedded store: one writer thread, several readers, one file. Internal to platform/store;
// others call open_store().
#pragma once

#include "platform/store/store.h"

namespace cashline {

Result<std::unique_ptr<Store>> open_sqlite_store(StoreOptions const&);

}
