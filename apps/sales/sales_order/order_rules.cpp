#include "apps/sales/sales_order/order_rules.h"

#include "apps/sales/order_close/order_close_table.h"
#include "apps/sales/pricing/default_price_list.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"

namespace cashline::sales {

Result<void> complete_order(Unit& unit, Change& change)
{
    if (change.values.is_null(sales_order::processing_status)) {
        change.values.set(sales_order::processing_status, SalesOrderProcessingStatus::active);
    }
    TRY(fill_company_of_customer(unit, change, sales_order::customer, sales_order::company));
    return fill_currency_and_price_list(
        unit, change, { sales_order::customer, sales_order::currency, sales_order::price_list });
}

Result<void> follow_totals_of_finance(Unit&, Change& change)
{
    if (change.values.has(sales_order::total_less_freight)) {
        return {};
    }
    auto const after = change.after();
    change.values.set(sales_order::total_less_freight,
        TRY(after.amount_or_zero(sales_order::total_line_amount)
                .minus(after.amount_or_zero(sales_order::total_discount))));
    return {};
}

Result<void> follow_tax_of_finance(Unit&, Change& change)
{
    if (change.values.has(sales_order_line::extended_amount)) {
        return {};
    }
    auto const net = TRY(change.before.amount_or_zero(sales_order_line::extended_amount)
            .minus(change.before.amount_or_zero(sales_order_line::tax)));
    change.values.set(sales_order_line::extended_amount,
        TRY(net.plus(change.values.amount_or_zero(sales_order_line::tax))));
    return {};
}

Result<void> order_lines_need_an_open_order(Unit& unit, Change& change)
{
    auto const* parent = change.now(sales_order_line::order).as_lookup();
    if (!parent) {
        return invalid("InvalidArgument", "A line belongs to an order: name it.", "salesorderid");
    }
    auto elevated = unit.elevated();
    auto const row = TRY(elevated.find(sales_order::table, parent->id, { sales_order::state }));
    if (row && row->get(sales_order::state) != SalesOrderState::active
        && unit.caller().door != Door::import) {
        return conflict("CannotUpdateObjectBecauseItIsInactive",
            "This order is with the warehouse or closed; its lines can no longer be changed.");
    }
    return {};
}

Result<NoReply> cancel_order(Unit& unit, CancelSalesOrder const& request)
{
    auto const target = request.close.get(order_close::order);
    if (!target) {
        return invalid("InvalidArgument", "Name the order that is canceled.", "salesorderid");
    }
    auto const source = TRY(unit.retrieve_for_update(sales_order::table, target->id));
    auto const state = source.get(sales_order::state);
    if (state != SalesOrderState::active && state != SalesOrderState::submitted) {
        return conflict("InvalidStateCodeStatusCode", "Only an open order can be canceled.");
    }
    auto close = request.close;
    close.set_table(order_close::table);
    if (close.is_null(order_close::subject)) {
        close.set(order_close::subject, "Canceled: " + source.text_or(sales_order::name));
    }
    close.set(order_close::regarding, Lookup { sales_order::table, target->id })
        .set(order_close::order_number, source.get(sales_order::number))
        .set(order_close::actual_end, unit.now())
        .set(order_close::state, ActivityPointerState::completed)
        .set(order_close::status, ActivityPointerStatus::completed);
    TRY(unit.create(std::move(close)));
    TRY(unit.update(sales_order::table, target->id,
        Row {}
            .set(sales_order::state, SalesOrderState::canceled)
            .set(sales_order::processing_status, SalesOrderProcessingStatus::cancelled)));
    return NoReply {};
}

}
