// Rules of the opportunity table; registered in opportunities.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::sales {

// Customer from account or contact, currency and price list from what the customer or the
// organisation has.
Result<void> complete_opportunity(Unit&, Change&);
// System-calculated revenue follows the lines as soon as there are any.
Result<void> calculate_revenue(Unit&, Change&);
Result<void> lines_need_an_open_opportunity(Unit&, Change&);
Result<void> reopen_opportunity(Unit&, Change&);

}
