#include "apps/catalog/product/product_table.h"
#include "apps/commerce/order/on_account.h"
#include "apps/commerce/order/orders_of_buyer.h"
#include "apps/commerce/shop/account_tabs.h"
#include "apps/commerce/shop/customer_prices.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "apps/commerce/shop/product_cards.h"
#include "apps/commerce/shop/range.h"
#include "apps/parties/account/account_table.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

constexpr std::int64_t latest_orders = 5;
constexpr std::int64_t prices_per_page = 50;

void add_figure(json::Array& figures, std::string_view label, std::string value, std::string note)
{
    json::Value figure { json::Object {} };
    figure.set("text", label);
    figure.set("value", std::move(value));
    figure.set("note", std::move(note));
    figures.push_back(std::move(figure));
}

Result<void> add_spending(Reader& reader, Buyer const& buyer, json::Array& figures)
{
    auto const spending = TRY(spending_of(reader, buyer));
    if (!spending.limit) {
        add_figure(figures, "Your spending limit", "None yet",
            buyer.is_admin && buyer.organisation
                ? "Set it under Buyers before you order on account."
                : "The administrator of your organisation sets it.");
        return {};
    }
    auto const money = TRY(money_texts(reader, buyer.limit_currency.value_or(Id {})));
    add_figure(figures, "Your spending limit", money.amount(*spending.limit), "each month");
    add_figure(figures, "Left this month", money.amount(spending.left),
        money.amount(spending.spent) + " ordered");
    return {};
}

Result<void> add_credit(Reader& reader, Buyer const& buyer, json::Array& figures)
{
    auto elevated = reader.elevated_reader();
    auto const standing =
        TRY(elevated.port<catalog::CustomerAccounts>().credit(elevated, buyer.customer()));
    auto const request = TRY(price_question(elevated, buyer));
    auto const money = TRY(money_texts(reader, request.currency));
    if (!standing.is_known || !standing.has_limit) {
        add_figure(figures, "Credit with us", "None yet", "Our accounts department sets it.");
        return {};
    }
    add_figure(figures, "Credit left", money.amount(standing.available),
        standing.on_hold ? "on hold" : "of " + money.amount(standing.limit));
    add_figure(figures, "Open invoices", money.amount(standing.balance), "");
    return {};
}

Result<std::string> organisation_name(Reader& reader, Buyer const& buyer)
{
    if (!buyer.organisation) {
        return buyer.name;
    }
    auto const row =
        TRY(reader.elevated_reader().find(account::table, *buyer.organisation, { account::name }));
    return row ? row->text_or(account::name) : buyer.name;
}

Result<json::Array> price_rows(Reader& reader, Visit const& visit, std::vector<Row> const& products)
{
    auto const own = TRY(customer_prices(reader, *visit.buyer, products));
    auto const money = TRY(money_texts(reader, own.currency));
    json::Array rows;
    for (std::size_t at = 0; at < products.size(); ++at) {
        auto const& product = products[at];
        auto const currency = product.get(product::currency);
        auto const list = product.get(product::list_price);
        auto const list_money = TRY(money_texts(reader, currency ? currency->id : Id {}));
        json::Value row { json::Object {} };
        row.set("url", product_url(product));
        row.set("label", product.text_or(product::name));
        row.set("number", product.text_or(product::number));
        row.set("list", list && !list->is_zero() ? list_money.amount(*list) : "");
        row.set("price", own.prices[at] ? money.price(*own.prices[at]) : "");
        row.set("source", own.is_agreed[at] ? "Agreed with you" : "Price list");
        rows.push_back(std::move(row));
    }
    return rows;
}

}

Result<http::Response> account_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit, { .name = "account", .title = "Your account" },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const& buyer = *visit.buyer;
            set_account_menu(page, visit);
            page.set("heading", TRY(organisation_name(reader, buyer)));
            json::Array figures;
            TRY(add_spending(reader, buyer, figures));
            TRY(add_credit(reader, buyer, figures));
            page.set("figures", std::move(figures));
            auto rows = TRY(order_rows(reader, TRY(orders_of(reader, buyer, latest_orders))));
            page.set("has_orders", !rows.empty());
            page.set("orders", std::move(rows));
            return {};
        });
}

Result<http::Response> prices_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit, { .name = "prices", .title = "Your prices" },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            set_account_menu(page, visit);
            auto const range = TRY(range_page(
                reader, { .after = visit.query("after"), .page_size = prices_per_page }));
            page.set("products", TRY(price_rows(reader, visit, range.products)));
            page.set("next",
                range.next.empty()
                    ? ""
                    : "/shop/account/prices?after=" + text::percent_encode(range.next));
            return {};
        });
}

}
