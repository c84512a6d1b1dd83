// Exact decimal arithmetic: a 128-bit coefficient and a scale of 0 to 28 digits. Prices, quantities
// and rates are computed in it; amounts are stored as Amount (core/money.h). No operation rounds on
// its own: the ones that can lose digits name a Rounding. Overflow is an Error, never a wrap.
#pragma once

#include "core/result.h"

#include <compare>
#include <optional>

namespace cashline {

enum class Rounding : std::uint8_t {
    half_away, // commercial: 0.5 away from zero
    half_even, // banker's
    down, // towards zero
    up, // away from zero
    floor,
    ceiling,
};

class Decimal {
public:
    using Coefficient = __int128;

    constexpr Decimal() = default;
    constexpr Decimal(Coefficient coefficient, std::uint8_t scale)
        : m_coefficient(coefficient)
        , m_scale(scale)
    {
    }
    static constexpr Decimal from(std::int64_t whole) { return { whole, 0 }; }
    // Plain or exponent notation, at most 38 significant digits; nothing else around it.
    static std::optional<Decimal> parse(std::string_view text);

    Coefficient coefficient() const { return m_coefficient; }
    std::uint8_t scale() const { return m_scale; }
    bool is_zero() const { return m_coefficient == 0; }
    bool is_negative() const { return m_coefficient < 0; }
    int sign() const { return m_coefficient < 0 ? -1 : m_coefficient > 0 ? 1 : 0; }
    Decimal negated() const { return { -m_coefficient, m_scale }; }
    Decimal absolute() const { return is_negative() ? negated() : *this; }

    // Exact; refuse ("decimal_overflow") what does not fit in 38 digits or scale 28.
    Result<Decimal> plus(Decimal const&) const;
    Result<Decimal> minus(Decimal const&) const;
    Result<Decimal> times(Decimal const&) const;
    // Rounded to `scale` digits; a zero divisor is refused ("division_by_zero").
    Result<Decimal> divided_by(Decimal const&, std::uint8_t scale, Rounding) const;
    Decimal rounded(
        std::uint8_t scale, Rounding) const; // to at most `scale` digits, padded to exactly that
    Decimal without_trailing_zeros() const;

    // The coefficient at exactly `scale` digits as int64, as columns store it; refused when digits
    // would be lost or it does not fit.
    Result<std::int64_t> to_scaled(std::uint8_t scale) const;
    static Decimal from_scaled(std::int64_t value, std::uint8_t scale) { return { value, scale }; }

    std::string to_string() const; // keeps its scale: 12.3400 prints as 12.3400

    // By numeric value: 1.0 equals 1.00.
    std::strong_ordering operator<=>(Decimal const&) const;
    bool operator==(Decimal const& other) const
    {
        return (*this <=> other) == std::strong_ordering::equal;
    }

private:
    Coefficient m_coefficient {};
    std::uint8_t m_scale {};
};

}
