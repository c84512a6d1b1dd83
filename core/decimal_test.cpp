#include "core/decimal.h"

#include <gtest/gtest.h>

namespace cashline {

namespace {

Decimal decimal(std::string_view text)
{
    auto const value = Decimal::parse(text);
    EXPECT_TRUE(value.has_value()) << text;
    return value.value_or(Decimal {});
}

std::string rounded(std::string_view text, std::uint8_t scale, Rounding rounding)
{
    return decimal(text).rounded(scale, rounding).to_string();
}

constexpr auto largest = "99999999999999999999999999999999999999"; // 38 nines

}

TEST(Decimal, keeps_the_digits_that_were_written)
{
    for (auto const* const text : { "0", "12.3400", "-0.05", "0.0000", "123456789012345.6780",
             "79228162514264337593543950335", "-1.0000000000000000000000000001" }) {
        EXPECT_EQ(decimal(text).to_string(), text);
    }
    EXPECT_EQ(decimal(largest).to_string(), largest);
}

TEST(Decimal, reads_exponents)
{
    EXPECT_EQ(decimal("1e2").to_string(), "100");
    EXPECT_EQ(decimal("1.50E+1").to_string(), "15.0");
    EXPECT_EQ(decimal("25e-3").to_string(), "0.025");
    EXPECT_EQ(decimal("1e37").to_string().size(), 38U);
    EXPECT_EQ(decimal("1000e-31"), decimal("1e-28"));
    EXPECT_TRUE(decimal("0e999999999999").is_zero());
    EXPECT_TRUE(decimal("-0.00").is_zero());
}

TEST(Decimal, drops_only_zeros_from_a_fraction_that_is_too_long)
{
    EXPECT_EQ(decimal("1.50000000000000000000000000000000000000000000000"), decimal("1.5"));
    EXPECT_EQ(decimal("0." + std::string(60, '0')), Decimal {});
    EXPECT_FALSE(Decimal::parse("0." + std::string(28, '0') + "1"));
}

TEST(Decimal, refuses_what_is_not_a_number)
{
    for (auto const* const text : { "", "-", "+1", ".5", "5.", "1,5", "1.5.2", " 1", "1 ", "1e",
             "1e+", "1e1.5", "e5", "--1", "0x10", "nan", "inf", "1_000", "１" }) {
        EXPECT_FALSE(Decimal::parse(text)) << text;
    }
}

TEST(Decimal, refuses_more_than_38_digits)
{
    EXPECT_FALSE(Decimal::parse("100000000000000000000000000000000000000"));
    EXPECT_FALSE(Decimal::parse("1e38"));
    EXPECT_FALSE(Decimal::parse("1e400"));
    EXPECT_FALSE(Decimal::parse("1e-29"));
    EXPECT_TRUE(Decimal::parse("000000000000000000000000000000000000000000001"));
}

TEST(Decimal, rounds_as_the_name_says)
{
    struct Case {
        char const* value;
        Rounding rounding;
        char const* expected;
    };
    for (auto const& [value, rounding, expected] : std::vector<Case> {
             { "2.345", Rounding::half_away, "2.35" }, { "2.345", Rounding::half_even, "2.34" },
             { "-2.345", Rounding::half_away, "-2.35" }, { "-2.345", Rounding::half_even, "-2.34" },
             { "1.005", Rounding::half_away, "1.01" }, { "1.005", Rounding::half_even, "1.00" },
             { "0.125", Rounding::half_away, "0.13" }, { "0.135", Rounding::half_even, "0.14" },
             { "2.3449999", Rounding::half_away, "2.34" }, { "2.341", Rounding::up, "2.35" },
             { "-2.341", Rounding::up, "-2.35" }, { "2.349", Rounding::down, "2.34" },
             { "-2.349", Rounding::down, "-2.34" }, { "-2.341", Rounding::floor, "-2.35" },
             { "2.349", Rounding::floor, "2.34" }, { "2.341", Rounding::ceiling, "2.35" },
             { "-2.349", Rounding::ceiling, "-2.34" }, { "2.34", Rounding::up, "2.34" } }) {
        EXPECT_EQ(decimal(value).rounded(2, rounding).to_string(), expected) << value;
    }
}

TEST(Decimal, pads_when_it_has_fewer_digits)
{
    EXPECT_EQ(rounded("7", 4, Rounding::half_away), "7.0000");
    // Without room for the zeros the value stays as it is.
    EXPECT_EQ(rounded(largest, 2, Rounding::half_away), largest);
}

TEST(Decimal, adds_and_subtracts_across_scales)
{
    EXPECT_EQ(decimal("1.5").plus(decimal("2.25"))->to_string(), "3.75");
    EXPECT_EQ(decimal("1.5").minus(decimal("2.25"))->to_string(), "-0.75");
    EXPECT_EQ(decimal("-1.5").minus(decimal("-1.50"))->to_string(), "0.00");
    EXPECT_EQ(decimal("0.1").plus(decimal("0.2"))->to_string(), "0.3");
}

TEST(Decimal, refuses_sums_and_products_that_do_not_fit)
{
    EXPECT_EQ(decimal(largest).plus(decimal("1")).error().code, "decimal_overflow");
    EXPECT_EQ(decimal(largest).plus(decimal("0.5")).error().code, "decimal_overflow");
    EXPECT_EQ(decimal(largest).times(decimal("2")).error().code, "decimal_overflow");
    EXPECT_EQ(decimal("1e-20").times(decimal("1e-20")).error().code, "decimal_overflow");
    // Zeros at the end are no digits worth refusing for.
    EXPECT_EQ(*decimal("5e-20").times(decimal("2000000000e-18")), decimal("1e-28"));
}

TEST(Decimal, divides_to_a_named_scale)
{
    auto const third = decimal("1").divided_by(decimal("3"), 10, Rounding::half_away);
    EXPECT_EQ(third->to_string(), "0.3333333333");
    auto const tax = decimal("119.00").divided_by(decimal("1.19"), 2, Rounding::half_away);
    EXPECT_EQ(tax->to_string(), "100.00");
    auto const negative = decimal("-5").divided_by(decimal("2"), 0, Rounding::half_away);
    EXPECT_EQ(negative->to_string(), "-3");
    auto const tiny = decimal("1e-28").divided_by(decimal("3"), 0, Rounding::up);
    EXPECT_EQ(tiny->to_string(), "1");
    auto const wide = decimal(largest).divided_by(decimal(largest), 28, Rounding::down);
    EXPECT_EQ(*wide, decimal("1"));
    EXPECT_EQ(decimal("1").divided_by(decimal("0.00"), 2, Rounding::down).error().code,
        "division_by_zero");
    EXPECT_EQ(decimal(largest).divided_by(decimal("0.1"), 2, Rounding::down).error().code,
        "decimal_overflow");
}

TEST(Decimal, compares_by_value)
{
    EXPECT_EQ(decimal("1.0"), decimal("1.00"));
    EXPECT_LT(decimal("-1.01"), decimal("-1"));
    EXPECT_LT(decimal("0.9999"), decimal("1"));
    EXPECT_GT(decimal(largest), decimal("1e-28"));
    EXPECT_LT(decimal(largest).negated(), decimal("-1e-28"));
}

TEST(Decimal, becomes_a_column_value_without_losing_digits)
{
    EXPECT_EQ(decimal("12.34").to_scaled(4).value(), 123'400);
    EXPECT_EQ(decimal("12.340000").to_scaled(4).value(), 123'400);
    EXPECT_EQ(decimal("12.34567").to_scaled(4).error().code, "decimal_too_precise");
    EXPECT_EQ(decimal("922337203685477.5807").to_scaled(4).value(), INT64_MAX);
    EXPECT_EQ(decimal("-922337203685477.5808").to_scaled(4).value(), INT64_MIN);
    EXPECT_EQ(decimal("922337203685477.5808").to_scaled(4).error().code, "decimal_overflow");
    EXPECT_EQ(decimal(largest).to_scaled(10).error().code, "decimal_overflow");
}

}
