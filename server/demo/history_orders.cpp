#include "apps/finance/credit/credit.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/invoice/invoice_order.h"
#include "apps/finance/order/finance_order_line_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"
#include "core/check.h"
#include "server/demo/history.h"
#include "server/demo/payments.h"

namespace cashline::demo {

namespace {

enum class Reached : std::uint8_t { placed, confirmed, partly_picked, picked, packed, invoiced };

struct Sale {
    int account;
    char const* seller;
    int age; // days
    Reached reached;
    std::vector<std::pair<char const*, int>> lines;
};

// By age, so that numbers and dates rise together. What is due 30 days after the invoice and not in
// a statement below is overdue.
std::vector<Sale> const& sales()
{
    static std::vector<Sale> const list {
        { 0, "daisy", 96, Reached::invoiced, { { "SB-110", 8 }, { "AC-300", 8 } } },
        { 6, "tom", 84, Reached::invoiced, { { "WS-200", 20 }, { "WS-210", 10 } } },
        { 16, "daisy", 71, Reached::invoiced, { { "SB-130", 15 } } },
        { 10, "lena", 63, Reached::invoiced, { { "SB-100", 4 }, { "AC-320", 4 } } },
        { 21, "tom", 55, Reached::invoiced, { { "SV-400", 2 }, { "AC-330", 6 } } },
        { 31, "daisy", 48, Reached::invoiced, { { "SB-120", 5 }, { "AC-310", 10 } } },
        { 0, "daisy", 40, Reached::invoiced, { { "WS-220", 25 } } },
        { 36, "tom", 33, Reached::invoiced, { { "SB-140", 3 } } },
        { 25, "lena", 26, Reached::invoiced, { { "SB-110", 6 }, { "WS-200", 6 } } },
        { 7, "tom", 19, Reached::invoiced, { { "AC-340", 30 } } },
        { 1, "daisy", 12, Reached::invoiced, { { "SB-130", 10 }, { "AC-300", 10 } } },
        { 0, "daisy", 9, Reached::packed, { { "SB-100", 6 }, { "AC-320", 6 } } },
        { 40, "lena", 7, Reached::partly_picked, { { "SB-110", 10 }, { "AC-300", 10 } } },
        { 15, "daisy", 5, Reached::picked, { { "WS-210", 12 } } },
        { 30, "daisy", 3, Reached::confirmed, { { "SB-120", 4 }, { "AC-310", 4 } } },
        { 22, "tom", 1, Reached::placed, { { "SB-100", 2 }, { "AC-320", 2 } } },
    };
    return list;
}

Id order_id(int number) { return named("salesorder", "demo/" + std::to_string(number)); }

Result<void> place_order(Unit& unit, int number, Sale const& sale)
{
    auto const customer = TRY(unit.retrieve(account::table, account_id(sale.account)));
    Row order(sales_order::table, order_id(number));
    order.set(sales_order::name, "Order of " + customer.text_or(account::name))
        .set(sales_order::customer, Lookup { account::table, customer.id() })
        .set(sales_order::price_list, customer.get(account::price_list))
        .set(sales_order::currency, customer.get(account::currency))
        .set(sales_order::company, customer.get(account::company))
        .set(sales_order::purchase_order, "PO-" + std::to_string(4'100 + number * 37))
        .set(sales_order::submit_date, unit.today());
    TRY(unit.create(std::move(order)));
    for (auto const& [product, quantity] : sale.lines) {
        TRY(unit.create(Row(sales_order_line::table)
                .set(sales_order_line::order, order_id(number))
                .set(sales_order_line::product, named("product", product))
                .set(sales_order_line::quantity, Decimal::from(quantity))));
    }
    return {};
}

Result<Id> in_books(Unit& unit, int number)
{
    auto const row = TRY(unit.first(
        Query::from(finance_order::table).where(finance_order::sales_order == order_id(number))));
    if (!row) {
        return missing("order_not_in_books", "An order of the demo company is not in the books.");
    }
    return row->id();
}

// The first order of a customer is when the clerk looks at the credit.
Result<void> confirm(Unit& unit, int number, Sale const& sale)
{
    auto const order = TRY(in_books(unit, number));
    auto const customer = TRY(unit.retrieve(finance_order::table, order));
    TRY(unit.call(finance::SetCustomerCredit {
        .customer_account = customer.text_or(finance_order::customer_account),
        .credit_limit = Amount::from_units(sale.account == 0 ? 40'000 : 25'000),
        .on_hold = false,
        .company = customer.text_or(finance_order::company) }));
    TRY(unit.call(finance::ConfirmOrder { .order = order }));
    return {};
}

Result<void> pick(Unit& unit, int number, Sale const& sale)
{
    finance::PickOrder request { .order = TRY(in_books(unit, number)) };
    if (sale.reached == Reached::partly_picked) {
        auto const line = TRY(unit.first(Query::from(finance_order_line::table)
                .where(finance_order_line::order == request.order)
                .order_by(finance_order_line::line_number)));
        CHECK(line.has_value());
        json::Value const part { json::Object {
            { "LineId", line->id().to_string() }, { "Quantity", "4" } } };
        request.lines = json::Value { json::Array { part } };
    }
    TRY(unit.call(request));
    return {};
}

Result<void> play_sale(Stage& stage, int number, Sale const& sale)
{
    auto const later = [&](int days) { return std::max(0, sale.age - days); };
    TRY(stage.play(
        { sale.age, 8 }, sale.seller, [&](Unit& unit) { return place_order(unit, number, sale); }));
    if (sale.reached >= Reached::confirmed) {
        TRY(stage.play(
            { sale.age, 11 }, "ines", [&](Unit& unit) { return confirm(unit, number, sale); }));
    }
    if (sale.reached >= Reached::partly_picked) {
        TRY(stage.play(
            { later(1), 9 }, "otto", [&](Unit& unit) { return pick(unit, number, sale); }));
    }
    if (sale.reached >= Reached::packed) {
        TRY(stage.play({ later(1), 13 }, "otto", [&](Unit& unit) -> Result<void> {
            TRY(unit.call(finance::PackOrder { .order = TRY(in_books(unit, number)) }));
            return {};
        }));
    }
    if (sale.reached == Reached::invoiced) {
        TRY(stage.play({ later(1), 15 }, "ines", [&](Unit& unit) -> Result<void> {
            TRY(unit.call(finance::InvoiceOrder { .order = TRY(in_books(unit, number)) }));
            return {};
        }));
    }
    return {};
}

Result<Payment> payment_of(Unit& unit, int number, bool names_invoice)
{
    auto const row = TRY(unit.first(Query::from(finance_invoice::table)
            .where(finance_invoice::sales_order == order_id(number))));
    CHECK(row.has_value());
    return Payment { .payer = row->text_or(finance_invoice::customer_name),
        .amount = row->amount_or_zero(finance_invoice::total),
        .text =
            names_invoice ? "Invoice " + row->text_or(finance_invoice::number) : "Surf equipment" };
}

// Three statements: two are posted, the third waits for the clerk with a line of each kind: a
// certain match, one to decide, one that is nobody's.
Result<void> play_statement(Stage& stage, int age, std::vector<int> const& paid, bool is_last)
{
    return stage.play({ age, 16 }, "ines", [&](Unit& unit) -> Result<void> {
        Statement statement { .number = "AW-" + stage.day(age).to_string(),
            .date = stage.day(age) };
        for (auto const sale : paid) {
            auto const names_invoice = !is_last || sale == paid.front();
            statement.payments.push_back(TRY(payment_of(unit, sale, names_invoice)));
        }
        if (is_last) {
            statement.payments.push_back({ .payer = "Dublin Surf Weekender",
                .amount = Amount::from_units(180),
                .text = "Deposit for the test weekend" });
        }
        auto const imported = TRY(import_statement(unit, statement));
        return is_last ? Result<void> {} : post_statement(unit, imported);
    });
}

}

Result<void> play_orders(Stage& stage)
{
    int number = 0;
    auto const play_until = [&](int age) -> Result<void> {
        auto const& list = sales();
        while (number < static_cast<int>(list.size())
            && list[static_cast<std::size_t>(number)].age > age) {
            TRY(play_sale(stage, number, list[static_cast<std::size_t>(number)]));
            ++number;
        }
        return {};
    };
    TRY(play_until(50));
    TRY(play_statement(stage, 50, { 0, 1, 2 }, false));
    TRY(play_until(20));
    TRY(play_statement(stage, 20, { 4 }, false));
    TRY(play_until(2));
    TRY(play_statement(stage, 2, { 6, 7 }, true));
    return play_until(-1);
}

}
