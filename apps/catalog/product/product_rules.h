// Rules of the product table; registered in catalog_app.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::catalog {

// Unit group from the unit, structure and decimals by default; families need no unit of their own
// but carry one all the same.
Result<void> complete_product(Unit&, Change&);

}
