// Whether a buyer may order this much on account: his own spending limit of the calendar month and
// the credit of his organisation. Shown beside the cart and decided again in the commit of the
// order.
#pragma once

#include "apps/catalog/api.h"
#include "apps/commerce/buyer/buyers.h"

namespace cashline::commerce {

struct Spending {
    std::optional<Amount> limit {};
    Amount spent {}; // orders of this month that were not canceled
    Amount left {}; // zero without a limit
};
// In the currency of the limit.
Result<Spending> spending_of(Reader&, Buyer const&);

// Asked before the order is written: afterwards it would count against itself.
struct OnAccount {
    Amount total {};
    Id currency {};
};
// "spending_limit_missing", "spending_limit_currency_differs", "spending_limit_exceeded",
// "credit_on_hold", "credit_limit_missing", "credit_limit_exceeded".
Result<void> may_order_on_account(Reader&, Buyer const&, OnAccount const&);

}
