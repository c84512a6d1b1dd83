#include "apps/commerce/shop/account_tabs.h"

#include "apps/parties/contact/contact_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "core/text.h"

#include <map>

namespace cashline::commerce {

namespace {

struct Tab {
    std::string_view path {};
    std::string_view text {};
    bool is_for_admins {};
};

constexpr Tab account_pages[] {
    { "/account", "Overview", false },
    { "/account/prices", "Your prices", false },
    { "/account/orders", "Orders", false },
    { "/account/invoices", "Invoices", false },
    { "/account/buyers", "Buyers", true },
};

Result<std::string> name_of_buyer(Reader& elevated, Row const& order)
{
    auto const reference = order.get(sales_order::placed_by);
    if (!reference) {
        return std::string("Our sales team");
    }
    auto const row = TRY(elevated.find(contact::table, reference->id, { contact::full_name }));
    return row ? row->text_or(contact::full_name) : std::string {};
}

}

void set_account_menu(json::Value& page, Visit const& visit)
{
    json::Array tabs;
    auto const is_admin = visit.buyer && visit.buyer->is_admin && visit.buyer->organisation;
    for (auto const& tab : account_pages) {
        if (tab.is_for_admins && !is_admin) {
            continue;
        }
        json::Value item { json::Object {} };
        item.set("url", "/shop" + std::string(tab.path));
        item.set("text", tab.text);
        item.set("is_current",
            visit.path == tab.path || (tab.path != "/account" && visit.path.starts_with(tab.path)));
        tabs.push_back(std::move(item));
    }
    page.set("tabs", std::move(tabs));
}

std::string order_url(Row const& order)
{
    return "/shop/account/orders/" + text::percent_encode(order.text_or(sales_order::number));
}

Result<json::Array> order_rows(Reader& reader, std::vector<Row> const& orders)
{
    auto elevated = reader.elevated_reader();
    std::map<Id, MoneyTexts> currencies;
    json::Array rows;
    for (auto const& order : orders) {
        auto const reference = order.get(sales_order::currency);
        auto const currency = reference ? reference->id : Id {};
        auto money = currencies.find(currency);
        if (money == currencies.end()) {
            money = currencies.emplace(currency, TRY(money_texts(elevated, currency))).first;
        }
        json::Value row { json::Object {} };
        row.set("url", order_url(order));
        row.set("number", order.text_or(sales_order::number));
        row.set("reference", order.text_or(sales_order::purchase_order));
        row.set("by", TRY(name_of_buyer(elevated, order)));
        row.set("date",
            moment_text(order.get(sales_order::created_on).value_or(Timestamp {}),
                reader.caller().time_zone));
        row.set("status", order_status_text(order));
        row.set("total", money->second.amount(order.amount_or_zero(sales_order::total)));
        rows.push_back(std::move(row));
    }
    return rows;
}

void add_total(json::Array& totals, std::string_view label, std::string value, bool is_strong)
{
    json::Value item { json::Object {} };
    item.set("text", label);
    item.set("value", std::move(value));
    item.set("is_strong", is_strong);
    totals.push_back(std::move(item));
}

}
