// Whoever becomes the customer of an opportunity, quote or order has a Finance customer from that
// moment (issue: step 9).
#pragma once

#include "apps/integration/map/map.h"
#include "platform/pipeline/registry.h"

namespace cashline::integration {

void register_customers_of_deals(Registry&, std::vector<Map> const&);

}
