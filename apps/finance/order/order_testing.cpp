#include "apps/finance/order/order_testing.h"

#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/ledger_account_table.h"
#include "apps/finance/ledger/ledger_entry_table.h"
#include "apps/finance/order/finance_order_line_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/pricing/auto_charge_table.h"

#include "apps/parties/currency/currency_table.h"

#include <map>

namespace cashline::finance {

void OrderTest::SetUp()
{
    FinanceTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
        return;
    }
    m_northwind = add_customer("NW-1", "Northwind Traders");
    add_item({ .number = "BOARD", .price = money("50"), .cost = money("30"), .is_stocked = true });
    add_item({ .number = "LESSON", .price = money("80") });
    made(Row(auto_charge::table)
            .set(auto_charge::company, company_code)
            .set(auto_charge::code, "FREIGHT")
            .set(auto_charge::label, "Freight")
            .set(auto_charge::currency_code, "EUR")
            .set(auto_charge::value, number("20")));
    call(m_otto, "cl_AdjustInventory",
        json::Object {
            { "ItemNumber", "BOARD" }, { "Quantity", 20 }, { "Company", company_code } });
}

Id OrderTest::add_order(std::vector<NewLine> const& lines, Row more)
{
    Row order(finance_order::table);
    order.set(finance_order::company, company_code)
        .set(finance_order::name, "Boards for summer")
        .set(finance_order::customer_account, "NW-1")
        .set(finance_order::currency_code, "EUR")
        .set(finance_order::customer_reference, "PO-4711");
    order.merge(more);
    auto const id = made(std::move(order));
    std::int64_t position = 0;
    for (auto const& line : lines) {
        made(Row(finance_order_line::table)
                .set(finance_order_line::company, company_code)
                .set(finance_order_line::order, id)
                .set(finance_order_line::line_number, ++position)
                .set(finance_order_line::item, line.item)
                .set(finance_order_line::description, "Item " + line.item)
                .set(finance_order_line::unit, "piece")
                .set(finance_order_line::ordered, number(line.quantity))
                .set(finance_order_line::price, money(line.price))
                .set(finance_order_line::line_discount, money(line.discount)));
    }
    return id;
}

json::Value OrderTest::step(Caller const& caller, std::string_view message, Id order)
{
    return call(caller, message, json::Object { { "OrderId", order.to_string() } });
}

json::Value OrderTest::pick_body(Id order, Id line, std::string const& quantity)
{
    json::Value const entry { json::Object {
        { "LineId", line.to_string() }, { "Quantity", quantity } } };
    return json::Object { { "OrderId", order.to_string() }, { "Lines", json::Array { entry } } };
}

json::Value OrderTest::pick(Id order, Id line, std::string const& quantity)
{
    return call(m_otto, "cl_PickOrder", pick_body(order, line, quantity));
}

void OrderTest::deliver(Id order)
{
    step(m_ines, "cl_ConfirmOrder", order);
    step(m_otto, "cl_PickOrder", order);
    step(m_otto, "cl_PackOrder", order);
}

Id OrderTest::invoice(Id order)
{
    deliver(order);
    step(m_ines, "cl_InvoiceOrder", order);
    auto const found =
        rows(Query::from(finance_invoice::table).where(finance_invoice::order == order));
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Id {} : found[0].id();
}

Id OrderTest::first_line(Id order)
{
    return rows(Query::from(finance_order_line::table)
            .where(finance_order_line::order == order)
            .order_by(finance_order_line::line_number))[0]
        .id();
}

std::string OrderTest::quantities(Id order)
{
    auto const line = row({ finance_order_line::table, first_line(order) });
    std::string all;
    for (auto const& column :
        { finance_order_line::picked, finance_order_line::packed, finance_order_line::invoiced }) {
        all += (all.empty() ? "" : " ")
            + line.get(column).value_or(Decimal {}).without_trailing_zeros().to_string();
    }
    return all;
}

void OrderTest::made_dollar()
{
    made(Row(currency::table)
            .set(currency::code, "USD")
            .set(currency::name, "Dollar")
            .set(currency::symbol, "$")
            .set(currency::precision, 2)
            .set(currency::rate, number("1.1")));
}

Amount OrderTest::account_balance(std::string const& account)
{
    auto const found = rows(Query::from(ledger_account::table)
            .where(ledger_account::company == company_code && ledger_account::number == account));
    EXPECT_EQ(found.size(), 1U) << account;
    return found.empty() ? Amount {} : found[0].amount_or_zero(ledger_account::balance);
}

Amount OrderTest::customer_balance()
{
    auto const found =
        rows(Query::from(finance_customer::table).where(finance_customer::account == "NW-1"));
    return found[0].amount_or_zero(finance_customer::balance);
}

void OrderTest::expect_balanced()
{
    std::map<std::pair<Id, std::string>, std::int64_t> by_voucher;
    std::map<Id, std::int64_t> accounting;
    for (auto const& entry : rows(Query::from(ledger_entry::table))) {
        auto const voucher = entry.get(ledger_entry::voucher).value_or(Lookup {}).id;
        auto& balance = by_voucher[{ voucher, entry.text_or(ledger_entry::currency_code) }];
        balance += entry.amount_or_zero(ledger_entry::debit).ten_thousandths
            - entry.amount_or_zero(ledger_entry::credit).ten_thousandths;
        accounting[voucher] += entry.amount_or_zero(ledger_entry::accounting_debit).ten_thousandths
            - entry.amount_or_zero(ledger_entry::accounting_credit).ten_thousandths;
    }
    EXPECT_FALSE(by_voucher.empty());
    for (auto const& [voucher, balance] : by_voucher) {
        EXPECT_EQ(balance, 0);
    }
    for (auto const& [voucher, balance] : accounting) {
        EXPECT_EQ(balance, 0);
    }
    EXPECT_EQ(account_balance("1200"), customer_balance());
}

}
