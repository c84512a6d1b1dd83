#include "core/money.h"

#include "core/check.h"
#include "core/wide.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace cashline {

namespace {

using wide::Unsigned;
using wide::Wide;

Refusal overflow()
{
    return invalid("amount_overflow",
        "The amount is outside the range of ±922,337,203,685,477.5807 that can be stored.");
}

Result<Amount> fitted(__int128 ten_thousandths)
{
    auto const narrow = static_cast<std::int64_t>(ten_thousandths);
    if (narrow != ten_thousandths) {
        return overflow();
    }
    return Amount { narrow };
}

// How many ten-thousandths the smallest step at `precision` decimals is.
std::int64_t step_of(std::uint8_t precision)
{
    CHECK(precision <= Amount::scale);
    return static_cast<std::int64_t>(wide::power_of_ten(Amount::scale - precision));
}

// Weights as integers of one scale; their sum is positive.
struct Weights {
    std::vector<__int128> parts {};
    Unsigned sum {};
};

Result<Weights> aligned(std::span<Decimal const> weights)
{
    std::uint8_t scale = 0;
    for (auto const& weight : weights) {
        scale = std::max(scale, weight.scale());
    }
    Weights result;
    Decimal sum;
    for (auto const& weight : weights) {
        auto const part = weight.rounded(scale, Rounding::down);
        if (part.scale() != scale) {
            return invalid("decimal_overflow", "The shares differ too much in size to divide by.");
        }
        result.parts.push_back(part.coefficient());
        sum = TRY(sum.plus(part));
    }
    if (sum.is_zero()) {
        return invalid("allocation_without_weight", "An amount cannot be split by shares of zero.");
    }
    result.sum = wide::magnitude(sum.rounded(scale, Rounding::down).coefficient());
    if (sum.is_negative()) {
        for (auto& part : result.parts) {
            part = -part;
        }
    }
    return result;
}

struct Share {
    std::size_t position {};
    __int128 steps {};
    Unsigned remainder {}; // of the weights' sum
};

// The largest whole number of steps not above the exact share.
Result<Share> floor_share(std::size_t position, Unsigned steps, Weights const& weights)
{
    auto const weight = weights.parts[position];
    Wide const divisor { 0, weights.sum };
    auto division = wide::divide(wide::multiply(steps, wide::magnitude(weight)), divisor);
    constexpr auto limit = Unsigned { std::numeric_limits<std::int64_t>::max() };
    if (division.quotient > Wide { 0, limit }) {
        return overflow();
    }
    Share share { position, static_cast<__int128>(division.quotient.low), division.remainder.low };
    if (weight < 0) {
        share.steps = -share.steps - (share.remainder != 0 ? 1 : 0);
        share.remainder = share.remainder != 0 ? weights.sum - share.remainder : 0;
    }
    return share;
}

// Gives the steps that are left to the largest remainders, earlier positions first.
void hand_out(std::vector<Share>& shares, std::size_t left)
{
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t {});
    std::ranges::stable_sort(order,
        [&](std::size_t a, std::size_t b) { return shares[a].remainder > shares[b].remainder; });
    for (std::size_t rank = 0; rank < left; ++rank) {
        ++shares[order[rank]].steps;
    }
}

Result<std::vector<Amount>> amounts_of(std::vector<Share> const& shares, __int128 step)
{
    std::vector<Amount> parts;
    parts.reserve(shares.size());
    for (auto const& share : shares) {
        parts.push_back(TRY(fitted(share.steps * step)));
    }
    return parts;
}

Result<void> must_be_rounded(Amount amount, std::int64_t step)
{
    if (amount.ten_thousandths % step != 0) {
        return invalid(
            "amount_not_rounded", "Round an amount to its currency before splitting it.");
    }
    return {};
}

}

std::optional<Amount> Amount::parse(std::string_view text)
{
    auto const value = Decimal::parse(text);
    if (!value || value->scale() > scale) {
        return {};
    }
    auto const scaled = value->to_scaled(scale);
    if (!scaled) {
        return {};
    }
    return Amount { *scaled };
}

Result<Amount> Amount::from(Decimal const& value, std::uint8_t precision, Rounding rounding)
{
    CHECK(precision <= scale);
    auto const scaled = value.rounded(precision, rounding).to_scaled(scale);
    if (!scaled) {
        return overflow();
    }
    return Amount { *scaled };
}

