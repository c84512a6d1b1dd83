#include "apps/finance/workspace/fulfilment.h"

#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/order/order_pricing.h"
#include "apps/finance/order/order_work.h"
#include "apps/finance/setup/default_company.h"

#include <map>

namespace cashline::finance {

namespace {

namespace header = finance_order;
namespace order_line = finance_order_line;

// A list on a page, not an archive.
constexpr std::int64_t orders_max = 200;

Option const* status_option(Reader& reader, Row const& order)
{
    auto const status = order.get(header::processing_status);
    return status ? reader.schema()
                        .table(header::table)
                        .column(header::processing_status.index)
                        .option(static_cast<std::int64_t>(*status))
                  : nullptr;
}

// The names of many customers at once.
Result<std::map<std::string, std::string>> names_of(
    Reader& reader, std::string_view company, std::vector<Row> const& orders)
{
    std::vector<Value> accounts;
    for (auto const& order : orders) {
        accounts.emplace_back(order.text_or(header::customer_account));
    }
    std::map<std::string, std::string> names;
    if (accounts.empty()) {
        return names;
    }
    for (auto const& row : TRY(reader.query(Query::from(finance_customer::table)
                 .select({ finance_customer::account, finance_customer::name })
                 .where(finance_customer::company == company
                     && is_in(finance_customer::account, std::move(accounts)))))) {
        names[row.text_or(finance_customer::account)] = row.text_or(finance_customer::name);
    }
    return names;
}

Result<std::map<Id, std::vector<Row>>> lines_by_order(
    Reader& reader, std::vector<Row> const& orders)
{
    std::vector<Value> ids;
    for (auto const& order : orders) {
        ids.emplace_back(Lookup { header::table, order.id() });
    }
    std::map<Id, std::vector<Row>> lines;
    if (ids.empty()) {
        return lines;
    }
    for (auto& row : TRY(reader.query(Query::from(order_line::table)
                 .select({ order_line::order, order_line::ordered, order_line::picked,
                     order_line::packed, order_line::invoiced })
                 .where(is_in(order_line::order, std::move(ids)))))) {
        auto const order = row.get(order_line::order).value_or(Lookup {}).id;
        lines[order].push_back(std::move(row));
    }
    return lines;
}

Result<std::string> total_as_of_now(Reader& reader, Row const& order)
{
    auto const lines = TRY(lines_of_order(reader, order.id()));
    auto const total =
        lines.empty() ? Amount {} : TRY(price_order(reader, order, lines)).priced.gross;
    return amount_text(reader, total, order.text_or(header::currency_code));
}

// What still has something to do comes first, newest first.
Result<DocumentReply> retrieve_orders(Reader& reader, RetrieveFulfilmentOrders const& request)
{
    auto const books = TRY(books_or_default(reader, request.company));
    auto const orders = TRY(reader.query(Query::from(header::table)
            .where(header::company == books.code && header::is_history == false)
            .order_by(header::order_status)
            .order_by_descending(header::created_on)
            .top(orders_max)));
    auto elevated = reader.elevated_reader();
    auto const names = TRY(names_of(elevated, books.code, orders));
    auto const lines = TRY(lines_by_order(elevated, orders));
    json::Array result;
    for (auto const& order : orders) {
        auto const name = names.find(order.text_or(header::customer_account));
        auto entry = TRY(
            fulfilment_head(elevated, order, name == names.end() ? std::string {} : name->second));
        // What is not confirmed has no stored total yet; what cannot be priced is listed all the
        // same, and its own page says why.
        if (order.is_null(header::confirmed_on)) {
            if (auto total = total_as_of_now(elevated, order)) {
                entry.set("totalText", std::move(*total));
            }
        }
        auto const own = lines.find(order.id());
        entry.set(
            "next", next_step_text(order, own == lines.end() ? std::vector<Row> {} : own->second));
        result.push_back(std::move(entry));
    }
    return DocumentReply { json::Object { { "orders", std::move(result) } } };
}

Result<DocumentReply> retrieve_order(Reader& reader, RetrieveFulfilmentOrder const& request)
{
    return DocumentReply { TRY(fulfilment_order(reader, request.order)) };
}

}

Result<json::Value> fulfilment_head(
    Reader& reader, Row const& order, std::string const& customer_name)
{
    auto const* status = status_option(reader, order);
    auto const currency = order.text_or(header::currency_code);
    auto const ordered =
        order.get(header::order_date)
            .value_or(order.get(header::created_on).value_or(Timestamp {}).date_utc());
    json::Value result { json::Object {
        { "id", order.id().to_string() },
        { "number", order.text_or(header::number) },
        { "name", order.text_or(header::name, order.text_or(header::number)) },
        { "customer", customer_name },
        { "customerAccount", order.text_or(header::customer_account) },
        { "orderedOn", ordered.to_string() },
        { "status", status ? status->name : "active" },
        { "statusLabel", status ? status->label : "Active" },
        { "currency", currency },
        { "totalText", TRY(amount_text(reader, order.amount_or_zero(header::total), currency)) },
    } };
    if (auto const sales = order.get(header::sales_order)) {
        result.set("salesOrderId", sales->to_string());
    }
    if (auto const reference = order.get(header::customer_reference)) {
        result.set("customerReference", *reference);
    }
    return result;
}

json::Value next_step_text(Row const& order, std::vector<Row> const& lines)
{
    auto const is_over = order.get(header::is_history).value_or(false)
        || order.get(header::order_status) == FinanceOrderOrderStatus::canceled;
    auto const confirmed = order.is_null(header::confirmed_on) ? Confirmed::no : Confirmed::yes;
    switch (is_over ? NextStep::none : next_step(quantities_of(lines), confirmed)) {
    case NextStep::none:
        return {};
    case NextStep::confirm:
        return "confirm";
    case NextStep::pick:
        return "pick";
    case NextStep::pack:
        return "pack";
    case NextStep::invoice:
        return "invoice";
    }
    return {};
}

void register_fulfilment(Registry& registry)
{
    registry.function<RetrieveFulfilmentOrders>(retrieve_orders);
    registry.function<RetrieveFulfilmentOrder>(retrieve_order);
}

}
