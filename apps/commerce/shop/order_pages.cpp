#include "apps/catalog/product/product_table.h"
#include "apps/commerce/cart/carts.h"
#include "apps/commerce/order/orders_of_buyer.h"
#include "apps/commerce/shop/account_tabs.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "apps/commerce/shop/product_cards.h"
#include "apps/commerce/shop/range.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

constexpr std::int64_t orders_per_page = 50;

Refusal no_such_order()
{
    return missing("order_unknown", "There is no such order in your account.");
}

void add_fact(json::Array& facts, std::string_view label, std::string value)
{
    if (!value.empty()) {
        json::Value fact { json::Object {} };
        fact.set("text", label);
        fact.set("value", std::move(value));
        facts.push_back(std::move(fact));
    }
}

json::Array facts_of(Row const& order, std::string_view zone)
{
    json::Array facts;
    add_fact(facts, "Status", order_status_text(order));
    add_fact(facts, "Ordered",
        moment_text(order.get(sales_order::created_on).value_or(Timestamp {}), zone));
    add_fact(facts, "Your number", order.text_or(sales_order::purchase_order));
    add_fact(facts, "Coupon", order.text_or(sales_order::coupon_codes));
    auto address = order.text_or(sales_order::ship_to_name);
    for (auto const& part : { order.text_or(sales_order::ship_to_street),
             order.text_or(sales_order::ship_to_postal_code) + " "
                 + order.text_or(sales_order::ship_to_city),
             order.text_or(sales_order::ship_to_country) }) {
        address += text::trim(part).empty() ? "" : ", " + std::string(text::trim(part));
    }
    add_fact(facts, "Delivered to", std::move(address));
    add_fact(facts, "Comment", order.text_or(sales_order::description));
    return facts;
}

json::Array totals_of(Row const& order, MoneyTexts const& money)
{
    json::Array totals;
    auto const discount = order.amount_or_zero(sales_order::total_discount);
    auto const freight = order.amount_or_zero(sales_order::freight);
    add_total(totals, "Products",
        money.amount(order.amount_or_zero(sales_order::total_line_amount)), false);
    if (!discount.is_zero()) {
        add_total(totals, "Discount", money.amount(discount.negated()), false);
    }
    if (!freight.is_zero()) {
        add_total(totals, "Freight and charges", money.amount(freight), false);
    }
    add_total(totals, "Tax", money.amount(order.amount_or_zero(sales_order::total_tax)), false);
    add_total(totals, "Total", money.amount(order.amount_or_zero(sales_order::total)), true);
    return totals;
}

Result<json::Array> line_rows(Reader& reader, Row const& order, MoneyTexts const& money)
{
    auto elevated = reader.elevated_reader();
    json::Array rows;
    for (auto const& line : TRY(lines_of_order(reader, order.id()))) {
        auto const reference = line.get(sales_order_line::product);
        auto const product =
            reference ? TRY(elevated.find(product::table, reference->id)) : std::nullopt;
        auto label = line.text_or(sales_order_line::product_description);
        if (label.empty() && product) {
            label = product->text_or(product::name);
        }
        json::Value row { json::Object {} };
        row.set("url", product && is_sold(*product, reader.today()) ? product_url(*product) : "");
        row.set("label", std::move(label));
        row.set(
            "quantity", quantity_text(line.get(sales_order_line::quantity).value_or(Decimal {})));
        row.set("price", money.amount(line.amount_or_zero(sales_order_line::price_per_unit)));
        // Without tax, like the sum of the products below.
        auto const net = TRY(line.amount_or_zero(sales_order_line::extended_amount)
                .minus(line.amount_or_zero(sales_order_line::tax)));
        row.set("amount", money.amount(net));
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<void> fill_order(ShopState& shop, Visit const& visit, Reader& reader, json::Value& page)
{
    auto const order = TRY(find_order(reader, *visit.buyer, visit.rest));
    if (!order) {
        return no_such_order();
    }
    auto const currency = order->get(sales_order::currency);
    auto const money = TRY(money_texts(reader, currency ? currency->id : Id {}));
    auto const zone = std::string_view(reader.caller().time_zone);
    set_account_menu(page, visit);
    auto const number = order->text_or(sales_order::number);
    page.set("title", "Order " + number);
    page.set("notice",
        visit.query("placed").empty() ? ""
                                      : "Thank you: we have received your order " + number + ".");
    page.set("facts", facts_of(*order, zone));
    page.set("lines", TRY(line_rows(reader, *order, money)));
    page.set("totals", totals_of(*order, money));
    page.set("reorder", "/shop/account/reorder/" + text::percent_encode(number));
    json::Array history;
    for (auto const& step : TRY(history_of(reader, *order, shop.status_column))) {
        json::Value item { json::Object {} };
        item.set("text", step.text);
        item.set("date", moment_text(step.at, zone));
        item.set("moment", step.at.to_string());
        history.push_back(std::move(item));
    }
    page.set("history", std::move(history));
    json::Array invoices;
    for (auto const& row : TRY(invoices_of_order(reader, *visit.buyer, order->id()))) {
        json::Value item { json::Object {} };
        item.set("number", row.text_or(invoice::number));
        item.set("total", money.amount(row.amount_or_zero(invoice::total)));
        invoices.push_back(std::move(item));
    }
    page.set("has_invoices", !invoices.empty());
    page.set("invoices", std::move(invoices));
    return {};
}

// Today's prices and range; what has left it stays out.
Result<void> put_order_into_cart(Unit& unit, Buyer const& buyer, std::string const& number)
{
    auto const order = TRY(find_order(unit, buyer, number));
    if (!order) {
        return no_such_order();
    }
    bool took_any = false;
    for (auto const& line : TRY(lines_of_order(unit, order->id()))) {
        auto const reference = line.get(sales_order_line::product);
        auto const product =
            reference ? TRY(unit.find(product::table, reference->id)) : std::nullopt;
        if (product && is_sold(*product, unit.today())) {
            auto const quantity = line.get(sales_order_line::quantity).value_or(Decimal {});
            TRY(change_cart(unit, buyer,
                { .product = product->id(), .quantity = quantity_text(quantity) }, CartMode::add));
            took_any = true;
        }
    }
    if (!took_any) {
        return conflict("product_not_sold", "None of these products is in our range any more.");
    }
    return {};
}

}

Result<http::Response> orders_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit, { .name = "orders", .title = "Orders" },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            set_account_menu(page, visit);
            auto orders =
                TRY(orders_of(reader, *visit.buyer, orders_per_page + 1, visit.query("after")));
            std::string next;
            if (static_cast<std::int64_t>(orders.size()) > orders_per_page) {
                orders.pop_back();
                next = "/shop/account/orders?after="
                    + text::percent_encode(orders.back().text_or(sales_order::number));
            }
            auto rows = TRY(order_rows(reader, orders));
            page.set("has_orders", !rows.empty());
            page.set("orders", std::move(rows));
            page.set("next", next);
            return {};
        });
}

Result<http::Response> order_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit, { .name = "order", .title = "Order" },
        [&](Reader& reader, json::Value& page) { return fill_order(shop, visit, reader, page); });
}

void order_again(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const caller = visit.caller;
    shop.platform.write_async(
        caller,
        [buyer = *visit.buyer, number = visit.rest](
            Unit& unit) { return put_order_into_cart(unit, buyer, number); },
        {},
        [&shop, visit = std::move(visit), respond = std::move(respond)](
            Result<void> outcome) mutable {
            respond(outcome ? go_to(visit, "/shop/cart?again=1")
                            : problem_page(shop, visit, outcome.error()));
        });
}

}
