// The prices of a won deal become the customer's trade agreement: those of the won quote, or
// without one those of the opportunity's lines (product.md step 8). A rule after WinOpportunity.
#pragma once

#include "apps/sales/api.h"

namespace cashline::integration {

Result<void> keep_agreed_prices(Unit&, sales::WinOpportunity const&, NoReply const&);

}
