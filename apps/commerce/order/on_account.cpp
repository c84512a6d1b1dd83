#include "apps/commerce/order/on_account.h"

#include "apps/sales/sales_order/sales_order_table.h"
#include "core/zones.h"

namespace cashline::commerce {

namespace {

Result<Timestamp> start_of_month(Reader& reader)
{
    auto const today = reader.today();
    return zones::start_of_local_day(
        Date::of(today.year(), today.month(), 1), reader.caller().time_zone);
}

Result<void> spending_limit_must_suffice(Reader& reader, Buyer const& buyer, OnAccount const& order)
{
    if (!buyer.spending_limit) {
        return conflict("spending_limit_missing",
            "You have no spending limit yet. The administrator of your organisation sets it.");
    }
    if (buyer.limit_currency && *buyer.limit_currency != order.currency) {
        return conflict("spending_limit_currency_differs",
            "Your spending limit is in another currency than this order.");
    }
    auto const spending = TRY(spending_of(reader, buyer));
    if (order.total > spending.left) {
        return conflict("spending_limit_exceeded",
            "This order is above your spending limit: " + spending.left.to_string(2)
                + " is left this month. Ask the administrator of your organisation.");
    }
    return {};
}

Result<void> credit_must_suffice(Reader& reader, Buyer const& buyer, Amount total)
{
    auto const standing =
        TRY(reader.port<catalog::CustomerAccounts>().credit(reader, buyer.customer()));
    if (standing.on_hold) {
        return conflict("credit_on_hold",
            "Your organisation's account is on hold. Please contact our accounts department.");
    }
    if (!standing.is_known || !standing.has_limit) {
        return conflict("credit_limit_missing",
            "Your organisation has no credit limit with us yet, so ordering on account is not "
            "possible.");
    }
    if (total > standing.available) {
        return conflict("credit_limit_exceeded",
            "This order is above the credit that is left: " + standing.available.to_string(2)
                + ".");
    }
    return {};
}

}

Result<Spending> spending_of(Reader& reader, Buyer const& buyer)
{
    auto elevated = reader.elevated_reader();
    Spending spending { .limit = buyer.spending_limit };
    auto const orders = TRY(elevated.query(Query::from(sales_order::table)
            .select({ sales_order::total, sales_order::currency })
            .where(sales_order::placed_by == buyer.contact
                && sales_order::created_on >= TRY(start_of_month(reader))
                && sales_order::state != SalesOrderState::canceled)));
    for (auto const& row : orders) {
        auto const currency = row.get(sales_order::currency);
        auto const is_other =
            buyer.limit_currency && currency && currency->id != *buyer.limit_currency;
        if (!is_other) {
            spending.spent = TRY(spending.spent.plus(row.amount_or_zero(sales_order::total)));
        }
    }
    if (spending.limit && *spending.limit > spending.spent) {
        spending.left = TRY(spending.limit->minus(spending.spent));
    }
    return spending;
}

Result<void> may_order_on_account(Reader& reader, Buyer const& buyer, OnAccount const& order)
{
    auto elevated = reader.elevated_reader();
    TRY(spending_limit_must_suffice(elevated, buyer, order));
    return credit_must_suffice(elevated, buyer, order.total);
}

}
