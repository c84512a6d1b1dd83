#include "core/wide.h"

#include "core/check.h"

#include <array>

namespace cashline::wide {

namespace {

constexpr Unsigned low_half = ~std::uint64_t {};

constexpr auto powers = [] {
    std::array<Unsigned, 39> table {};
    table[0] = 1;
    for (std::size_t exponent = 1; exponent < table.size(); ++exponent) {
        table[exponent] = table[exponent - 1] * 10;
    }
    return table;
}();

Wide subtract(Wide a, Wide b)
{
    return { a.high - b.high - (a.low < b.low ? 1 : 0), a.low - b.low };
}

Wide doubled(Wide value, bool carry)
{
    return { (value.high << 1) | (value.low >> 127), (value.low << 1) | (carry ? 1 : 0) };
}

bool rounds_away(Quotient const& division, Wide divisor, bool negative, Rounding rounding)
{
    auto const rest = subtract(divisor, division.remainder);
    switch (rounding) {
    case Rounding::half_away:
        return division.remainder >= rest;
    case Rounding::half_even:
        return division.remainder > rest
            || (division.remainder == rest && (division.quotient.low & 1) != 0);
    case Rounding::down:
        return false;
    case Rounding::up:
        return true;
    case Rounding::floor:
        return negative;
    case Rounding::ceiling:
        return !negative;
    }
    VERIFY(false);
}

}

Unsigned magnitude(Decimal::Coefficient value)
{
    return value < 0 ? Unsigned {} - static_cast<Unsigned>(value) : static_cast<Unsigned>(value);
}

Unsigned power_of_ten(unsigned exponent)
{
    VERIFY(exponent < powers.size());
    return powers[exponent];
}

Wide multiply(Unsigned a, Unsigned b)
{
    auto const a_high = a >> 64;
    auto const a_low = a & low_half;
    auto const b_high = b >> 64;
    auto const b_low = b & low_half;
    auto const bottom = a_low * b_low;
    auto const middle = a_high * b_low + (bottom >> 64);
    auto const cross = a_low * b_high + (middle & low_half);
    return { a_high * b_high + (middle >> 64) + (cross >> 64),
        (cross << 64) | (bottom & low_half) };
}

std::optional<Wide> multiply(Wide a, Unsigned b)
{
    auto const low = multiply(a.low, b);
    auto const high = multiply(a.high, b);
    Wide product { low.high + high.low, low.low };
    if (high.high != 0 || product.high < low.high) {
        return {};
    }
    return product;
}

Quotient divide(Wide numerator, Wide divisor)
{
    VERIFY(divisor != Wide {});
    if (numerator.high == 0 && divisor.high == 0) {
        return { { 0, numerator.low / divisor.low }, { 0, numerator.low % divisor.low } };
    }
    // Schoolbook, one bit at a time; money rarely comes here.
    Quotient result;
    for (int bit = 255; bit >= 0; --bit) {
        auto const word = bit >= 128 ? numerator.high : numerator.low;
        auto const overflows = (result.remainder.high >> 127) != 0;
        result.remainder = doubled(result.remainder, ((word >> (bit % 128)) & 1) != 0);
        auto const fits = overflows || result.remainder >= divisor;
        if (fits) {
            result.remainder = subtract(result.remainder, divisor);
        }
        result.quotient = doubled(result.quotient, fits);
    }
    return result;
}

Wide rounded_quotient(Quotient const& division, Wide divisor, bool negative, Rounding rounding)
{
    auto quotient = division.quotient;
    if (division.remainder != Wide {} && rounds_away(division, divisor, negative, rounding)) {
        ++quotient.low;
        quotient.high += quotient.low == 0 ? 1 : 0;
    }
    return quotient;
}

}
