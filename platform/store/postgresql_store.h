// The store for clusters: a bounded pool of connections on one PostgreSQL database that several
// processes may share. Internal to platform/store; others call open_store().
#pragma once

#include "platform/store/store.h"

namespace cashline {

Result<std::unique_ptr<Store>> open_postgresql_store(StoreOptions const&);

}
