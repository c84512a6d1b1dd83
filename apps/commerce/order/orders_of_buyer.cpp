#include "apps/commerce/order/orders_of_buyer.h"

#include "apps/commerce/shop/texts.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"
#include "platform/journal/journal.h"
#include "platform/pipeline/read_context.h"

namespace cashline::commerce {

namespace {

Filter visible_to(Buyer const& buyer)
{
    auto filter = sales_order::customer == buyer.customer();
    if (buyer.organisation && !buyer.is_admin) {
        filter = std::move(filter) && sales_order::placed_by == buyer.contact;
    }
    return filter;
}

}

Result<std::vector<Row>> orders_of(
    Reader& reader, Buyer const& buyer, std::int64_t count, std::string_view after)
{
    auto elevated = reader.elevated_reader();
    auto filter = visible_to(buyer);
    if (!after.empty()) {
        if (auto const last = TRY(find_order(reader, buyer, after))) {
            auto const made = last->get(sales_order::created_on).value_or(Timestamp {});
            filter = std::move(filter) && sales_order::created_on < made;
        }
    }
    return elevated.query(Query::from(sales_order::table)
            .where(std::move(filter))
            .order_by_descending(sales_order::created_on)
            .top(count));
}

Result<std::optional<Row>> find_order(Reader& reader, Buyer const& buyer, std::string_view number)
{
    return reader.elevated_reader().first(
        Query::from(sales_order::table).where(visible_to(buyer) && sales_order::number == number));
}

Result<std::vector<Row>> lines_of_order(Reader& reader, Id order)
{
    return reader.elevated_reader().query(Query::from(sales_order_line::table)
            .where(sales_order_line::order == order)
            .order_by(sales_order_line::line_number));
}

Result<std::vector<Row>> invoices_of(Reader& reader, Buyer const& buyer)
{
    auto elevated = reader.elevated_reader();
    constexpr std::int64_t most = 200;
    auto const all = TRY(elevated.query(Query::from(invoice::table)
            .where(invoice::customer == buyer.customer())
            .order_by_descending(invoice::created_on)
            .top(most)));
    std::vector<Row> visible;
    for (auto const& row : all) {
        auto const order = row.get(invoice::order);
        auto const is_own = buyer.is_admin || !buyer.organisation
            || (order
                && TRY(elevated.exists(Query::from(sales_order::table)
                        .where(visible_to(buyer) && sales_order::id == order->id))));
        if (is_own) {
            visible.push_back(row);
        }
    }
    return visible;
}

Result<std::vector<Row>> invoices_of_order(Reader& reader, Buyer const& buyer, Id order)
{
    return reader.elevated_reader().query(Query::from(invoice::table)
            .where(invoice::order == order && invoice::customer == buyer.customer())
            .order_by(invoice::created_on));
}

Result<std::vector<OrderStep>> history_of(
    Reader& reader, Row const& order, std::int32_t status_column)
{
    std::vector<OrderStep> steps;
    steps.push_back({ "Received", order.get(sales_order::created_on).value_or(Timestamp {}) });
    auto const sets =
        TRY(journal::read_history(reader.context().sql, Lookup { sales_order::table, order.id() }));
    for (auto const& set : sets) {
        for (auto const& entry : set.entries) {
            for (auto const& change : entry.changes) {
                auto const* status = change.after.as_integer();
                if (entry.operation == Operation::update && status
                    && change.column_number == status_column) {
                    steps.push_back({ processing_status_text(*status), set.at });
                }
            }
        }
    }
    return steps;
}

}
