#include "apps/commerce/order/place_order.h"

#include "apps/commerce/cart/carts.h"
#include "apps/commerce/coupon/redeem_coupon.h"
#include "apps/commerce/mails/shop_mail.h"
#include "apps/commerce/order/on_account.h"
#include "apps/commerce/shop/texts.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/api.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"

namespace cashline::commerce {

namespace {

struct Checkout {
    Buyer buyer {};
    Cart cart {};
    PricedCart priced {};
};

Result<std::optional<Id>> order_of_checkout(Reader& reader, Buyer const& buyer, Id checkout)
{
    auto const row = TRY(reader.first(Query::from(sales_order::table)
            .select({ sales_order::number })
            .where(sales_order::checkout == checkout && sales_order::placed_by == buyer.contact)));
    return row ? std::optional(row->id()) : std::nullopt;
}

Result<Checkout> check_cart(Unit& elevated, Buyer const& buyer, PlaceOrder const& request)
{
    Checkout checkout { .buyer = buyer, .cart = TRY(cart_of(elevated, buyer)) };
    if (!checkout.cart.id || checkout.cart.checkout != request.checkout) {
        return conflict(
            "cart_changed", "Your cart has changed since. Look at it again before you order.");
    }
    for (auto const& item : checkout.cart.items) {
        if (!item.is_sold) {
            return conflict("product_not_sold",
                item.name + " is not in our range any more. Take it out of the cart.");
        }
    }
    checkout.priced = TRY(price_cart(elevated, buyer, checkout.cart));
    if (checkout.priced.coupon_problem) {
        return std::unexpected(*checkout.priced.coupon_problem);
    }
    if (checkout.priced.document.gross != request.total) {
        return conflict("prices_changed",
            "The prices have changed since you opened this page. Look at the new total.");
    }
    return checkout;
}

void take_addresses(Row& order, Row const& company)
{
    auto const copy = [&](TextColumn const& to, TextColumn const& from) {
        if (auto const text = company.get(from); text && !text->empty()) {
            order.set(to, *text);
        }
    };
    copy(sales_order::bill_to_name, account::name);
    copy(sales_order::bill_to_street, account::street);
    copy(sales_order::bill_to_city, account::city);
    copy(sales_order::bill_to_postal_code, account::postal_code);
    copy(sales_order::bill_to_country, account::country);
    auto const delivers_elsewhere = !company.text_or(account::delivery_street).empty();
    copy(sales_order::ship_to_name, account::name);
    copy(sales_order::ship_to_street,
        delivers_elsewhere ? account::delivery_street : account::street);
    copy(sales_order::ship_to_city, delivers_elsewhere ? account::delivery_city : account::city);
    copy(sales_order::ship_to_postal_code,
        delivers_elsewhere ? account::delivery_postal_code : account::postal_code);
    copy(sales_order::ship_to_country,
        delivers_elsewhere ? account::delivery_country : account::country);
}

// Owner, company and addresses are the customer's.
Result<void> take_customer(Unit& elevated, Buyer const& buyer, Row& order)
{
    if (!buyer.organisation) {
        auto const person = TRY(elevated.retrieve(contact::table, buyer.contact));
        order.set(sales_order::owner, person.get(contact::owner))
            .set(sales_order::company, person.get(contact::company));
        return {};
    }
    auto const company = TRY(elevated.retrieve(account::table, *buyer.organisation));
    order.set(sales_order::owner, company.get(account::owner))
        .set(sales_order::company, company.get(account::company));
    take_addresses(order, company);
    return {};
}

Result<Id> write_order(Unit& elevated, Checkout const& checkout, PlaceOrder const& request)
{
    Row order(sales_order::table);
    auto const reference = request.purchase_order.value_or("");
    order
        .set(sales_order::name,
            "Shop order" + (reference.empty() ? std::string {} : " " + reference))
        .set(sales_order::customer, checkout.buyer.customer())
        .set(sales_order::currency, checkout.priced.currency)
        .set(sales_order::placed_by, checkout.buyer.contact)
        .set(sales_order::checkout, request.checkout)
        .set(sales_order::submit_date, elevated.today());
    if (!reference.empty()) {
        order.set(sales_order::purchase_order, reference);
    }
    if (request.comment && !request.comment->empty()) {
        order.set(sales_order::description, *request.comment);
    }
    if (!checkout.cart.coupon.empty()) {
        order.set(sales_order::coupon_codes, checkout.cart.coupon);
    }
    TRY(take_customer(elevated, checkout.buyer, order));
    auto const owner = order.get(sales_order::owner);
    auto const id = TRY(elevated.create(std::move(order)));
    std::int64_t number = 0;
    for (auto const& item : checkout.cart.items) {
        TRY(elevated.create(Row(sales_order_line::table)
                .set(sales_order_line::order, id)
                .set(sales_order_line::product, item.product)
                .set(sales_order_line::product_description, item.name)
                .set(sales_order_line::quantity, item.quantity)
                .set(sales_order_line::line_number, ++number)
                .set(sales_order_line::owner, owner)));
    }
    return id;
}

Result<void> confirm_by_mail(Unit& elevated, Checkout const& checkout, Id order)
{
    auto const row = TRY(elevated.retrieve(sales_order::table, order));
    auto const money = TRY(money_texts(elevated, checkout.priced.currency));
    json::Array lines;
    for (std::size_t at = 0; at < checkout.cart.items.size(); ++at) {
        auto const& item = checkout.cart.items[at];
        json::Value line { json::Object {} };
        line.set("product", item.name);
        line.set("quantity", quantity_text(item.quantity));
        line.set("amount", money.amount(checkout.priced.document.lines[at].net));
        lines.push_back(std::move(line));
    }
    auto const number = row.text_or(sales_order::number);
    json::Value values { json::Object {} };
    values.set("name", checkout.buyer.name);
    values.set("number", number);
    values.set("purchase_order", row.text_or(sales_order::purchase_order));
    values.set("total", money.amount(checkout.priced.document.gross));
    values.set("link", TRY(shop_url(elevated, "/shop/account/orders/" + number)));
    values.set("lines", std::move(lines));
    return send_shop_mail(elevated,
        { .name = "shop_order_received",
            .to_name = checkout.buyer.name,
            .to_address = checkout.buyer.email,
            .values = std::move(values),
            .regarding = Lookup { sales_order::table, order } });
}

}

Result<EntityReply> place_order(Unit& unit, PlaceOrder const& request)
{
    auto elevated = unit.elevated();
    // 1. The buyer who is signed in; the lock makes a double click wait for the first one.
    auto const buyer = TRY(acting_buyer(unit));
    TRY(elevated.retrieve_for_update(buyer::table, buyer.id));
    // 2. The same checkout again is the same order.
    if (auto const made = TRY(order_of_checkout(elevated, buyer, request.checkout))) {
        return EntityReply { { sales_order::table, *made } };
    }
    // 3. What was shown is what is ordered.
    auto const checkout = TRY(check_cart(elevated, buyer, request));
    // 4. Both limits; the lock makes two orders at once share one credit.
    if (buyer.organisation) {
        TRY(elevated.retrieve_for_update(account::table, *buyer.organisation));
    }
    TRY(may_order_on_account(elevated, buyer,
        { .total = checkout.priced.document.gross, .currency = checkout.priced.currency }));
    // 5. The order, priced like every other document.
    auto const id = TRY(write_order(elevated, checkout, request));
    auto const priced = TRY(sales::price_order(elevated, id));
    if (priced.gross != request.total) {
        return internal("order_total_differs", "The order came out differently than the cart.");
    }
    // 6. The coupon is used with the order, never before.
    if (!checkout.cart.coupon.empty()) {
        TRY(redeem_coupon(elevated,
            { .code = checkout.cart.coupon,
                .customer = buyer.customer(),
                .currency = checkout.priced.currency },
            id));
    }
    TRY(finish_cart(elevated, checkout.cart));
    TRY(confirm_by_mail(elevated, checkout, id));
    return EntityReply { { sales_order::table, id } };
}

}
