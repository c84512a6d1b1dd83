// Discounts on a whole document (typed header discounts, total discounts of agreements, coupons),
// spread over the lines they may touch. Order matters and is the caller's: 10 %, then 15, then 30 %
// is not 30 %, then 15, then 10 % (commerce-b2b.md 15.2, V3 and V4).
#pragma once

#include "apps/catalog/pricing/calculate.h"

#include <span>

namespace cashline::catalog {

struct DiscountResult {
    std::vector<std::vector<Amount>> shares {}; // [discount][line], as entered
    std::vector<Amount> remaining {}; // [line]
    std::vector<Trace> trace {};
};

// `amounts` are the line amounts, already rounded.
Result<DiscountResult> spread_discounts(DocumentInput const&, std::span<Amount const> amounts);

}
