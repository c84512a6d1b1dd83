// What the schema builder does not look at: that views, forms, processes and roles name tables and
// columns that exist.
#pragma once

#include "platform/metadata/schema.h"

namespace cashline {

Result<void> check_definitions(Schema const&);

}
