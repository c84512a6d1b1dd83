#include "core/decimal.h"

#include "core/check.h"
#include "core/wide.h"

#include <algorithm>

namespace cashline {

namespace {

using wide::Unsigned;
using wide::Wide;

constexpr unsigned digits_max = 38;
constexpr unsigned scale_max = 28;

Refusal overflow()
{
    return invalid("decimal_overflow", "The number is too large or has too many digits.");
}

bool is_digit(char character) { return character >= '0' && character <= '9'; }

// A number of any scale on its way to a Decimal. Trailing zeros go where only they are in the way.
std::optional<Decimal> fitted(Wide magnitude, int scale, bool negative)
{
    Wide const limit { 0, wide::power_of_ten(digits_max) };
    while (scale > 0 && (magnitude >= limit || scale > static_cast<int>(scale_max))) {
        auto const shorter = wide::divide(magnitude, { 0, 10 });
        if (shorter.remainder != Wide {}) {
            return {};
        }
        magnitude = shorter.quotient;
        --scale;
    }
    if (magnitude >= limit) {
        return {};
    }
    auto const coefficient = static_cast<Decimal::Coefficient>(magnitude.low);
    return Decimal { negative ? -coefficient : coefficient, static_cast<std::uint8_t>(scale) };
}

struct Literal {
    Unsigned magnitude {};
    unsigned digits {}; // significant ones
    int scale {};
    bool negative {};

    bool append(char digit)
    {
        magnitude = magnitude * 10 + static_cast<unsigned>(digit - '0');
        digits += magnitude != 0 ? 1 : 0;
        return digits <= digits_max;
    }
};

// The digits of one part of a number; false when there is none or there are too many.
bool read_digits(std::string_view& text, Literal& literal, bool is_fraction)
{
    if (text.empty() || !is_digit(text.front())) {
        return false;
    }
    while (!text.empty() && is_digit(text.front())) {
        // Zeros at the end of a long fraction say nothing and may exceed the digits we hold.
        if (is_fraction && text.find_first_not_of('0') >= text.find_first_not_of("0123456789")
            && (literal.digits >= digits_max || literal.scale >= static_cast<int>(scale_max))) {
            text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
            return true;
        }
        if (!literal.append(text.front())) {
            return false;
        }
        literal.scale += is_fraction ? 1 : 0;
        text.remove_prefix(1);
    }
    return true;
}

// The exponent, as far as it can matter.
std::optional<int> read_exponent(std::string_view text)
{
    auto const negative = text.starts_with('-');
    if (text.starts_with('-') || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    if (text.empty() || !std::ranges::all_of(text, is_digit)) {
        return {};
    }
    int exponent = 0;
    for (auto const digit : text) {
        exponent = std::min(exponent * 10 + (digit - '0'), 100'000);
    }
    return negative ? -exponent : exponent;
}

std::optional<Decimal> shifted(Literal const& literal)
{
    if (literal.magnitude == 0) {
        auto const scale = std::clamp(literal.scale, 0, static_cast<int>(scale_max));
        return Decimal { 0, static_cast<std::uint8_t>(scale) };
    }
    if (literal.scale < -static_cast<int>(digits_max) || literal.scale > 100) {
        return {};
    }
    if (literal.scale >= 0) {
        return fitted({ 0, literal.magnitude }, literal.scale, literal.negative);
    }
    auto const factor = wide::power_of_ten(static_cast<unsigned>(-literal.scale));
    return fitted(wide::multiply(literal.magnitude, factor), 0, literal.negative);
}

Result<Decimal> add(Decimal const& a, Decimal const& b, bool negate_b)
{
    auto const scale = std::max(a.scale(), b.scale());
    auto const x =
        wide::multiply(wide::magnitude(a.coefficient()), wide::power_of_ten(scale - a.scale()));
    auto const y =
        wide::multiply(wide::magnitude(b.coefficient()), wide::power_of_ten(scale - b.scale()));
    auto const x_negative = a.is_negative();
    auto const y_negative = b.is_negative() != negate_b;
    auto const plus = [](Wide left, Wide right) {
        auto const low = left.low + right.low;
        return Wide { left.high + right.high + (low < left.low ? 1 : 0), low };
    };
    auto const minus = [](Wide left, Wide right) {
        auto const borrow = left.low < right.low ? 1 : 0;
        return Wide { left.high - right.high - borrow, left.low - right.low };
    };
    // Aligned coefficients stay below 10^66, so 256 bits cannot overflow here.
    auto const same_sign = x_negative == y_negative;
    auto const magnitude = same_sign ? plus(x, y) : x >= y ? minus(x, y) : minus(y, x);
    auto const negative = same_sign || x >= y ? x_negative : y_negative;
    if (auto const sum = fitted(magnitude, scale, negative)) {
        return *sum;
    }
    return overflow();
}

}

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    Literal literal;
    literal.negative = text.starts_with('-');
    if (literal.negative) {
        text.remove_prefix(1);
    }
    if (!read_digits(text, literal, false)) {
        return {};
    }
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!read_digits(text, literal, true)) {
            return {};
        }
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        auto const exponent = read_exponent(text.substr(1));
        if (!exponent) {
            return {};
        }
        literal.scale -= *exponent;
        text = {};
    }
    if (!text.empty()) {
        return {};
    }
    return shifted(literal);
}

