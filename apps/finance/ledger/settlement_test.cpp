#include "apps/finance/ledger/settlement.h"

#include <gtest/gtest.h>

namespace cashline::finance {

namespace {

Amount amount(std::string_view text) { return Amount::parse(text).value(); }
Id const dollar = Id::from_name("USD");
Id const euro = Id::from_name("EUR");

OpenItem item(std::string_view open, std::string_view discount = "0")
{
    return { .customer = "C1",
        .currency = dollar,
        .amount = amount(open),
        .accounting = amount(open),
        .date = Date::of(2026, 5, 1),
        .discount_date = Date::of(2026, 5, 10),
        .discount = amount(discount) };
}

struct Row {
    char const* name;
    OpenItem invoice;
    char const* paid; // negative
    SettlementRules rules;
    char const* expected; // closed used discount difference penny
};

std::string text_of(Result<Settlement> const& result)
{
    if (!result) {
        return result.error().code;
    }
    return result->closed.to_string(2) + " " + result->used.to_string(2) + " "
        + result->discount.to_string(2) + " " + result->difference.to_string(2) + " "
        + result->penny.to_string(2);
}

SettlementRules tolerance(std::string_view difference, std::string_view penny = "0")
{
    return { .penny_max = amount(penny), .difference_max = amount(difference) };
}

SettlementPosting posting(Settlement const& settlement)
{
    return { .customer = "C1",
        .currency = { .document = dollar, .accounting = euro },
        .accounts = { "1200", "7000", "7010", "7020", "7030", "7040" },
        .settlement = settlement };
}

}

// finance.md 14.2 and 14.3.
TEST(Settlement, closes_as_configured)
{
    SettlementRules const unspecific { .administration = DiscountAdministration::unspecific };
    SettlementRules const no_partial { .discount_on_partial_payments = false };
    SettlementRules const fully { .settles_fully = true };
    auto late = item("105", "10.50");
    late.discount_date = Date::of(2026, 4, 30);
    auto always = late;
    always.discount_use = DiscountUse::always;
    auto never = item("105", "10.50");
    never.discount_use = DiscountUse::never;
    std::vector<Row> const rows {
        { "equal", item("105"), "-105", {}, "105.00 105.00 0.00 0.00 0.00" },
        { "too little", item("105"), "-100", {}, "100.00 100.00 0.00 0.00 0.00" },
        { "too much", item("105"), "-110", {}, "105.00 105.00 0.00 0.00 0.00" },
        { "with discount", item("105", "10.50"), "-94.50", {}, "105.00 94.50 10.50 0.00 0.00" },
        { "specific, within", item("105", "10.50"), "-95", tolerance("0.50"),
            "105.00 95.00 10.50 -0.50 0.00" },
        { "specific, above", item("105", "10.50"), "-95", tolerance("0.49"),
            "105.00 94.50 10.50 0.00 0.00" },
        { "unspecific", item("105", "10.50"), "-95", unspecific, "105.00 95.00 10.00 0.00 0.00" },
        { "unspecific, far over", item("105", "10.50"), "-107", unspecific,
            "105.00 105.00 0.00 0.00 0.00" },
        { "partial with discount", item("1000", "20"), "-485", {}, "494.90 485.00 9.90 0.00 0.00" },
        { "49 of 100", item("100", "2"), "-49", {}, "50.00 49.00 1.00 0.00 0.00" },
        { "partial without", item("100", "2"), "-49", no_partial, "49.00 49.00 0.00 0.00 0.00" },
        { "penny short", item("105"), "-104.98", tolerance("0", "0.02"),
            "105.00 104.98 0.00 0.00 0.02" },
        { "penny over", item("105"), "-105.02", tolerance("0", "0.02"),
            "105.00 105.02 0.00 0.00 -0.02" },
        { "short within tolerance", item("105"), "-104", tolerance("1", "0.02"),
            "105.00 104.00 0.00 1.00 0.00" },
        { "full settlement", item("105", "10.50"), "-90", fully, "105.00 90.00 15.00 0.00 0.00" },
        { "discount too late", late, "-94.50", {}, "94.50 94.50 0.00 0.00 0.00" },
        { "discount always", always, "-94.50", {}, "105.00 94.50 10.50 0.00 0.00" },
        { "discount never", never, "-94.50", {}, "94.50 94.50 0.00 0.00 0.00" },
        { "two invoices", item("105"), "5", {}, "settlement_sides" },
        { "two payments", item("-105"), "-5", {}, "settlement_sides" },
    };
    for (auto const& row : rows) {
        EXPECT_EQ(text_of(settle(row.invoice, item(row.paid), row.rules)), row.expected)
            << row.name;
    }
}

TEST(Settlement, other_currencies_and_customers_are_refused)
{
    auto payment = item("-5");
    payment.currency = euro;
    EXPECT_EQ(text_of(settle(item("5"), payment, {})), "settlement_currency");
    payment = item("-5");
    payment.customer = "C2";
    EXPECT_EQ(text_of(settle(item("5"), payment, {})), "settlement_customer");
}

// finance.md 14.5: 1 000 USD at 1.10, paid 980 at 0.80 with 20 discount: 300 EUR lost.
TEST(Settlement, realises_the_exchange_difference)
{
    auto invoice = item("1000", "20");
    invoice.accounting = amount("1100");
    auto payment = item("-980");
    payment.accounting = amount("-784");
    auto const result = settle(invoice, payment, {}).value();
    EXPECT_EQ(result.accounting_discount, amount("16"));
    EXPECT_EQ(result.exchange, amount("-300"));

    auto const voucher = plan_settlement(posting(result)).value().value();
    EXPECT_EQ(accounting_balance_of(voucher, PostingRole::exchange_loss).value(), amount("300"));
    EXPECT_EQ(balance_of(voucher, PostingRole::customer).value(), amount("-20"));
    // The receivable is empty in both currencies: 1100 − 784 − 316.
    EXPECT_EQ(accounting_balance_of(voucher, PostingRole::customer).value(), amount("-316"));
}

TEST(Settlement, a_gain_larger_than_the_discount_still_balances)
{
    auto invoice = item("1000", "20");
    invoice.accounting = amount("800");
    auto payment = item("-980");
    payment.accounting = amount("-1078");
    auto const voucher =
        plan_settlement(posting(settle(invoice, payment, {}).value())).value().value();
    EXPECT_EQ(accounting_balance_of(voucher, PostingRole::exchange_gain).value(), amount("-300"));
    EXPECT_EQ(accounting_balance_of(voucher, PostingRole::customer).value(), amount("278"));
}

// finance.md 13.3: 7.25 with tax reversal is 5.80 + 1.45.
TEST(Settlement, the_tax_in_a_taken_discount_is_taken_back)
{
    auto const result = settle(item("362.50", "7.25"), item("-355.25"), {}).value();
    auto plan = posting(result);
    plan.taxes = {
        { .account = "2200", .code = "VAT25", .base = amount("290"), .amount = amount("72.50") }
    };
    plan.invoice_gross = amount("362.50");
    auto const voucher = plan_settlement(plan).value().value();
    EXPECT_EQ(balance_of(voucher, PostingRole::cash_discount).value(), amount("5.80"));
    EXPECT_EQ(balance_of(voucher, PostingRole::sales_tax).value(), amount("1.45"));
    EXPECT_EQ(balance_of(voucher, PostingRole::customer).value(), amount("-7.25"));
}

TEST(Settlement, a_plain_match_posts_nothing)
{
    EXPECT_FALSE(plan_settlement(posting(settle(item("5"), item("-5"), {}).value())).value());
}

TEST(Settlement, a_return_takes_the_settlement_back_too)
{
    auto const payment = plan_payment({ .customer = "C1",
                                          .customer_account = "1200",
                                          .bank_account = "1000",
                                          .currency = { .document = dollar, .accounting = euro },
                                          .amount = amount("94.50") })
                             .value();
    auto const settlement =
        plan_settlement(posting(settle(item("105", "10.50"), item("-94.50"), {}).value())).value();
    auto const back =
        plan_returned_payment({ .payment = payment, .settlement = settlement }).value();
    EXPECT_EQ(balance_of(back, PostingRole::customer).value(), amount("105"));
    EXPECT_EQ(balance_of(back, PostingRole::cash_discount).value(), amount("-10.50"));
}

TEST(Settlement, the_oldest_due_comes_first)
{
    std::vector<OpenItem> items { item("1"), item("2"), item("3") };
    items[0].due_date = Date::of(2026, 6, 3);
    items[1].due_date = Date::of(2026, 6, 1);
    items[2].due_date = Date::of(2026, 6, 1);
    items[1].document = "B";
    items[2].document = "A";
    sort_for_settlement(items);
    EXPECT_EQ(items[0].document, "A");
    EXPECT_EQ(items[1].document, "B");
}

}
