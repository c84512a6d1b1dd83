#include "apps/commerce/order/on_account.h"
#include "apps/commerce/order/place_order.h"
#include "apps/commerce/shop/account_tabs.h"
#include "apps/commerce/shop/cart_view.h"
#include "apps/commerce/shop/fields.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "apps/parties/account/account_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

std::vector<Field> checkout_fields(http::Form const& form)
{
    return {
        { .name = "purchaseorder",
            .label = "Your purchase order number",
            .value = std::string(text::trim(form.text("purchaseorder"))),
            .hint = "It appears on our confirmation and the invoice.",
            .max = 50 },
        { .name = "comment",
            .label = "Comment",
            .type = "area",
            .value = std::string(text::trim(form.text("comment"))),
            .max = 2'000 },
    };
}

void check_fields(std::vector<Field>& fields)
{
    for (auto& field : fields) {
        auto const is_area = field.type == "area";
        auto const has_controls =
            field.value.find_first_of(is_area ? "\x01\x02\x1b\x7f" : "\r\n\t\x01\x02\x1b\x7f")
            != std::string::npos;
        if (text::length_utf16(field.value) > field.max) {
            field.error = "This is too long: at most " + std::to_string(field.max) + " characters.";
        } else if (!text::is_valid_utf8(field.value) || has_controls) {
            field.error = "Please use plain text only.";
        }
    }
}

Result<std::string> delivery_address(Reader& reader, Buyer const& buyer)
{
    if (!buyer.organisation) {
        return buyer.name;
    }
    auto const row = TRY(reader.elevated_reader().retrieve(account::table, *buyer.organisation));
    auto const elsewhere = !row.text_or(account::delivery_street).empty();
    auto address = row.text_or(account::name);
    auto const add = [&](std::string const& part) {
        auto const trimmed = text::trim(part);
        address += trimmed.empty() ? "" : "\n" + std::string(trimmed);
    };
    add(row.text_or(elsewhere ? account::delivery_street : account::street));
    add(row.text_or(elsewhere ? account::delivery_postal_code : account::postal_code) + " "
        + row.text_or(elsewhere ? account::delivery_city : account::city));
    add(row.text_or(elsewhere ? account::delivery_country : account::country));
    return address;
}

struct Refused {
    std::vector<Field> fields {};
    std::string problem {};
    int status { 200 };
};

Result<void> fill_checkout(
    Visit const& visit, Refused const& refused, Reader& reader, json::Value& page)
{
    auto const& buyer = *visit.buyer;
    auto const view = TRY(view_cart(reader, buyer));
    if (!view.priced) {
        return view.problem ? Result<void>(std::unexpected(*view.problem))
                            : conflict("cart_empty", "There is nothing in the cart yet.");
    }
    auto const& document = view.priced->document;
    auto const money = TRY(money_texts(reader, view.priced->currency));
    auto const allowed = may_order_on_account(
        reader, buyer, { .total = document.gross, .currency = view.priced->currency });
    auto problem = refused.problem;
    if (problem.empty() && !allowed) {
        problem = allowed.error().text;
    }
    if (problem.empty() && view.priced->coupon_problem) {
        problem = view.priced->coupon_problem->text;
    }
    page.set("problem", problem);
    page.set("may_order", allowed.has_value() && !view.priced->coupon_problem);
    page.set("items", cart_items_json(view, money));
    page.set("totals", cart_totals_json(document, money));
    page.set("total", document.gross.to_string());
    page.set("total_text", money.amount(document.gross));
    page.set("checkout", view.cart.checkout.to_string());
    page.set("address", TRY(delivery_address(reader, buyer)));
    page.set("terms", "You pay on account, by the terms agreed with you.");
    page.set("fields", fields_json(refused.fields));
    return {};
}

Result<http::Response> show_checkout(ShopState& shop, Visit const& visit, Refused const& refused)
{
    return show_page(shop, visit,
        { .name = "checkout", .title = "Order on account", .status = refused.status },
        [&](Reader& reader, json::Value& page) {
            return fill_checkout(visit, refused, reader, page);
        });
}

void respond_checkout(
    ShopState& shop, Visit const& visit, Refused const& refused, http::Respond& respond)
{
    auto shown = show_checkout(shop, visit, refused);
    respond(shown ? std::move(*shown) : problem_page(shop, visit, shown.error()));
}

// The refusals the buyer sees before anything is queued, on the page itself. What changes between
// here and the commit is refused there again.
Result<void> check_first(Reader& reader, Visit const& visit, PlaceOrder const& order)
{
    auto const view = TRY(view_cart(reader, *visit.buyer));
    if (view.cart.checkout != order.checkout || !view.priced) {
        return {}; // Ordered already, or changed in another window: the message knows.
    }
    if (view.priced->coupon_problem) {
        return std::unexpected(*view.priced->coupon_problem);
    }
    if (view.priced->document.gross != order.total) {
        return conflict("prices_changed",
            "The prices have changed since you opened this page. This is the new total.");
    }
    return may_order_on_account(reader, *visit.buyer,
        { .total = view.priced->document.gross, .currency = view.priced->currency });
}

std::optional<std::string> if_any(std::string const& text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

void write_order(ShopState& shop, Visit visit, PlaceOrder order, http::Respond respond)
{
    auto const caller = visit.caller;
    auto const number = std::make_shared<std::string>(); // shared by the unit and its answer
    shop.platform.write_async(
        caller,
        [order = std::move(order), number](Unit& unit) -> Result<void> {
            auto const made = TRY(unit.call(order));
            auto const row = TRY(
                unit.elevated().retrieve(sales_order::table, made.row.id, { sales_order::number }));
            *number = row.text_or(sales_order::number);
            return {};
        },
        {},
        [&shop, visit = std::move(visit), number, respond = std::move(respond)](
            Result<void> outcome) mutable {
            respond(outcome
                    ? go_to(visit,
                          "/shop/account/orders/" + text::percent_encode(*number) + "?placed=1")
                    : problem_page(shop, visit, outcome.error()));
        });
}

}

Result<http::Response> checkout_page(ShopState& shop, Visit const& visit)
{
    return show_checkout(shop, visit, { .fields = checkout_fields({}) });
}

void place_cart_order(ShopState& shop, Visit visit, http::Respond respond)
{
    auto fields = checkout_fields(visit.form);
    check_fields(fields);
    if (has_errors(fields)) {
        return respond_checkout(
            shop, visit, { .fields = std::move(fields), .status = 422 }, respond);
    }
    PlaceOrder const order { .checkout = Id::parse(visit.form.text("checkout")).value_or(Id {}),
        .total = Amount::parse(visit.form.text("total")).value_or(Amount {}),
        .purchase_order = if_any(field_named(fields, "purchaseorder").value),
        .comment = if_any(field_named(fields, "comment").value) };
    auto const checked = shop.platform.read(visit.caller,
        std::function<Result<void>(Reader&)>(
            [&](Reader& reader) { return check_first(reader, visit, order); }));
    if (!checked) {
        return respond_checkout(shop, visit,
            { .fields = std::move(fields),
                .problem = checked.error().text,
                .status = status_of(checked.error()) },
            respond);
    }
    write_order(shop, std::move(visit), order, std::move(respond));
}

}
