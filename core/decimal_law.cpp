#include "core/decimal.h"
#include "core/decimal_generator_testing.h"

namespace cashline {

RC_GTEST_PROP(decimal, reads_what_it_prints, (Decimal const& value))
{
    auto const again = Decimal::parse(value.to_string());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->coefficient() == value.coefficient());
    RC_ASSERT(again->scale() == value.scale());
}

RC_GTEST_PROP(decimal, subtracts_what_it_added, (Decimal const& a, Decimal const& b))
{
    auto const sum = a.plus(b);
    RC_PRE(sum.has_value());
    RC_ASSERT(sum->minus(b).value() == a);
    RC_ASSERT(b.plus(a).value() == *sum);
}

RC_GTEST_PROP(decimal, divides_what_it_multiplied, (Decimal const& a, Decimal const& b))
{
    RC_PRE(!b.is_zero());
    auto const product = a.times(b);
    RC_PRE(product.has_value());
    auto const back = product->divided_by(b, a.scale(), Rounding::down);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == a);
}

RC_GTEST_PROP(decimal, orders_as_its_differences_do, (Decimal const& a, Decimal const& b))
{
    auto const difference = a.minus(b);
    RC_PRE(difference.has_value());
    RC_ASSERT((a <=> b) == (difference->sign() <=> 0));
}

RC_GTEST_PROP(decimal, rounds_by_less_than_one_step, (Decimal const& value))
{
    auto const scale = *rc::gen::inRange<int>(0, 6);
    auto const mode = *rc::gen::element(Rounding::half_away, Rounding::half_even, Rounding::down,
        Rounding::up, Rounding::floor, Rounding::ceiling);
    auto const rounded = value.rounded(static_cast<std::uint8_t>(scale), mode);
    auto const difference = rounded.minus(value);
    RC_PRE(difference.has_value());
    RC_ASSERT(difference->absolute() < Decimal(1, static_cast<std::uint8_t>(scale)));
    if (mode == Rounding::floor) {
        RC_ASSERT(rounded <= value);
    }
    if (mode == Rounding::ceiling) {
        RC_ASSERT(rounded >= value);
    }
}

}
