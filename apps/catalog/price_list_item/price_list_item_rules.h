// Rules of the price list item table; registered in catalog_app.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::catalog {

// Currency from the list, unit and unit group from the product.
Result<void> complete_price_list_item(Unit&, Change&);

}
