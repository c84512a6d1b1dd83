// Unsigned 256-bit integers, only as wide as Decimal and allocate need them: a product of two
// coefficients and its exact quotient. Not a general big-number library.
#pragma once

#include "core/decimal.h"

namespace cashline::wide {

using Unsigned = unsigned __int128;

struct Wide {
    Unsigned high {};
    Unsigned low {};

    auto operator<=>(Wide const&) const = default;
};

struct Quotient {
    Wide quotient {};
    Wide remainder {};
};

Unsigned magnitude(Decimal::Coefficient);
Unsigned power_of_ten(unsigned exponent); // up to 38
Wide multiply(Unsigned, Unsigned);
// Nothing when the product needs more than 256 bits.
std::optional<Wide> multiply(Wide, Unsigned);
Quotient divide(Wide numerator, Wide divisor); // the divisor is not zero
// The quotient with its remainder settled; `negative` is the sign the result will carry.
Wide rounded_quotient(Quotient const&, Wide divisor, bool negative, Rounding);

}
