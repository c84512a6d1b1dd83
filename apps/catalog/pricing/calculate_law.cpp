// Laws of the document calculation: nothing is created or lost, both ways of adding agree, a credit
// note mirrors.
#include "apps/catalog/pricing/pricing_testing.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace cashline::catalog {

namespace {

using TaxSet = std::vector<std::size_t>;

Amount cents(std::int64_t value) { return { value * 100 }; }

LineInput any_line()
{
    LineInput line { .quantity = { *rc::gen::inRange(-400, 4000), 2 },
        .price = { *rc::gen::inRange(0, 5'000'000), 4 },
        .percents = { Decimal { *rc::gen::inRange(0, 9000), 2 } },
        .line_discount = cents(*rc::gen::inRange(0, 300)),
        .keeps_price = *rc::gen::inRange(0, 5) == 0 };
    line.taxes =
        *rc::gen::element(TaxSet { 0 }, TaxSet { 1 }, TaxSet { 0, 1 }, TaxSet { 2 }, TaxSet {});
    return line;
}

DocumentInput any_document()
{
    DocumentInput input;
    auto const count = *rc::gen::inRange(1, 9);
    for (int i = 0; i < count; ++i) {
        input.lines.push_back(any_line());
    }
    for (auto const percent : { 1900, 700, 0 }) {
        input.taxes.push_back({ .code = std::to_string(percent), .percent = { percent, 2 } });
    }
    if (*rc::gen::arbitrary<bool>()) {
        input.discounts.push_back({ .percent = Decimal { *rc::gen::inRange(0, 10000), 2 } });
    }
    if (*rc::gen::arbitrary<bool>()) {
        input.discounts.push_back({ .amount = cents(*rc::gen::inRange(0, 99999)) });
    }
    if (*rc::gen::arbitrary<bool>()) {
        input.charges.push_back({ .value = { *rc::gen::inRange(0, 9999), 2 }, .taxes = { 0 } });
    }
    input.tax_rules = { .method = *rc::gen::element(TaxMethod::per_document, TaxMethod::per_line),
        .grouping = *rc::gen::element(TaxGrouping::per_code, TaxGrouping::per_combination),
        .rounding = *rc::gen::element(Rounding::half_away, Rounding::up, Rounding::half_even),
        .prices_include_tax = *rc::gen::arbitrary<bool>() };
    return input;
}

Amount total_of(std::vector<Amount> const& amounts) { return sum(amounts).value(); }

}

RC_GTEST_PROP(document_law, lines_and_codes_add_up_to_the_document, ())
{
    auto const document = calculate(any_document()).value();
    std::vector<Amount> line_tax;
    std::vector<Amount> code_tax;
    std::vector<Amount> gross;
    std::vector<Amount> discounts;
    for (auto const& line : document.lines) {
        line_tax.push_back(line.tax);
        gross.push_back(line.gross);
        discounts.push_back(line.document_discount);
        std::vector<Amount> parts;
        for (auto const& tax : line.taxes) {
            parts.push_back(tax.amount);
        }
        RC_ASSERT(total_of(parts) == line.tax);
    }
    for (auto const& charge : document.charges) {
        line_tax.push_back(charge.tax);
        gross.push_back(charge.net);
        gross.push_back(charge.tax);
    }
    for (auto const& tax : document.taxes) {
        code_tax.push_back(tax.amount);
    }
    RC_ASSERT(total_of(line_tax) == document.tax);
    RC_ASSERT(total_of(code_tax) == document.tax);
    RC_ASSERT(total_of(gross) == document.gross);
    RC_ASSERT(total_of(discounts) == document.discount);
}

RC_GTEST_PROP(document_law, every_amount_is_whole_cents, ())
{
    auto const document = calculate(any_document()).value();
    for (auto const& line : document.lines) {
        for (auto const value :
            { line.net, line.document_discount, line.base, line.tax, line.gross }) {
            RC_ASSERT(value.ten_thousandths % 100 == 0);
        }
    }
}

RC_GTEST_PROP(document_law, discount_shares_add_up_and_take_no_line_below_nothing, ())
{
    auto input = any_document();
    input.tax_rules.prices_include_tax = false;
    auto const document = calculate(input).value();
    for (auto const& discount : document.discounts) {
        std::vector<Amount> shares;
        for (auto const& share : discount.shares) {
            shares.push_back(share.net);
        }
        RC_ASSERT(total_of(shares) == discount.net);
    }
    for (auto const& line : document.lines) {
        auto const crossed =
            line.net.ten_thousandths > 0 ? line.base.is_negative() : line.base.ten_thousandths > 0;
        RC_ASSERT(!crossed);
    }
}

RC_GTEST_PROP(document_law, a_credit_note_mirrors_its_invoice_to_the_cent, ())
{
    auto input = any_document();
    auto const invoice = calculate(input).value();
    for (auto& line : input.lines) {
        line.quantity = line.quantity.negated();
        line.line_discount = line.line_discount.negated();
    }
    for (auto& discount : input.discounts) {
        discount.amount = discount.amount.negated();
    }
    for (auto& charge : input.charges) {
        charge.value = charge.value.negated();
    }
    auto const credit = calculate(input).value();
    RC_ASSERT(credit.gross == invoice.gross.negated());
    RC_ASSERT(credit.tax == invoice.tax.negated());
    for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
        RC_ASSERT(credit.lines[i].tax == invoice.lines[i].tax.negated());
        RC_ASSERT(credit.lines[i].base == invoice.lines[i].base.negated());
    }
}

RC_GTEST_PROP(document_law, tax_per_document_is_the_rounded_tax_of_the_base, ())
{
    auto input = any_document();
    input.tax_rules = {};
    auto const document = calculate(input).value();
    for (auto const& tax : document.taxes) {
        auto const percent =
            Decimal { tax.rate.percent.coefficient(), 4 }; // Hundredths of a percent.
        RC_ASSERT(tax.amount == tax.base.times(percent, 2, Rounding::half_away).value());
    }
}

}