std::string Amount::to_string(std::uint8_t decimals) const
{
    auto value = to_decimal();
    while (value.scale() > decimals && value.coefficient() % 10 == 0) {
        value = { value.coefficient() / 10, static_cast<std::uint8_t>(value.scale() - 1) };
    }
    return value.to_string();
}

Result<Amount> Amount::plus(Amount other) const
{
    return fitted(static_cast<__int128>(ten_thousandths) + other.ten_thousandths);
}

Result<Amount> Amount::minus(Amount other) const
{
    return fitted(static_cast<__int128>(ten_thousandths) - other.ten_thousandths);
}

Result<Amount> Amount::times(Decimal const& factor, std::uint8_t precision, Rounding rounding) const
{
    // As one division, so that a factor with many digits cannot overflow on the way.
    auto const product =
        wide::multiply(wide::magnitude(ten_thousandths), wide::magnitude(factor.coefficient()));
    auto const negative = is_negative() != factor.is_negative();
    auto const step = static_cast<Unsigned>(step_of(precision));
    auto const divisor = wide::multiply(wide::power_of_ten(factor.scale()), step);
    auto const steps =
        wide::rounded_quotient(wide::divide(product, divisor), divisor, negative, rounding);
    if (steps > Wide { 0, Unsigned { 1 } << 64 }) {
        return overflow();
    }
    auto const magnitude = static_cast<__int128>(steps.low * step);
    return fitted(negative ? -magnitude : magnitude);
}

Amount Amount::round_to(std::uint8_t precision, Rounding rounding) const
{
    auto const rounded = from(to_decimal(), precision, rounding);
    // Only the last unit below the largest amount can get here.
    CHECK(rounded.has_value());
    return *rounded;
}

Result<std::vector<Amount>> allocate(
    Amount total, std::span<Decimal const> weights, std::uint8_t precision)
{
    auto const step = step_of(precision);
    TRY(must_be_rounded(total, step));
    auto const positive = TRY(aligned(weights));
    // Magnitudes only, so that a credit note splits as the mirror of its invoice.
    auto const steps = wide::magnitude(total.ten_thousandths / step);

    std::vector<Share> shares;
    auto left = static_cast<__int128>(steps);
    for (std::size_t position = 0; position < weights.size(); ++position) {
        shares.push_back(TRY(floor_share(position, steps, positive)));
        left -= shares.back().steps;
    }
    VERIFY(left >= 0 && left <= static_cast<__int128>(shares.size()));
    hand_out(shares, static_cast<std::size_t>(left));
    return amounts_of(shares, total.is_negative() ? -step : step);
}

Result<std::vector<Amount>> round_together(
    Amount total, std::span<Decimal const> exact, std::uint8_t precision)
{
    auto const step = step_of(precision);
    TRY(must_be_rounded(total, step));
    __int128 left = wide::magnitude(total.ten_thousandths / step);
    std::vector<Share> shares;
    for (auto const& value : exact) {
        auto const directed = total.is_negative() ? value.negated() : value;
        auto const floor = directed.rounded(precision, Rounding::floor);
        // The remainder as digits of one scale, to compare it with the others'.
        auto const rest = TRY(directed.minus(floor)).rounded(28, Rounding::down);
        shares.push_back(
            { shares.size(), floor.coefficient(), wide::magnitude(rest.coefficient()) });
        left -= floor.coefficient();
    }
    if (left < 0 || left > static_cast<__int128>(shares.size())) {
        return invalid("shares_do_not_match_total",
            "The total differs from the sum of its parts by more than rounding.");
    }
    hand_out(shares, static_cast<std::size_t>(left));
    return amounts_of(shares, total.is_negative() ? -step : step);
}

Result<Amount> sum(std::span<Amount const> amounts)
{
    __int128 total = 0;
    for (auto const amount : amounts) {
        total += amount.ten_thousandths;
    }
    return fitted(total);
}

Result<Money> Money::plus(Money const& other) const
{
    if (currency != other.currency) {
        return invalid("currency_mismatch", "Amounts of different currencies cannot be added.");
    }
    return Money { TRY(amount.plus(other.amount)), currency };
}

Result<Money> Money::minus(Money const& other) const
{
    if (currency != other.currency) {
        return invalid(
            "currency_mismatch", "Amounts of different currencies cannot be subtracted.");
    }
    return Money { TRY(amount.minus(other.amount)), currency };
}

}