Result<Decimal> Decimal::plus(Decimal const& other) const { return add(*this, other, false); }

Result<Decimal> Decimal::minus(Decimal const& other) const { return add(*this, other, true); }

Result<Decimal> Decimal::times(Decimal const& other) const
{
    auto const product =
        wide::multiply(wide::magnitude(m_coefficient), wide::magnitude(other.m_coefficient));
    if (auto const value =
            fitted(product, m_scale + other.m_scale, is_negative() != other.is_negative())) {
        return *value;
    }
    return overflow();
}

Result<Decimal> Decimal::divided_by(
    Decimal const& divisor, std::uint8_t scale, Rounding rounding) const
{
    if (divisor.is_zero()) {
        return invalid("division_by_zero", "A division by zero was asked for.");
    }
    if (scale > scale_max) {
        return overflow();
    }
    // this / divisor at `scale` digits = coefficient · 10^exponent / divisor's coefficient.
    auto const exponent = scale + divisor.m_scale - m_scale;
    std::optional<Wide> numerator = Wide { 0, wide::magnitude(m_coefficient) };
    Wide denominator { 0, wide::magnitude(divisor.m_coefficient) };
    if (exponent < 0) {
        denominator =
            wide::multiply(denominator.low, wide::power_of_ten(static_cast<unsigned>(-exponent)));
    }
    // In two steps, since ten to the 56th does not fit into one factor.
    auto const half = static_cast<unsigned>(std::max(exponent, 0)) / 2;
    numerator = wide::multiply(*numerator, wide::power_of_ten(half));
    if (numerator) {
        auto const rest = static_cast<unsigned>(std::max(exponent, 0)) - half;
        numerator = wide::multiply(*numerator, wide::power_of_ten(rest));
    }
    if (!numerator) {
        return overflow();
    }
    auto const negative = is_negative() != divisor.is_negative();
    auto const quotient = wide::rounded_quotient(
        wide::divide(*numerator, denominator), denominator, negative, rounding);
    if (quotient >= Wide { 0, wide::power_of_ten(digits_max) }) {
        return overflow();
    }
    auto const coefficient = static_cast<Coefficient>(quotient.low);
    return Decimal { negative ? -coefficient : coefficient, scale };
}

Decimal Decimal::rounded(std::uint8_t scale, Rounding rounding) const
{
    if (scale < m_scale) {
        Wide const divisor { 0, wide::power_of_ten(m_scale - scale) };
        auto const division = wide::divide({ 0, wide::magnitude(m_coefficient) }, divisor);
        auto const quotient = wide::rounded_quotient(division, divisor, is_negative(), rounding);
        auto const coefficient = static_cast<Coefficient>(quotient.low);
        return { is_negative() ? -coefficient : coefficient, scale };
    }
    // Padding changes no value, so it stops where the digits end.
    auto padded = *this;
    Coefficient const room = static_cast<Coefficient>(wide::power_of_ten(digits_max - 1));
    while (padded.m_scale < std::min<unsigned>(scale, scale_max) && padded.m_coefficient < room
        && padded.m_coefficient > -room) {
        padded.m_coefficient *= 10;
        ++padded.m_scale;
    }
    return padded;
}

Decimal Decimal::without_trailing_zeros() const
{
    auto shorter = *this;
    while (shorter.m_scale > 0 && shorter.m_coefficient % 10 == 0) {
        shorter.m_coefficient /= 10;
        --shorter.m_scale;
    }
    return shorter;
}

Result<std::int64_t> Decimal::to_scaled(std::uint8_t scale) const
{
    auto const shortest = without_trailing_zeros();
    if (shortest.m_scale > scale) {
        return invalid("decimal_too_precise", "The number has too many decimal places.");
    }
    auto const value = wide::multiply(wide::magnitude(shortest.m_coefficient),
        wide::power_of_ten(std::min<unsigned>(scale - shortest.m_scale, digits_max)));
    auto const limit = Unsigned { 1 } << 63;
    if (value.high != 0 || value.low > limit || (value.low == limit && !is_negative())) {
        return overflow();
    }
    return static_cast<std::int64_t>(is_negative() ? Unsigned {} - value.low : value.low);
}

std::string Decimal::to_string() const
{
    std::string text; // backwards
    auto rest = wide::magnitude(m_coefficient);
    for (unsigned digit = 0; rest != 0 || digit <= m_scale; ++digit) {
        if (digit == m_scale && m_scale > 0) {
            text += '.';
        }
        text += static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    }
    if (is_negative()) {
        text += '-';
    }
    std::ranges::reverse(text);
    return text;
}

std::strong_ordering Decimal::operator<=>(Decimal const& other) const
{
    if (sign() != other.sign()) {
        return sign() <=> other.sign();
    }
    if (m_scale == other.m_scale) {
        return m_coefficient <=> other.m_coefficient;
    }
    auto const scale = std::max(m_scale, other.m_scale);
    auto const x =
        wide::multiply(wide::magnitude(m_coefficient), wide::power_of_ten(scale - m_scale));
    auto const y = wide::multiply(
        wide::magnitude(other.m_coefficient), wide::power_of_ten(scale - other.m_scale));
    return is_negative() ? y <=> x : x <=> y;
}

}
