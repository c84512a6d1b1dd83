// Splits an already rounded total over parts whose exact shares are known, by largest remainder:
// each part gets its exact share rounded down, the missing units go to the largest remainders,
// earlier parts first. Unlike core's `allocate` the exact shares need not be proportional and may
// differ in sign (a returned line between sold ones), and a part whose exact share is zero gets
// nothing.
#pragma once

#include "core/money.h"

#include <span>
#include <vector>

namespace cashline::catalog {

// The parts add up to `total`. All exact shares zero and a total of not zero is refused
// ("nothing_to_share").
Result<std::vector<Amount>> share_total(
    Amount total, std::span<Decimal const> exact, std::uint8_t precision);

// part / whole of `total`, for shares in proportion; to 12 digits.
Result<Decimal> proportion_of(Decimal const& total, Decimal const& part, Decimal const& whole);

}
