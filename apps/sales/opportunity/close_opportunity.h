// WinOpportunity and LoseOpportunity (sales.md 2.2, 3.1; docs/contracts/close-opportunity.md).
#pragma once

#include "apps/sales/api.h"

namespace cashline::sales {

Result<NoReply> win_opportunity(Unit&, WinOpportunity const&);
Result<NoReply> lose_opportunity(Unit&, LoseOpportunity const&);

}
