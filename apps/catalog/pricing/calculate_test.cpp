#include "apps/catalog/pricing/pricing_testing.h"

#include <gtest/gtest.h>

namespace cashline::catalog {

using namespace testing;

namespace {

DocumentInput of_lines(std::vector<LineInput> lines, std::vector<TaxRate> taxes = {})
{
    return { .lines = std::move(lines), .taxes = std::move(taxes) };
}

DiscountInput percent_off(std::string_view percent, DiscountBase base = DiscountBase::remaining)
{
    return { .code = std::string(percent), .percent = decimal(percent), .base = base };
}

DiscountInput amount_off(std::string_view value, Excess excess = Excess::cap)
{
    return { .code = std::string(value), .amount = amount(value), .excess = excess };
}

std::string gross(DocumentInput const& input)
{
    auto const result = calculate(input);
    return result ? text(result->gross) : result.error().code;
}

}

struct DiscountCase {
    char const* name;
    std::vector<DiscountInput> discounts;
    char const* left_of_hundred;
};

// commerce-b2b.md 15.2, V1 to V4.
TEST(Discounts, their_order_and_base_decide)
{
    std::vector<DiscountCase> const cases {
        { "compound", { percent_off("10"), percent_off("20") }, "72.00" },
        { "on the original price", { percent_off("10"), percent_off("20", DiscountBase::original) },
            "70.00" },
        { "10 %, 15, 30 %", { percent_off("10"), amount_off("15"), percent_off("30") }, "52.50" },
        { "30 %, 15, 10 %", { percent_off("30"), amount_off("15"), percent_off("10") }, "49.50" },
        { "more than there is", { amount_off("150") }, "0.00" },
        { "all of it, twice", { percent_off("100"), percent_off("50", DiscountBase::original) },
            "0.00" },
        { "typed and too large", { amount_off("100.01", Excess::refuse) }, "InvalidTotalDiscount" },
        { "101 %", { percent_off("101") }, "discount_percent_invalid" },
        { "negative percent", { percent_off("-1") }, "discount_percent_invalid" },
        { "a line that is not there", { { .code = "x", .amount = amount("1"), .lines = { 7 } } },
            "discount_line_unknown" },
    };
    for (auto const& each : cases) {
        auto input = of_lines({ line("1", "100", {}) });
        input.discounts = each.discounts;
        EXPECT_EQ(gross(input), each.left_of_hundred) << each.name;
    }
}

// V10: no cent lost over three equal lines.
TEST(Discounts, ten_off_three_equal_lines_is_ten)
{
    auto input = of_lines({ line("1", "50", {}), line("1", "50", {}), line("1", "50", {}) });
    input.discounts = { amount_off("10") };
    auto const result = calculate(input).value();
    EXPECT_EQ(text(result.lines[0].document_discount), "3.34");
    EXPECT_EQ(text(result.lines[1].document_discount), "3.33");
    EXPECT_EQ(text(result.lines[2].document_discount), "3.33");
    EXPECT_EQ(text(result.discount), "10.00");
}

// V7: row 6.07, −0.61 on the line, −0.37 on the order, +10 shipping, +0.61 tax.
TEST(Discounts, line_order_shipping_and_tax_together)
{
    auto input = of_lines({ line("1", "6.07") }, { standard("12") });
    input.lines[0].line_discount = amount("0.61");
    input.discounts = { amount_off("0.37") };
    input.charges = { { .code = "shipping", .value = decimal("10") } };
    auto const result = calculate(input).value();
    EXPECT_EQ(text(result.tax), "0.61");
    EXPECT_EQ(text(result.gross), "15.70");
}

TEST(Discounts, a_line_that_keeps_its_price_is_not_touched)
{
    auto input = of_lines({ line("1", "100", {}), line("1", "100", {}) });
    input.lines[0].keeps_price = true;
    input.discounts = { percent_off("50") };
    auto const result = calculate(input).value();
    EXPECT_EQ(text(result.lines[0].base), "100.00");
    EXPECT_EQ(text(result.lines[1].base), "50.00");
}

TEST(Discounts, a_coupon_is_split_by_combination_of_taxes_for_the_e_invoice)
{
    auto input =
        of_lines({ line("1", "100", { 0 }), line("1", "50", { 1 }), line("1", "50", { 0 }) },
            { standard("19"), standard("7") });
    input.discounts = { { .code = "SURF10", .percent = decimal("10"), .is_coupon = true } };
    auto const result = calculate(input).value();
    ASSERT_EQ(result.discounts.size(), 1U);
    auto const& shares = result.discounts[0].shares;
    ASSERT_EQ(shares.size(), 2U);
    EXPECT_EQ(text(shares[0].net), "15.00");
    EXPECT_EQ(text(shares[1].net), "5.00");
    EXPECT_EQ(text(result.taxes[0].base), "135.00");
    EXPECT_EQ(text(result.taxes[0].amount), "25.65");
    EXPECT_EQ(text(result.taxes[1].amount), "3.15");
}

TEST(Charges, percent_pieces_limit_and_lines)
{
    auto input = of_lines({ line("4", "25", {}), line("2", "50", {}) });
    input.charges = {
        { .code = "percent", .kind = ChargeKind::percent, .value = decimal("2.5") },
        { .code = "pieces", .kind = ChargeKind::per_piece, .value = decimal("0.35") },
        { .code = "limited",
            .kind = ChargeKind::percent,
            .value = decimal("50"),
            .amount_max = amount("12") },
        { .code = "line", .kind = ChargeKind::per_piece, .value = decimal("1.5"), .line = 1 },
    };
    auto const result = calculate(input).value();
    EXPECT_EQ(text(result.charges[0].net), "5.00");
    EXPECT_EQ(text(result.charges[1].net), "2.10");
    EXPECT_EQ(text(result.charges[2].net), "12.00");
    EXPECT_EQ(text(result.charges[3].net), "3.00");
    EXPECT_EQ(text(result.gross), "222.10");
    input.charges = { { .code = "line", .value = decimal("1"), .line = 2 } };
    EXPECT_EQ(gross(input), "charge_line_unknown");
}

TEST(Charges, a_percent_charge_counts_what_discounts_left)
{
    auto input = of_lines({ line("1", "200", {}) });
    input.discounts = { percent_off("50") };
    input.charges = { { .code = "c", .kind = ChargeKind::percent, .value = decimal("10") } };
    EXPECT_EQ(gross(input), "110.00");
}

TEST(Lines, two_percents_count_one_after_the_other)
{
    auto input = of_lines({ line("1", "200", {}) });
    input.lines[0].percents = { decimal("10"), decimal("5") };
    EXPECT_EQ(gross(input), "171.00");
}

TEST(Lines, an_agreement_with_unit_discount_and_fixed_amount)
{
    auto input = of_lines({ line("10", "50", {}) });
    input.lines[0].unit_discount = decimal("2");
    input.lines[0].percents = { decimal("10") };
    input.lines[0].fixed_charge = amount("7.50");
    EXPECT_EQ(gross(input), "439.50"); // 10 × 48 × 0.9 + 7.50
}

TEST(Lines, a_typed_amount_makes_price_and_discount_irrelevant)
{
    auto input = of_lines({ line("3", "50", {}, "10") });
    input.lines[0].typed_amount = amount("99.99");
    EXPECT_EQ(gross(input), "99.99");
}

TEST(Lines, what_cannot_be_computed_is_refused)
{
    auto zero = of_lines({ line("1", "1", {}) });
    zero.lines[0].price_quantity = Decimal {};
    EXPECT_EQ(gross(zero), "line_price_quantity_invalid");
    auto tax = of_lines({ line("1", "1", { 3 }) });
    EXPECT_EQ(gross(tax), "tax_unknown");
    auto percent = of_lines({ line("1", "1", {}, "100.5") });
    EXPECT_EQ(gross(percent), "line_percent_invalid");
    auto huge = of_lines({ line("99999999999999999999", "99999999999999999999", {}) });
    EXPECT_FALSE(calculate(huge));
    auto step = of_lines({ line("1", "1") }, { standard("5") });
    step.tax_rules.step = Amount {};
    EXPECT_EQ(gross(step), "tax_step_invalid");
}

TEST(Tax, a_rounding_step_is_shared_without_loss)
{
    auto input = of_lines(
        { line("1", "33.33"), line("1", "33.33"), line("1", "33.34") }, { standard("7.7") });
    input.tax_rules.step = amount("0.05");
    auto const result = calculate(input).value();
    EXPECT_EQ(text(result.tax), "7.70");
    input.tax_rules.step = amount("1");
    EXPECT_EQ(text(calculate(input).value().tax), "8.00");
    EXPECT_EQ(text(calculate(input).value().lines[0].tax), "2.67");
}

TEST(Tax, a_currency_without_decimals)
{
    auto input = of_lines({ line("3", "333"), line("1", "10") }, { standard("10") });
    input.precision = 0;
    auto const result = calculate(input).value();
    EXPECT_EQ(result.tax, Amount::from_units(101)); // 100.9
    EXPECT_EQ(result.gross, Amount::from_units(1110));
}

TEST(Tax, inclusive_prices_with_discount_and_charge_add_up)
{
    auto input = of_lines(
        { line("1", "119.00"), line("2", "10.70", { 1 }) }, { standard("19"), standard("7") });
    input.tax_rules.prices_include_tax = true;
    input.discounts = { percent_off("10") };
    input.charges = { { .code = "freight", .value = decimal("11.90"), .taxes = { 0 } } };
    auto const result = calculate(input).value();
    EXPECT_EQ(text(result.gross), "138.26"); // 119 − 11.90 + 21.40 − 2.14 + 11.90
    EXPECT_EQ(text(result.lines[0].net), "100.00");
    EXPECT_EQ(text(result.lines[0].document_discount), "10.00");
    EXPECT_EQ(text(result.charges[0].net), "10.00");
    EXPECT_EQ(text(result.taxes[0].base), "100.00");
}

TEST(Trace, says_how_each_amount_came_about)
{
    auto input = of_lines({ line("10", "30.75", { 0 }, "5") }, { standard("15") });
    input.lines[0].price_source = "agreement";
    auto const result = calculate(input).value();
    auto const text = to_text(result.trace);
    EXPECT_NE(text.find("price_agreement: 10 at 30.75"), std::string::npos) << text;
    EXPECT_NE(text.find("292.125 → 292.1300 [half_away 2]"), std::string::npos) << text;
    EXPECT_NE(text.find("tax_of_document (VAT15)"), std::string::npos) << text;
    auto const again = trace_from_json(to_json(result.trace)).value();
    EXPECT_EQ(to_text(again), text);
    EXPECT_FALSE(trace_from_json(json::Value { "no trace" }));
}

}
