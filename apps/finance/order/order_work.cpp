#include "apps/finance/order/order_work.h"

#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/setup/finance_company_table.h"

namespace cashline::finance {

namespace {

namespace header = finance_order;
namespace line_of_order = finance_order_line;

Decimal quantity(Row const& line, DecimalColumn const& column)
{
    return line.get(column).value_or(Decimal {});
}

}

LineQuantities quantities_of(Row const& line)
{
    return { .ordered = quantity(line, line_of_order::ordered),
        .picked = quantity(line, line_of_order::picked),
        .packed = quantity(line, line_of_order::packed),
        .invoiced = quantity(line, line_of_order::invoiced) };
}

std::vector<LineQuantities> quantities_of(std::vector<Row> const& lines)
{
    std::vector<LineQuantities> all;
    for (auto const& line : lines) {
        all.push_back(quantities_of(line));
    }
    return all;
}

Result<Amount> whole_line_discount(Row const& line)
{
    return line.amount_or_zero(line_of_order::line_discount)
        .plus(line.amount_or_zero(line_of_order::agreement_discount));
}

Result<std::vector<Row>> lines_of_order(Reader& reader, Id order)
{
    return reader.query(Query::from(line_of_order::table)
            .where(line_of_order::order == order)
            .order_by(line_of_order::line_number));
}

Result<OrderWork> OrderWork::load(Unit& caller, Id id)
{
    TRY(caller.retrieve(header::table, id, { header::number }));
    OrderWork work(caller.elevated());
    TRY(work.read(id));
    TRY(work.must_be_workable());
    return work;
}

Result<void> OrderWork::read(Id id)
{
    order = TRY(unit.retrieve_for_update(header::table, id));
    lines = TRY(lines_of_order(unit, id));
    books = TRY(books_of(unit, order.text_or(header::company)));
    currency = TRY(currency_by_code(unit, order.text_or(header::currency_code)));
    customer = TRY(customer_row(unit, books.code, order.text_or(header::customer_account)));
    return {};
}

Result<void> OrderWork::must_be_workable() const
{
    if (order.get(header::is_history).value_or(false)) {
        return conflict("order_is_history",
            "Order " + number() + " was brought from another system. It is not worked on here.");
    }
    if (order.get(header::is_stopped).value_or(false)) {
        return conflict(
            "order_is_stopped", "Order " + number() + " is stopped. Release it before you go on.");
    }
    auto const status = order.get(header::order_status);
    if (status == FinanceOrderOrderStatus::canceled
        || status == FinanceOrderOrderStatus::invoiced) {
        return conflict("order_is_closed",
            "Order " + number() + " is invoiced or canceled. There is nothing left to do.");
    }
    if (lines.empty()) {
        return conflict("order_has_no_lines", "Order " + number() + " has no lines yet.");
    }
    if (customer.get(finance_customer::hold) == FinanceCustomerHold::all) {
        return conflict("customer_on_hold",
            "Customer " + customer.text_or(finance_customer::account)
                + " is on hold. Take the hold off before you go on.");
    }
    return {};
}

std::string OrderWork::number() const { return order.text_or(header::number); }

Confirmed OrderWork::confirmed() const
{
    return order.is_null(header::confirmed_on) ? Confirmed::no : Confirmed::yes;
}

Result<void> OrderWork::must_be_confirmed() const
{
    if (confirmed() == Confirmed::no) {
        return conflict("order_not_confirmed",
            "Order " + number() + " is not confirmed yet. Confirm it first.");
    }
    return {};
}

Result<void> OrderWork::update_status(FinanceOrderDocumentStatus made)
{
    lines = TRY(lines_of_order(unit, order.id()));
    for (auto const& line : lines) {
        auto const status = line_status(quantities_of(line));
        if (line.get(line_of_order::line_status) != status) {
            TRY(unit.update(line_of_order::table, line.id(),
                Row(line_of_order::table).set(line_of_order::line_status, status)));
        }
    }
    order = TRY(unit.retrieve(header::table, order.id()));
    auto const status = processing_status(quantities_of(lines), confirmed());
    Row changes(header::table);
    changes.set(header::processing_status, status)
        .set(header::order_status, order_status(status))
        .set(header::document_status, made);
    return unit.update(header::table, order.id(), std::move(changes));
}

std::string OrderWork::warehouse_of(Row const& line) const
{
    auto const company = books.settings.text_or(finance_company::warehouse);
    return line.text_or(line_of_order::warehouse, order.text_or(header::warehouse, company));
}

Result<std::vector<Row>> OrderWork::items()
{
    std::vector<Value> numbers;
    for (auto const& line : lines) {
        if (auto const item = line.get(line_of_order::item)) {
            numbers.emplace_back(*item);
        }
    }
    if (numbers.empty()) {
        return std::vector<Row> {};
    }
    return unit.query(Query::from(released_product::table)
            .where(released_product::company == books.code
                && is_in(released_product::number, std::move(numbers))));
}

}
