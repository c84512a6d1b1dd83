// Is this value good for that column, and in which form is it stored? Refusals carry Dataverse's
// names and the column.
#pragma once

#include "core/result.h"
#include "platform/metadata/schema.h"

namespace cashline {

// The value as the column stores it: decimals at its scale, choices sorted, empty text as null.
Result<Value> checked_value(Column const& column, Value value);

}
