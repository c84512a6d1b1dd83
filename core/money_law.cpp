#include "core/decimal_generator_testing.h"
#include "core/money.h"

namespace cashline {

namespace {

struct Split {
    Amount total {};
    std::vector<Decimal> weights {};
    std::uint8_t precision {};
};

Split any_split(std::int64_t lowest_weight)
{
    Split split;
    split.precision = static_cast<std::uint8_t>(*rc::gen::inRange(0, 5));
    std::int64_t step = 1;
    for (int digit = split.precision; digit < Amount::scale; ++digit) {
        step *= 10;
    }
    split.total = { *rc::gen::inRange<std::int64_t>(-10'000'000, 10'000'000) * step };
    auto const numbers = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(lowest_weight, 100'000)));
    for (auto const number : numbers) {
        auto const scale = static_cast<std::uint8_t>(number % 3 == 0 ? 4 : 2);
        split.weights.push_back(Decimal { number, scale });
    }
    return split;
}

std::vector<Amount> parts_of(Split const& split)
{
    auto const parts = allocate(split.total, split.weights, split.precision);
    RC_PRE(parts.has_value()); // weights that cancel each other out
    return *parts;
}

}

RC_GTEST_PROP(money_allocation, never_creates_or_loses_a_cent, ())
{
    auto const split = any_split(-1'000);
    auto const parts = parts_of(split);
    RC_ASSERT(parts.size() == split.weights.size());
    RC_ASSERT(sum(parts).value() == split.total);
}

RC_GTEST_PROP(money_allocation, gives_rounded_parts_within_a_step_of_the_exact_share, ())
{
    auto const split = any_split(0);
    auto const parts = parts_of(split);
    Decimal weights;
    for (auto const& weight : split.weights) {
        weights = weights.plus(weight).value();
    }
    for (std::size_t position = 0; position < parts.size(); ++position) {
        RC_ASSERT(parts[position].round_to(split.precision, Rounding::down) == parts[position]);
        auto const exact = split.total.to_decimal()
                               .times(split.weights[position])
                               ->divided_by(weights, 20, Rounding::half_away);
        auto const distance = parts[position].to_decimal().minus(*exact)->absolute();
        RC_ASSERT(distance < Decimal(1, split.precision));
        RC_ASSERT(!split.weights[position].is_zero() || parts[position].is_zero());
    }
}

RC_GTEST_PROP(money_allocation, mirrors_the_split_of_the_opposite_amount, ())
{
    auto const split = any_split(-1'000);
    auto const parts = parts_of(split);
    auto const mirrored = allocate(split.total.negated(), split.weights, split.precision).value();
    for (std::size_t position = 0; position < parts.size(); ++position) {
        RC_ASSERT(mirrored[position] == parts[position].negated());
    }
}

RC_GTEST_PROP(money_rounding, of_parts_adds_up_to_the_rounded_sum, ())
{
    auto const numbers = *rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(-10'000'000, 10'000'000));
    std::vector<Decimal> exact;
    Decimal total;
    for (auto const number : numbers) {
        exact.push_back({ number, static_cast<std::uint8_t>(number % 2 == 0 ? 5 : 3) });
        total = total.plus(exact.back()).value();
    }
    auto const rounded = Amount::from(total, 2, Rounding::half_away).value();
    auto const parts = round_together(rounded, exact, 2).value();
    RC_ASSERT(sum(parts).value() == rounded);
    for (std::size_t position = 0; position < parts.size(); ++position) {
        auto const difference = parts[position].to_decimal().minus(exact[position]).value();
        RC_ASSERT(difference.absolute() < Decimal(1, 2));
    }
}

RC_GTEST_PROP(money_amount, multiplies_as_decimals_do, (Decimal const& factor))
{
    Amount const amount { *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000) };
    auto const product = amount.times(factor, 2, Rounding::half_even);
    auto const exact = amount.to_decimal().times(factor);
    RC_PRE(exact.has_value());
    auto const expected = Amount::from(*exact, 2, Rounding::half_even);
    RC_ASSERT(product.has_value() == expected.has_value());
    RC_ASSERT(!product || *product == *expected);
}

RC_GTEST_PROP(money_amount, reads_what_it_prints, (std::int64_t stored))
{
    Amount const amount { stored };
    auto const decimals = static_cast<std::uint8_t>(*rc::gen::inRange(0, 5));
    RC_ASSERT(Amount::parse(amount.to_string(decimals)) == amount);
}

}
