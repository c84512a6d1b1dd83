#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/inventory/on_hand_table.h"
#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/ledger/ledger_entry_table.h"
#include "apps/finance/ledger/ledger_voucher_table.h"
#include "apps/finance/order/finance_order_line_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/order/order_testing.h"
#include "apps/finance/setup/period_table.h"

namespace cashline::finance {
namespace {

using OrderToCash = OrderTest;
INSTANTIATE_TEST_SUITE_P(Databases, OrderToCash, both_databases(), database_name);

// finance.md 13.3 with the Irish rate.
TEST_P(OrderToCash, an_order_goes_out_in_two_parts_and_the_ledger_follows)
{
    auto const order = add_board_order();
    auto const confirmed = step(m_ines, "cl_ConfirmOrder", order);
    EXPECT_EQ(confirmed.text("status"), "confirmed");
    EXPECT_EQ(confirmed.text("totalText"), "€578.10"); // (450 + 20) × 1.23
    EXPECT_EQ(confirmed.text("next"), "pick");

    auto const line = first_line(order);
    EXPECT_EQ(pick(order, line, "6").text("status"), "partially_picked");
    EXPECT_EQ(step(m_otto, "cl_PackOrder", order).text("status"), "partially_delivered");
    EXPECT_EQ(account_balance("5010"), money("180")); // Delivered, not invoiced.
    EXPECT_EQ(account_balance("1310"), money("-180"));
    EXPECT_EQ(step(m_ines, "cl_InvoiceOrder", order).text("status"), "partially_invoiced");
    EXPECT_EQ(customer_balance(), money("356.70")); // (270 + 20) × 1.23
    EXPECT_EQ(account_balance("4000"), money("-270"));
    EXPECT_EQ(account_balance("4100"), money("-20"));
    EXPECT_EQ(account_balance("2200"), money("-66.70"));
    EXPECT_EQ(account_balance("5000"), money("180"));
    EXPECT_EQ(account_balance("5010"), Amount {});

    EXPECT_EQ(pick(order, line, "4").text("status"), "partially_invoiced");
    EXPECT_EQ(step(m_otto, "cl_PackOrder", order).text("status"), "delivered_partially_invoiced");
    auto const done = step(m_ines, "cl_InvoiceOrder", order);
    EXPECT_EQ(done.text("status"), "invoiced");
    EXPECT_TRUE(done.find("next")->is_null());
    EXPECT_EQ(customer_balance(), money("578.10"));
    EXPECT_EQ(account_balance("4000"), money("-450"));
    EXPECT_EQ(account_balance("4100"), money("-20")); // Freight went with the first.
    EXPECT_EQ(account_balance("1300"), money("300")); // 600 − 180 − 120
    expect_balanced();
    auto const row_of_order = row({ finance_order::table, order });
    EXPECT_EQ(row_of_order.get(finance_order::order_status), FinanceOrderOrderStatus::invoiced);
}

TEST_P(OrderToCash, an_order_invoiced_at_once_costs_what_was_confirmed)
{
    auto const order = add_order({ { "BOARD", "3", "33.33", "1.11" }, { "LESSON", "2", "80" } },
        Row(finance_order::table)
            .set(finance_order::discount_percentage, number("7.5"))
            .set(finance_order::discount_amount, money("3.33")));
    deliver(order);
    step(m_ines, "cl_InvoiceOrder", order);
    auto const ordered = row({ finance_order::table, order });
    auto const posted = rows(Query::from(finance_invoice::table));
    ASSERT_EQ(posted.size(), 1U);
    EXPECT_EQ(posted[0].amount_or_zero(finance_invoice::total),
        ordered.amount_or_zero(finance_order::total));
    EXPECT_EQ(posted[0].amount_or_zero(finance_invoice::total_tax),
        ordered.amount_or_zero(finance_order::total_tax));
    EXPECT_EQ(posted[0].amount_or_zero(finance_invoice::total_discount),
        ordered.amount_or_zero(finance_order::total_discount));
    expect_balanced();
}

TEST_P(OrderToCash, the_parts_of_a_discounted_order_make_the_whole_discount)
{
    auto const order = add_order({ { "BOARD", "3", "33.33" } },
        Row(finance_order::table).set(finance_order::discount_amount, money("10")));
    step(m_ines, "cl_ConfirmOrder", order);
    Amount discount;
    for (int part = 0; part < 3; ++part) {
        pick(order, first_line(order), "1");
        step(m_otto, "cl_PackOrder", order);
        step(m_ines, "cl_InvoiceOrder", order);
    }
    for (auto const& invoice : rows(Query::from(finance_invoice::table))) {
        discount = discount.plus(invoice.amount_or_zero(finance_invoice::total_discount)).value();
    }
    EXPECT_EQ(discount, money("10"));
    expect_balanced();
}

TEST_P(OrderToCash, more_than_ordered_is_never_picked)
{
    auto const order = add_board_order();
    auto const line = first_line(order);
    EXPECT_EQ(refusal(m_otto, "cl_PickOrder", pick_body(order, line, "1")), "order_not_confirmed");
    step(m_ines, "cl_ConfirmOrder", order);
    EXPECT_EQ(
        refusal(m_otto, "cl_PickOrder", pick_body(order, line, "11")), "picked_more_than_ordered");
    pick(order, line, "6");
    EXPECT_EQ(
        refusal(m_otto, "cl_PickOrder", pick_body(order, line, "5")), "picked_more_than_ordered");
    EXPECT_EQ(refusal(m_otto, "cl_PickOrder", pick_body(order, line, "-1")), "InvalidArgument");
    EXPECT_EQ(refusal(m_otto, "cl_PickOrder", pick_body(order, order, "1")), "InvalidArgument");
    EXPECT_EQ(refusal(m_otto, "cl_PickOrder", pick_body(order, line, "0")), "nothing_to_pick");
    EXPECT_EQ(quantities(order), "6 0 0");
}

TEST_P(OrderToCash, what_is_not_there_is_not_picked)
{
    auto const order = add_order({ { "BOARD", "21", "50" } });
    step(m_ines, "cl_ConfirmOrder", order);
    auto const body = json::Object { { "OrderId", order.to_string() } };
    EXPECT_EQ(refusal(m_otto, "cl_PickOrder", body), "not_enough_on_hand");
    EXPECT_EQ(quantities(order), "0 0 0"); // Nothing of it happened.
    pick(order, first_line(order), "20");
    // What one order has picked is not free for another.
    auto const second = add_board_order();
    step(m_ines, "cl_ConfirmOrder", second);
    EXPECT_EQ(refusal(m_otto, "cl_PickOrder", pick_body(second, first_line(second), "1")),
        "not_enough_on_hand");
}

TEST_P(OrderToCash, nothing_is_packed_or_invoiced_twice)
{
    auto const order = add_board_order();
    auto const body = json::Object { { "OrderId", order.to_string() } };
    step(m_ines, "cl_ConfirmOrder", order);
    EXPECT_EQ(refusal(m_otto, "cl_PackOrder", body), "nothing_to_pack");
    EXPECT_EQ(refusal(m_ines, "cl_InvoiceOrder", body), "nothing_to_invoice");
    pick(order, first_line(order), "6");
    step(m_otto, "cl_PackOrder", order);
    EXPECT_EQ(refusal(m_otto, "cl_PackOrder", body), "nothing_to_pack");
    step(m_ines, "cl_InvoiceOrder", order);
    EXPECT_EQ(refusal(m_ines, "cl_InvoiceOrder", body), "nothing_to_invoice");
    EXPECT_EQ(refusal(m_ines, "cl_ConfirmOrder", body), "order_partly_invoiced");
    EXPECT_EQ(rows(Query::from(finance_invoice::table)).size(), 1U);
}

TEST_P(OrderToCash, hold_and_credit_limit_stop_an_order)
{
    auto const order = add_board_order();
    auto const body = json::Object { { "OrderId", order.to_string() } };
    auto const credit = [&](char const* limit, bool on_hold) {
        call(m_ines, "cl_SetCustomerCredit",
            json::Object { { "CustomerAccount", "NW-1" }, { "CreditLimit", limit },
                { "OnHold", on_hold }, { "Company", company_code } });
    };
    credit("500", false);
    EXPECT_EQ(refusal(m_ines, "cl_ConfirmOrder", body), "credit_limit_exceeded");
    credit("578.10", true);
    EXPECT_EQ(refusal(m_ines, "cl_ConfirmOrder", body), "customer_on_hold");
    credit("578.10", false);
    step(m_ines, "cl_ConfirmOrder", order);
    EXPECT_EQ(
        refusal(m_ines, "cl_ConfirmOrder",
            json::Object { { "OrderId", add_order({ { "LESSON", "1", "1" } }).to_string() } }),
        "credit_limit_exceeded");
    EXPECT_EQ(refusal(m_otto, "cl_SetCustomerCredit",
                  json::Object { { "CustomerAccount", "NW-1" }, { "CreditLimit", "9" } }),
        "PrivilegeDenied");
}

TEST_P(OrderToCash, a_closed_period_refuses_the_posting_and_nothing_changes)
{
    auto const order = add_board_order();
    step(m_ines, "cl_ConfirmOrder", order);
    step(m_otto, "cl_PickOrder", order);
    auto const period = rows(Query::from(period::table))[0];
    changed({ period::table, period.id() },
        Row(period::table).set(period::period_status, PeriodPeriodStatus::closed));
    EXPECT_EQ(refusal(m_otto, "cl_PackOrder", json::Object { { "OrderId", order.to_string() } }),
        "period_closed");
    EXPECT_EQ(quantities(order), "10 0 0");
}

TEST_P(OrderToCash, a_refused_invoice_leaves_no_gap_in_the_numbers)
{
    auto const first = add_board_order();
    deliver(first);
    auto const customer = rows(Query::from(finance_customer::table))[0];
    changed({ finance_customer::table, customer.id() },
        Row(finance_customer::table)
            .set(finance_customer::receives_e_invoices, true)
            .set(finance_customer::country, "Atlantis"));
    auto const body = json::Object { { "OrderId", first.to_string() } };
    // A rule of EN 16931 is broken: the buyer's country is missing.
    EXPECT_EQ(refusal(m_ines, "cl_InvoiceOrder", body), "e_invoice_rule_broken");
    changed({ finance_customer::table, customer.id() },
        Row(finance_customer::table).set(finance_customer::country, "Ireland"));
    step(m_ines, "cl_InvoiceOrder", first);
    EXPECT_EQ(rows(Query::from(finance_invoice::table))[0].text_or(finance_invoice::number),
        "INV-AWIE-000001");
}

TEST_P(OrderToCash, who_may_not_post_is_refused)
{
    auto const order = add_board_order();
    auto const body = json::Object { { "OrderId", order.to_string() } };
    for (auto const* message :
        { "cl_ConfirmOrder", "cl_PickOrder", "cl_PackOrder", "cl_InvoiceOrder" }) {
        EXPECT_EQ(refusal(m_daisy, message, body), "PrivilegeDenied") << message;
    }
    EXPECT_EQ(refusal(m_otto, "cl_InvoiceOrder", body), "PrivilegeDenied");
}

TEST_P(OrderToCash, what_is_posted_stays_even_for_the_administrator)
{
    invoice(add_board_order());
    auto const ada = person("ada", { "System Administrator" });
    auto const voucher = rows(Query::from(ledger_voucher::table))[0].id();
    auto const entry = rows(Query::from(ledger_entry::table))[0].id();
    auto const posted = rows(Query::from(finance_invoice::table))[0].id();
    auto const refused = [&](std::function<Result<void>(Unit&)> work) {
        return code(write(ada, std::move(work)));
    };
    auto const final = "posted_row_is_final";
    EXPECT_EQ(
        refused([&](Unit& unit) { return unit.remove(ledger_voucher::table, voucher); }), final);
    EXPECT_EQ(refused([&](Unit& unit) { return unit.remove(ledger_entry::table, entry); }), final);
    EXPECT_EQ(
        refused([&](Unit& unit) { return unit.remove(finance_invoice::table, posted); }), final);
    EXPECT_EQ(refused([&](Unit& unit) -> Result<void> {
        TRY(unit.create(Row(ledger_voucher::table)
                .set(ledger_voucher::company, company_code)
                .set(ledger_voucher::number, "V-1")
                .set(ledger_voucher::date, Date::of(2027, 1, 1))
                .set(ledger_voucher::posting_type, LedgerVoucherPostingType::invoice)));
        return {};
    }),
        final);
    // Not even the platform rewrites an amount.
    auto const rewritten = write(system_caller(), [&](Unit& unit) {
        return unit.update(ledger_entry::table, entry,
            Row(ledger_entry::table).set(ledger_entry::debit, money("1")));
    });
    EXPECT_EQ(code(rewritten), final);
}

TEST_P(OrderToCash, an_order_in_another_currency_posts_in_both)
{
    made_dollar();
    auto const order = add_order({ { "BOARD", "1", "110", "0" } },
        Row(finance_order::table).set(finance_order::currency_code, "USD"));
    deliver(order);
    step(m_ines, "cl_InvoiceOrder", order);
    auto const claim = rows(Query::from(customer_transaction::table))[0];
    EXPECT_EQ(claim.amount_or_zero(customer_transaction::amount), money("135.30"));
    EXPECT_EQ(claim.amount_or_zero(customer_transaction::accounting_amount), money("123"));
    expect_balanced();
}

}
}
