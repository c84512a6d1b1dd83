// Money cases from real trouble in other systems, recomputed with exact decimals. One test each.
#include "apps/catalog/pricing/pricing_testing.h"

#include <gtest/gtest.h>

namespace cashline::catalog {

using namespace testing;

namespace {

DocumentInput document(std::vector<LineInput> lines, std::vector<TaxRate> taxes,
    TaxMethod method = TaxMethod::per_document)
{
    return {
        .lines = std::move(lines), .taxes = std::move(taxes), .tax_rules = { .method = method }
    };
}

PricedDocument priced(DocumentInput const& input)
{
    auto result = calculate(input);
    EXPECT_TRUE(result) << (result ? "" : result.error().text);
    return result ? *result : PricedDocument {};
}

std::vector<std::string> nets(PricedDocument const& document)
{
    std::vector<std::string> texts;
    for (auto const& line : document.lines) {
        texts.push_back(text(line.net));
    }
    return texts;
}

std::vector<std::string> line_taxes(PricedDocument const& document)
{
    std::vector<std::string> texts;
    for (auto const& line : document.lines) {
        texts.push_back(text(line.tax));
    }
    return texts;
}

using Texts = std::vector<std::string>;

}

TEST(GoldenMoney, seven_lines_at_seven_percent_differ_by_policy)
{
    std::vector<LineInput> const lines { line("1", "5095.20"), line("1", "523.20"),
        line("1", "80.64"), line("1", "54.12"), line("1", "182.00"), line("1", "186.20"),
        line("1", "700.00") };
    EXPECT_EQ(text(priced(document(lines, { standard("7") }, TaxMethod::per_line)).tax), "477.48");
    EXPECT_EQ(text(priced(document(lines, { standard("7") })).tax), "477.50");
}

TEST(GoldenMoney, discounted_lines_round_the_net_before_the_tax)
{
    std::vector<LineInput> const lines { line("10", "30.75", { 0 }, "5"),
        line("1", "70.00", { 0 }, "5") };
    auto const by_document = priced(document(lines, { standard("15") }));
    EXPECT_EQ(text(by_document.net), "358.63");
    EXPECT_EQ(text(by_document.tax), "53.79");
    EXPECT_EQ(text(priced(document(lines, { standard("15") }, TaxMethod::per_line)).tax), "53.80");
}

TEST(GoldenMoney, the_net_is_rounded_once_before_the_tax)
{
    auto const result = priced(document({ line("16", "348.35", { 0 }, "4") }, { standard("22") }));
    EXPECT_EQ(text(result.net), "5350.66");
    EXPECT_EQ(text(result.gross), "6527.81");
}

TEST(GoldenMoney, a_half_cent_never_lands_on_the_negative_line)
{
    std::vector<LineInput> const lines { line("1", "54.45"), line("1", "600"), line("-1", "500") };
    for (auto const method : { TaxMethod::per_document, TaxMethod::per_line }) {
        auto const result = priced(document(lines, { standard("10") }, method));
        EXPECT_EQ(text(result.tax), "15.45");
        EXPECT_EQ(line_taxes(result), (Texts { "5.45", "60.00", "-50.00" }));
    }
}

TEST(GoldenMoney, a_down_payment_of_half_has_its_own_bases_and_the_final_invoice_the_rest)
{
    std::vector<TaxRate> const rates { standard("6"), standard("21") };
    auto const whole =
        priced(document({ line("25", "23.90", { 0 }), line("25", "17.00", { 1 }) }, rates));
    auto const half = priced(
        document({ line("25", "23.90", { 0 }, "50"), line("25", "17.00", { 1 }, "50") }, rates));
    EXPECT_EQ(nets(half), (Texts { "298.75", "212.50" }));
    EXPECT_EQ(line_taxes(half), (Texts { "17.93", "44.63" }));
    EXPECT_EQ(text(whole.gross), "1147.60");
    // BR-CO-16 on the final invoice: payable = gross − prepaid.
    EXPECT_EQ(text(*whole.gross.minus(half.gross)), "573.79");
}

TEST(GoldenMoney, no_cent_is_pushed_onto_the_exempt_line)
{
    TaxRate const exempt { .code = "E0", .category = VATCategory::exempt, .reason = "exempt" };
    auto const result = priced(document(
        { line("1", "90.30", { 0 }), line("0.45", "2.54", { 1 }), line("0.28", "6.87", { 1 }) },
        { exempt, standard("6") }));
    EXPECT_EQ(nets(result), (Texts { "90.30", "1.14", "1.92" }));
    EXPECT_EQ(text(result.lines[0].tax), "0.00");
    EXPECT_EQ(text(result.taxes[0].base), "90.30");
    EXPECT_EQ(text(result.taxes[1].base), "3.06");
    EXPECT_EQ(text(result.net), "93.36");
}

TEST(GoldenMoney, small_prices_keep_their_digits_by_a_price_quantity)
{
    auto exact = line("278362.5", "0.01110515964", {});
    EXPECT_EQ(nets(priced(document({ exact }, {}))), Texts { "3091.26" });
    exact.price = decimal("11.10515964");
    exact.price_quantity = decimal("1000");
    EXPECT_EQ(nets(priced(document({ exact }, {}))), Texts { "3091.26" });
    exact.price = decimal("0.011105");
    exact.price_quantity = decimal("1");
    EXPECT_EQ(nets(priced(document({ exact }, {}))), Texts { "3091.22" });
}

TEST(GoldenMoney, the_two_methods_are_never_mixed)
{
    std::vector<LineInput> const lines { line("1", "299.33"), line("1", "179.33"),
        line("1", "99.34") };
    EXPECT_EQ(text(priced(document(lines, { standard("20") }, TaxMethod::per_line)).tax), "115.61");
    EXPECT_EQ(text(priced(document(lines, { standard("20") })).tax), "115.60");
}

TEST(GoldenMoney, an_inclusive_price_comes_out_as_it_went_in)
{
    auto input =
        document({ line("1", "90"), line("1", "55") }, { standard("5") }, TaxMethod::per_line);
    input.tax_rules.prices_include_tax = true;
    auto const by_line = priced(input);
    EXPECT_EQ(nets(by_line), (Texts { "85.71", "52.38" }));
    EXPECT_EQ(line_taxes(by_line), (Texts { "4.29", "2.62" }));
    EXPECT_EQ(text(by_line.gross), "145.00");

    input.tax_rules.method = TaxMethod::per_document;
    EXPECT_EQ(text(priced(input).gross), "145.00");
}

TEST(GoldenMoney, three_inclusive_pieces_at_nineteen_percent)
{
    auto input = document({ line("3", "9.99") }, { standard("19") });
    input.tax_rules.prices_include_tax = true;
    auto const result = priced(input);
    EXPECT_EQ(text(result.net), "25.18");
    EXPECT_EQ(text(result.tax), "4.79");
    EXPECT_EQ(text(result.gross), "29.97");
    input.lines = { line("1", "119.00") };
    EXPECT_EQ(text(priced(input).net), "100.00");
}

// finance.md 6.2: two lines of 42.42, two codes of 10 %, rounded up.
TEST(GoldenMoney, two_codes_rounded_up_have_three_results)
{
    std::vector<LineInput> const lines { line("1", "42.42", { 0, 1 }),
        line("1", "42.42", { 0, 1 }) };
    auto input = document(lines, { standard("10"), { .code = "CITY", .percent = decimal("10") } });
    input.tax_rules.rounding = Rounding::up;

    auto const per_code = priced(input);
    EXPECT_EQ(text(per_code.tax), "16.98");
    EXPECT_EQ(text(per_code.taxes[0].amount), "8.49");
    EXPECT_EQ(text(per_code.lines[0].taxes[0].amount), "4.25");
    EXPECT_EQ(text(per_code.lines[1].taxes[0].amount), "4.24");

    input.tax_rules.grouping = TaxGrouping::per_combination;
    auto const combined = priced(input);
    EXPECT_EQ(text(combined.tax), "16.97");
    EXPECT_EQ(text(combined.lines[0].taxes[0].amount), "4.25");
    EXPECT_EQ(text(combined.lines[0].taxes[1].amount), "4.24");
    EXPECT_EQ(line_taxes(combined), (Texts { "8.49", "8.48" }));

    input.tax_rules = { .method = TaxMethod::per_line, .rounding = Rounding::up };
    EXPECT_EQ(text(priced(input).tax), "17.00");
}

TEST(GoldenMoney, the_peppol_base_example_with_a_negative_line_and_a_charge)
{
    auto input = document({ line("7", "400"), line("-3", "500") }, { standard("25") });
    input.charges.push_back({ .code = "insurance", .value = decimal("25"), .taxes = { 0 } });
    auto const result = priced(input);
    EXPECT_EQ(text(result.net), "1300.00");
    EXPECT_EQ(text(result.charge), "25.00");
    EXPECT_EQ(text(result.tax), "331.25");
    EXPECT_EQ(text(result.gross), "1656.25");
}

// finance.md 13.3: ten pieces with a discount and freight, invoiced as six and four.
TEST(GoldenMoney, six_of_ten_pieces_with_freight)
{
    auto input = document({ line("6", "50.00", { 0 }, "10") }, { standard("25") });
    input.charges.push_back({ .code = "freight", .value = decimal("20"), .taxes = { 0 } });
    auto const first = priced(input);
    EXPECT_EQ(text(first.net), "270.00");
    EXPECT_EQ(text(first.tax), "72.50");
    EXPECT_EQ(text(first.gross), "362.50");
    EXPECT_EQ(text(priced(document({ line("4", "50.00", { 0 }, "10") }, { standard("25") })).gross),
        "225.00");
}

TEST(GoldenMoney, three_pieces_with_an_amount_off_the_line)
{
    auto input = document({ line("3", "10.00", {}) }, {});
    input.lines[0].line_discount = amount("10");
    auto const result = priced(input);
    EXPECT_EQ(text(result.net), "20.00");
    EXPECT_EQ(text(result.lines[0].line_discount), "10.00");
}

// sales.md 5.3: 100 × 200 with a manual discount of 10, once or per unit.
TEST(GoldenMoney, a_manual_discount_once_or_per_unit)
{
    auto input = document({ line("100", "200", {}) }, {});
    input.lines[0].line_discount = amount("10");
    EXPECT_EQ(text(priced(input).net), "19990.00");
    input.lines[0].line_discount = {};
    input.lines[0].unit_discount = decimal("20");
    EXPECT_EQ(text(priced(input).net), "18000.00");
}

}
