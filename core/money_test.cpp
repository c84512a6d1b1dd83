#include "core/money.h"

#include "core/check.h"

#include <gtest/gtest.h>

#include <numeric>

namespace cashline {

namespace {

Amount amount(std::string_view text)
{
    auto const value = Amount::parse(text);
    EXPECT_TRUE(value.has_value()) << text;
    return value.value_or(Amount {});
}

std::vector<std::string> shares(
    std::string_view total, std::vector<char const*> const& weights, std::uint8_t precision = 2)
{
    std::vector<Decimal> values;
    for (auto const* const weight : weights) {
        values.push_back(Decimal::parse(weight).value());
    }
    auto const parts = allocate(amount(total), values, precision);
    std::vector<std::string> texts;
    for (auto const part : parts.value()) {
        texts.push_back(part.to_string(precision));
    }
    return texts;
}

// One line: quantity × price less a discount in percent, as an amount with two decimals.
Amount line_net(char const* quantity, char const* price, char const* percent = "0")
{
    auto const rest = Decimal::from(100).minus(Decimal::parse(percent).value());
    auto const exact = Decimal::parse(quantity)->times(*Decimal::parse(price))->times(*rest);
    return Amount::from(*exact->times(Decimal { 1, 2 }), 2, Rounding::half_away).value();
}

Amount total_of(std::vector<Amount> const& amounts) { return sum(amounts).value(); }

// Tax computed on each line, or once on their sum.
Amount tax_per_line(std::vector<Amount> const& nets, char const* rate)
{
    std::vector<Amount> taxes;
    for (auto const net : nets) {
        taxes.push_back(net.times(*Decimal::parse(rate), 2, Rounding::half_away).value());
    }
    return total_of(taxes);
}

Amount tax_per_document(std::vector<Amount> const& nets, char const* rate)
{
    return total_of(nets).times(*Decimal::parse(rate), 2, Rounding::half_away).value();
}

}

TEST(Amount, covers_the_range_of_the_column)
{
    EXPECT_EQ(amount("922337203685477.5807").ten_thousandths, INT64_MAX);
    EXPECT_EQ(amount("-922337203685477.5808").ten_thousandths, INT64_MIN);
    EXPECT_FALSE(Amount::parse("922337203685477.5808"));
    EXPECT_FALSE(Amount::parse("1.00000"));
    EXPECT_FALSE(Amount::parse("1,00"));
    EXPECT_FALSE(Amount::parse(""));
}

TEST(Amount, prints_without_losing_anything_but_zeros)
{
    EXPECT_EQ(amount("12.34").to_string(), "12.3400");
    EXPECT_EQ(amount("12.34").to_string(2), "12.34");
    EXPECT_EQ(amount("12.3456").to_string(2), "12.3456");
    EXPECT_EQ(amount("-0.5").to_string(0), "-0.5");
    EXPECT_EQ(amount("7").to_string(0), "7");
}

TEST(Amount, refuses_to_overflow)
{
    auto const largest = Amount { INT64_MAX };
    EXPECT_EQ(largest.plus(Amount { 1 }).error().code, "amount_overflow");
    EXPECT_EQ(Amount { INT64_MIN }.minus(Amount { 1 }).error().code, "amount_overflow");
    EXPECT_EQ(
        largest.times(Decimal::from(2), 2, Rounding::half_away).error().code, "amount_overflow");
    EXPECT_EQ(Amount::from(Decimal::parse("1e16").value(), 2, Rounding::down).error().code,
        "amount_overflow");
    EXPECT_THROW(largest.round_to(0, Rounding::up), CheckFailed);
    EXPECT_THROW(largest.round_to(5, Rounding::up), CheckFailed);
}

TEST(Amount, is_rounded_to_the_currency)
{
    EXPECT_EQ(amount("2.345").round_to(2, Rounding::half_away), amount("2.35"));
    EXPECT_EQ(amount("2.345").round_to(2, Rounding::half_even), amount("2.34"));
    EXPECT_EQ(amount("-2.5").round_to(0, Rounding::half_away), amount("-3"));
    EXPECT_EQ(
        amount("10")
            .times(Decimal::parse("0.3333333333333333333333333333").value(), 2, Rounding::half_away)
            .value(),
        amount("3.33"));
}

TEST(Amount, sums_beyond_the_range_on_the_way)
{
    auto const largest = Amount { INT64_MAX };
    std::vector<Amount> const amounts { largest, largest, Amount { -INT64_MAX }, Amount { -5 } };
    EXPECT_EQ(sum(amounts).value().ten_thousandths, INT64_MAX - 5);
    EXPECT_EQ(sum(std::vector<Amount> { largest, largest }).error().code, "amount_overflow");
    EXPECT_EQ(sum({}).value(), Amount {});
}

TEST(Allocation, gives_left_over_cents_to_the_largest_remainders)
{
    using Texts = std::vector<std::string>;
    EXPECT_EQ(shares("100.00", { "1", "1", "1" }), (Texts { "33.34", "33.33", "33.33" }));
    EXPECT_EQ(shares("-100.00", { "1", "1", "1" }), (Texts { "-33.34", "-33.33", "-33.33" }));
    EXPECT_EQ(shares("0.05", { "3", "7" }), (Texts { "0.02", "0.03" }));
    EXPECT_EQ(shares("10", { "0", "2.5", "7.5" }, 0), (Texts { "0", "3", "7" }));
    EXPECT_EQ(shares("0.01", { "0", "0.000001", "0" }), (Texts { "0.00", "0.01", "0.00" }));
}

TEST(Allocation, refuses_what_it_cannot_split)
{
    std::vector<Decimal> const zeros { Decimal::from(1), Decimal::from(-1) };
    EXPECT_EQ(allocate(amount("1"), zeros, 2).error().code, "allocation_without_weight");
    EXPECT_EQ(allocate(amount("1"), {}, 2).error().code, "allocation_without_weight");
    std::vector<Decimal> const one { Decimal::from(1) };
    EXPECT_EQ(allocate(amount("1.005"), one, 2).error().code, "amount_not_rounded");
    std::vector<Decimal> const lopsided { Decimal::from(1'000'000), Decimal::from(-999'999) };
    EXPECT_EQ(
        allocate(Amount::from_units(922'337'203'685), lopsided, 2).error().code, "amount_overflow");
}

TEST(Money, does_not_mix_currencies)
{
    auto const euro = Id::from_name("EUR");
    auto const dollar = Id::from_name("USD");
    Money const ten { amount("10"), euro };
    EXPECT_EQ(ten.plus({ amount("2"), euro }).value(), (Money { amount("12"), euro }));
    EXPECT_EQ(ten.minus({ amount("12"), euro }).value(), (Money { amount("-2"), euro }));
    EXPECT_EQ(ten.plus({ amount("2"), dollar }).error().code, "currency_mismatch");
    EXPECT_EQ(ten.minus({ amount("2"), dollar }).error().code, "currency_mismatch");
}

// The cases below come from trouble that other systems had; both tax policies must hold.
TEST(GoldenMoney, seven_percent_on_seven_lines)
{
    std::vector<Amount> nets;
    for (auto const* const net :
        { "5095.20", "523.20", "80.64", "54.12", "182.00", "186.20", "700" }) {
        nets.push_back(amount(net));
    }
    EXPECT_EQ(tax_per_line(nets, "0.07"), amount("477.48"));
    EXPECT_EQ(tax_per_document(nets, "0.07"), amount("477.50"));
}

TEST(GoldenMoney, discount_before_tax)
{
    std::vector<Amount> const nets { line_net("10", "30.75", "5"), line_net("1", "70.00", "5") };
    EXPECT_EQ(total_of(nets), amount("358.63"));
    EXPECT_EQ(tax_per_line(nets, "0.15"), amount("53.80"));
    EXPECT_EQ(tax_per_document(nets, "0.15"), amount("53.79"));
}

TEST(GoldenMoney, net_rounded_before_gross)
{
    auto const net = line_net("16", "348.35", "4");
    EXPECT_EQ(
        net.times(*Decimal::parse("1.22"), 2, Rounding::half_away).value(), amount("6527.81"));
    auto const exact = Decimal::parse("5350.656")->times(*Decimal::parse("1.22"));
    EXPECT_EQ(Amount::from(*exact, 2, Rounding::half_away).value(), amount("6527.80"));
}

TEST(GoldenMoney, spare_half_cent_avoids_the_negative_line)
{
    std::vector<Amount> const nets { amount("54.45"), amount("600.00"), amount("-500.00") };
    EXPECT_EQ(tax_per_line(nets, "0.1"), amount("15.45"));
    EXPECT_EQ(tax_per_document(nets, "0.1"), amount("15.45"));
    std::vector<Decimal> exact;
    for (auto const net : nets) {
        exact.push_back(net.to_decimal().times(Decimal { 1, 1 }).value());
    }
    EXPECT_EQ(round_together(amount("15.45"), exact, 2).value(),
        (std::vector<Amount> { amount("5.45"), amount("60.00"), amount("-50.00") }));
    for (auto& value : exact) {
        value = value.negated();
    }
    EXPECT_EQ(round_together(amount("-15.45"), exact, 2).value(),
        (std::vector<Amount> { amount("-5.45"), amount("-60.00"), amount("50.00") }));
    EXPECT_EQ(round_together(amount("15.45"), exact, 2).error().code, "shares_do_not_match_total");
}

TEST(GoldenMoney, exempt_line_gets_no_spare_cent)
{
    std::vector<Amount> const nets { line_net("1", "90.30"), line_net("0.45", "2.54"),
        line_net("0.28", "6.87") };
    EXPECT_EQ(nets, (std::vector<Amount> { amount("90.30"), amount("1.14"), amount("1.92") }));
    EXPECT_EQ(shares("0.18", { "0", "1.14", "1.92" }),
        (std::vector<std::string> { "0.00", "0.07", "0.11" }));
}

TEST(GoldenMoney, price_with_many_digits)
{
    EXPECT_EQ(line_net("278362.5", "0.01110515964"), amount("3091.26"));
    EXPECT_EQ(line_net("278362.5", "0.011105"), amount("3091.22"));
}

TEST(GoldenMoney, twenty_percent_on_three_lines)
{
    std::vector<Amount> const nets { amount("299.33"), amount("179.33"), amount("99.34") };
    EXPECT_EQ(tax_per_line(nets, "0.2"), amount("115.61"));
    EXPECT_EQ(tax_per_document(nets, "0.2"), amount("115.60"));
}

TEST(GoldenMoney, prices_that_include_tax)
{
    std::vector<Amount> nets;
    std::vector<Amount> taxes;
    for (auto const* const gross : { "90", "55" }) {
        auto const exact =
            Decimal::parse(gross)->divided_by(*Decimal::parse("1.05"), 10, Rounding::half_away);
        nets.push_back(Amount::from(*exact, 2, Rounding::half_away).value());
        taxes.push_back(amount(gross).minus(nets.back()).value());
    }
    EXPECT_EQ(nets, (std::vector<Amount> { amount("85.71"), amount("52.38") }));
    EXPECT_EQ(taxes, (std::vector<Amount> { amount("4.29"), amount("2.62") }));
    EXPECT_EQ(tax_per_document(nets, "0.05"), amount("6.90")); // which is why it is not used here
}

TEST(GoldenMoney, half_down_payment)
{
    for (auto const& [quantity, price, base, rate, tax] :
        { std::tuple { "25", "23.90", "298.75", "0.06", "17.93" },
            std::tuple { "25", "17.00", "212.50", "0.21", "44.63" } }) {
        auto const half =
            line_net(quantity, price).times(*Decimal::parse("0.5"), 2, Rounding::half_away);
        EXPECT_EQ(half.value(), amount(base));
        EXPECT_EQ(half->times(*Decimal::parse(rate), 2, Rounding::half_away).value(), amount(tax));
    }
}

}
