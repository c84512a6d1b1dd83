#include "apps/commerce/shop/cart_view.h"

#include "apps/commerce/shop/account_tabs.h"
#include "core/text.h"

namespace cashline::commerce {

Result<CartView> view_cart(Reader& reader, Buyer const& buyer)
{
    CartView view { .cart = TRY(cart_of(reader, buyer)) };
    auto priced = price_cart(reader, buyer, view.cart);
    if (priced) {
        view.priced = std::move(*priced);
    } else if (priced.error().fault == Fault::internal
        || priced.error().fault == Fault::unavailable) {
        return std::unexpected(priced.error());
    } else if (priced.error().code != "cart_empty") {
        view.problem = priced.error();
    }
    return view;
}

json::Array cart_items_json(CartView const& view, MoneyTexts const& money)
{
    json::Array items;
    std::size_t at = 0; // among the priced lines
    for (auto const& item : view.cart.items) {
        json::Value row { json::Object {} };
        row.set("label", item.name);
        row.set("number", item.number);
        row.set("url", "/shop/products/" + text::percent_encode(item.number));
        row.set("quantity", quantity_text(item.quantity));
        row.set("gone",
            item.is_sold ? "" : "No longer in our range: it will not be ordered. Take it out.");
        row.set("wrong", "");
        row.set("price", "");
        row.set("amount", "");
        if (item.is_sold && view.priced && at < view.priced->document.lines.size()) {
            auto const& line = view.priced->document.lines[at];
            row.set("price", money.price(line.price));
            row.set("amount", money.amount(line.net));
        }
        at += item.is_sold ? 1 : 0;
        items.push_back(std::move(row));
    }
    return items;
}

json::Array cart_totals_json(catalog::PricedDocument const& priced, MoneyTexts const& money)
{
    json::Array totals;
    add_total(totals, "Products", money.amount(priced.net), false);
    for (auto const& discount : priced.discounts) {
        auto const name = discount.is_coupon ? "Coupon " + discount.code : discount.label;
        add_total(totals, name, money.amount(discount.net.negated()), false);
    }
    for (auto const& charge : priced.charges) {
        if (!charge.line) {
            add_total(totals, charge.label, money.amount(charge.net), false);
        }
    }
    for (auto const& tax : priced.taxes) {
        add_total(totals, tax.rate.label.empty() ? "Tax" : tax.rate.label, money.amount(tax.amount),
            false);
    }
    add_total(totals, "Total", money.amount(priced.gross), true);
    return totals;
}

}
