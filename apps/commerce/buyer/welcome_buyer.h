// Winning a deal lets the customer's buyer into the shop, in the same commit (product.md step 8).
#pragma once

#include "apps/sales/api.h"

namespace cashline::commerce {

// A rule after WinOpportunity. A contact without an address does not keep the deal from being won:
// the owner is told that nobody could be invited.
Result<void> welcome_buyer(Unit&, sales::WinOpportunity const&, NoReply const&);

}
