#include "apps/finance/ledger/posting_accounts.h"
#include "apps/finance/ledger/posting_plan.h"

#include <gtest/gtest.h>

namespace cashline::finance {

namespace {

Amount amount(std::string_view text) { return Amount::parse(text).value(); }
Id const euro = Id::from_name("EUR");
Id const dollar = Id::from_name("USD");

std::string balance(Voucher const& voucher, PostingRole role)
{
    return balance_of(voucher, role).value().to_string(2);
}

CostPosting cost(std::string_view value, bool is_delivered_posted)
{
    return { .cost = amount(value),
        .is_delivered_posted = is_delivered_posted,
        .cogs_delivered_account = "5010",
        .units_delivered_account = "1410",
        .cogs_account = "5000",
        .inventory_account = "1400" };
}

// finance.md 13.3, invoice 1: goods 270.00 + freight 20.00, tax 72.50.
InvoicePosting first_invoice()
{
    return { .text = "INV-1",
        .customer = "C1",
        .customer_account = "1200",
        .currency = { .document = euro, .accounting = euro },
        .revenue = { { .account = "4000", .amount = amount("270") } },
        .charges = { { .account = "4100", .amount = amount("20") } },
        .taxes = { { .account = "2200",
            .code = "VAT25",
            .base = amount("290"),
            .amount = amount("72.50") } },
        .gross = amount("362.50"),
        .costs = { cost("180", true) } };
}

}

TEST(PostingPlan, a_packing_slip_moves_cost_to_the_clearing_accounts)
{
    auto const voucher = plan_packing_slip({}, "PS-1", euro, { cost("180", false) }).value();
    EXPECT_EQ(balance(voucher, PostingRole::cogs_delivered), "180.00");
    EXPECT_EQ(balance(voucher, PostingRole::units_delivered), "-180.00");
    // Taking a packing slip back.
    auto const back = plan_packing_slip({}, "PS-1", euro, { cost("-180", false) }).value();
    EXPECT_EQ(balance(back, PostingRole::cogs_delivered), "-180.00");
}

TEST(PostingPlan, an_invoice_posts_receivable_revenue_freight_tax_and_cost)
{
    auto const voucher = plan_invoice(first_invoice()).value();
    EXPECT_EQ(balance(voucher, PostingRole::customer), "362.50");
    EXPECT_EQ(balance(voucher, PostingRole::revenue), "-270.00");
    EXPECT_EQ(balance(voucher, PostingRole::charge), "-20.00");
    EXPECT_EQ(balance(voucher, PostingRole::sales_tax), "-72.50");
    EXPECT_EQ(balance(voucher, PostingRole::units_delivered), "180.00");
    EXPECT_EQ(balance(voucher, PostingRole::cogs_delivered), "-180.00");
    EXPECT_EQ(balance(voucher, PostingRole::cogs), "180.00");
    EXPECT_EQ(balance(voucher, PostingRole::inventory), "-180.00");
}

TEST(PostingPlan, a_total_that_is_not_the_sum_is_refused)
{
    auto posting = first_invoice();
    posting.gross = amount("362.51");
    EXPECT_EQ(plan_invoice(posting).error().code, "invoice_total_differs");
}

TEST(PostingPlan, a_missing_account_is_refused)
{
    auto posting = first_invoice();
    posting.revenue[0].account.clear();
    EXPECT_EQ(plan_invoice(posting).error().code, "voucher_account_missing");
    posting = first_invoice();
    posting.customer.clear();
    EXPECT_EQ(plan_invoice(posting).error().code, "voucher_customer_missing");
}

// finance.md 13.3: credit note for one piece, goods back.
TEST(PostingPlan, a_credit_note_stands_on_the_other_sides_or_is_a_storno)
{
    auto posting = first_invoice();
    posting.revenue[0].amount = amount("45");
    posting.charges.clear();
    posting.taxes[0].base = amount("45");
    posting.taxes[0].amount = amount("11.25");
    posting.gross = amount("56.25");
    posting.costs = { cost("30", false) };
    auto const voucher = plan_credit_note(posting).value();
    EXPECT_EQ(balance(voucher, PostingRole::customer), "-56.25");
    EXPECT_EQ(balance(voucher, PostingRole::revenue), "45.00");
    EXPECT_EQ(balance(voucher, PostingRole::inventory), "30.00");
    EXPECT_EQ(voucher.lines[0].credit, amount("56.25"));
    EXPECT_TRUE(check_voucher(voucher));

    auto const storno = plan_credit_note(posting, ReversalStyle::negative_amounts).value();
    EXPECT_EQ(storno.lines[0].debit, amount("-56.25"));
    EXPECT_EQ(balance(storno, PostingRole::customer), "-56.25");
    EXPECT_TRUE(check_voucher(storno));

    // The same from a document computed with negative quantities.
    for (auto* value : { &posting.revenue[0].amount, &posting.taxes[0].base,
             &posting.taxes[0].amount, &posting.gross, &posting.costs[0].cost }) {
        *value = value->negated();
    }
    auto const negative = plan_invoice(posting).value();
    EXPECT_EQ(balance(negative, PostingRole::customer), "-56.25");
    EXPECT_EQ(balance(negative, PostingRole::cogs), "-30.00");
}

TEST(PostingPlan, a_foreign_invoice_balances_in_both_currencies)
{
    auto posting = first_invoice();
    posting.currency = {
        .document = dollar, .accounting = euro, .rate = Decimal::parse("0.8733").value()
    };
    posting.revenue = { { .account = "4000", .amount = amount("90.01") },
        { .account = "4001", .amount = amount("90.01") },
        { .account = "4002", .amount = amount("89.98") } };
    auto const voucher = plan_invoice(posting).value();
    EXPECT_TRUE(check_voucher(voucher));
    EXPECT_EQ(accounting_balance_of(voucher, PostingRole::customer).value(), amount("316.57"));
    EXPECT_EQ(balance(voucher, PostingRole::customer), "362.50");
}

TEST(PostingPlan, a_payment_with_a_bank_fee)
{
    auto const voucher = plan_payment({ .customer = "C1",
                                          .customer_account = "1200",
                                          .bank_account = "1000",
                                          .currency = { .document = euro, .accounting = euro },
                                          .amount = amount("355.25"),
                                          .fee = amount("0.25"),
                                          .fee_account = "6000" })
                             .value();
    EXPECT_EQ(balance(voucher, PostingRole::bank), "355.00");
    EXPECT_EQ(balance(voucher, PostingRole::bank_fee), "0.25");
    EXPECT_EQ(balance(voucher, PostingRole::customer), "-355.25");
}

TEST(PostingPlan, a_returned_payment_opens_the_invoice_again)
{
    auto const payment = plan_payment({ .customer = "C1",
                                          .customer_account = "1200",
                                          .bank_account = "1000",
                                          .currency = { .document = euro, .accounting = euro },
                                          .amount = amount("355.25") })
                             .value();
    auto const expense =
        plan_returned_payment({ .payment = payment, .fee = amount("3"), .fee_account = "6000" })
            .value();
    EXPECT_EQ(balance(expense, PostingRole::customer), "355.25");
    EXPECT_EQ(balance(expense, PostingRole::bank), "-358.25");
    EXPECT_EQ(balance(expense, PostingRole::bank_fee), "3.00");
    auto const charged = plan_returned_payment(
        { .payment = payment, .fee = amount("3"), .fee_is_charged_to_customer = true })
                             .value();
    EXPECT_EQ(balance(charged, PostingRole::customer), "358.25");
    EXPECT_EQ(charged.lines.size(), 4U);
}

TEST(VoucherCheck, each_rule_refuses_its_case)
{
    auto const good = plan_invoice(first_invoice()).value();
    struct Row {
        char const* code;
        std::function<void(Voucher&)> spoil;
    };
    std::vector<Row> const rows {
        { "voucher_too_short", [](auto& voucher) { voucher.lines.resize(1); } },
        { "voucher_account_missing", [](auto& voucher) { voucher.lines[1].account.clear(); } },
        { "voucher_line_empty",
            [](auto& voucher) {
                voucher.lines[1].credit = voucher.lines[1].accounting_credit = {};
            } },
        { "voucher_line_two_sided", [](auto& voucher) { voucher.lines[1].debit = amount("1"); } },
        { "voucher_sides_differ",
            [](auto& voucher) {
                std::swap(voucher.lines[1].accounting_debit, voucher.lines[1].accounting_credit);
            } },
        { "voucher_customer_missing", [](auto& voucher) { voucher.lines[0].customer.clear(); } },
        { "voucher_unbalanced", [](auto& voucher) { voucher.lines[0].debit = amount("362.49"); } },
        { "voucher_unbalanced", [](auto& voucher) { voucher.lines[0].currency = dollar; } },
        { "voucher_accounting_unbalanced",
            [](auto& voucher) { voucher.lines[0].accounting_debit = amount("1"); } },
    };
    EXPECT_TRUE(check_voucher(good));
    for (auto const& row : rows) {
        auto voucher = good;
        row.spoil(voucher);
        auto const result = check_voucher(voucher);
        EXPECT_EQ(result ? "accepted" : result.error().code, row.code);
    }
}

TEST(PostingAccounts, item_then_group_then_all_and_customer_within)
{
    std::vector<PostingRule> rules { { .ledger_account = "4000" },
        { .account_scope = Scope::group, .account = "DOMESTIC", .ledger_account = "4010" },
        { .item_scope = Scope::group, .item = "BOARDS", .ledger_account = "4020" },
        { .item_scope = Scope::one,
            .item = "B1",
            .account_scope = Scope::one,
            .account = "C1",
            .ledger_account = "4030" } };
    PostingQuestion question {
        .item = "B1", .item_group = "BOARDS", .customer = "C1", .customer_group = "DOMESTIC"
    };
    EXPECT_EQ(find_posting_account(rules, question).value(), "4030");
    question.customer = "C2";
    EXPECT_EQ(find_posting_account(rules, question).value(), "4020");
    question.item_group = "FINS";
    EXPECT_EQ(find_posting_account(rules, question).value(), "4010");
    question.customer_group = "EXPORT";
    EXPECT_EQ(find_posting_account(rules, question).value(), "4000");
    question.role = PostingRole::charge;
    EXPECT_EQ(find_posting_account(rules, question).error().code, "posting_account_missing");
}

}
