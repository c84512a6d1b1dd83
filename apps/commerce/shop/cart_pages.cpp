#include "apps/commerce/coupon/redeem_coupon.h"
#include "apps/commerce/shop/cart_view.h"
#include "apps/commerce/shop/customer_prices.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "apps/commerce/shop/range.h"
#include "core/text.h"

#include <map>

namespace cashline::commerce {

namespace {

// What was typed and why it was refused.
struct Refused {
    std::map<std::string, std::pair<std::string, std::string>, std::less<>>
        quantities {}; // by product number: typed, message
    std::string coupon {};
    std::string coupon_text {};
    int status { 200 };
};

void lay_over(json::Array& items, Refused const& refused)
{
    for (auto& item : items) {
        auto const found = refused.quantities.find(item.text("number"));
        if (found != refused.quantities.end()) {
            item.set("quantity", found->second.first);
            item.set("wrong", found->second.second);
        }
    }
}

void set_coupon(json::Value& page, CartView const& view, Refused const& refused)
{
    auto const problem =
        view.priced && view.priced->coupon_problem ? view.priced->coupon_problem->text : "";
    page.set("coupon", refused.coupon_text.empty() ? view.cart.coupon : refused.coupon);
    page.set("coupon_wrong", refused.coupon_text.empty() ? problem : refused.coupon_text);
    std::string good;
    for (auto const& discount :
        view.priced ? view.priced->document.discounts : std::vector<catalog::PricedDiscount> {}) {
        if (discount.is_coupon) {
            good = discount.net.is_zero() ? "This coupon takes nothing off this cart."
                                          : discount.label + " is taken off.";
        }
    }
    page.set("coupon_good", refused.coupon_text.empty() ? good : "");
}

Result<http::Response> show_cart(ShopState& shop, Visit const& visit, Refused const& refused)
{
    return show_page(shop, visit, { .name = "cart", .title = "Cart", .status = refused.status },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const view = TRY(view_cart(reader, *visit.buyer));
            auto const currency = TRY(price_question(reader, *visit.buyer)).currency;
            auto const money = TRY(money_texts(reader, currency));
            auto items = cart_items_json(view, money);
            lay_over(items, refused);
            page.set("has_items", !items.empty());
            page.set("items", std::move(items));
            page.set("totals",
                view.priced ? cart_totals_json(view.priced->document, money) : json::Array {});
            page.set("can_go_on", view.priced && !view.priced->coupon_problem);
            page.set("problem", view.problem ? view.problem->text : "");
            page.set("notice",
                visit.query("again").empty() ? "" : "The products of that order are in the cart.");
            set_coupon(page, view, refused);
            return {};
        });
}

void respond_cart(
    ShopState& shop, Visit const& visit, Refused const& refused, http::Respond& respond)
{
    auto shown = show_cart(shop, visit, refused);
    respond(shown ? std::move(*shown) : problem_page(shop, visit, shown.error()));
}

struct CartWork {
    std::function<Result<void>(Unit&)> work {};
    std::string next {};
};

void write_cart(ShopState& shop, Visit visit, CartWork change, http::Respond respond)
{
    auto const caller = visit.caller;
    shop.platform.write_async(caller, std::move(change.work), {},
        [&shop, visit = std::move(visit), next = std::move(change.next),
            respond = std::move(respond)](Result<void> outcome) mutable {
            respond(outcome ? go_to(visit, next) : problem_page(shop, visit, outcome.error()));
        });
}

// The changed lines of the form, and what is wrong with them.
struct TypedCart {
    std::vector<CartChange> changes {};
    Refused refused {};
};

Result<TypedCart> read_quantities(Reader& reader, Visit const& visit)
{
    TypedCart typed;
    for (auto const& item : TRY(cart_of(reader, *visit.buyer)).items) {
        auto const quantity = visit.form.find("quantity-" + item.number);
        if (!quantity) {
            continue;
        }
        if (auto const parsed = parse_quantity(*quantity, item.decimals); !parsed) {
            typed.refused.quantities[item.number] = { *quantity, parsed.error().text };
            typed.refused.status = 422;
        } else if (*parsed != item.quantity) {
            typed.changes.push_back({ item.product, *quantity });
        }
    }
    return typed;
}

Result<void> coupon_must_be_usable(Reader& reader, Buyer const& buyer, std::string const& code)
{
    auto const currency = TRY(price_question(reader, buyer)).currency;
    TRY(usable_coupon(
        reader, { .code = code, .customer = buyer.customer(), .currency = currency }));
    return {};
}

}

Result<http::Response> cart_page(ShopState& shop, Visit const& visit)
{
    return show_cart(shop, visit, {});
}

void add_to_cart(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const number = visit.form.text("product");
    auto const quantity = visit.form.text("quantity");
    auto const buyer = *visit.buyer;
    write_cart(shop, std::move(visit),
        { [=](Unit& unit) -> Result<void> {
             auto const product = TRY(find_product(unit, number));
             if (!product) {
                 return missing("product_not_sold", "This product is not in our range.");
             }
             return change_cart(unit, buyer, { product->id(), quantity }, CartMode::add);
         },
            "/shop/products/" + text::percent_encode(number) + "?added=1" },
        std::move(respond));
}

void update_cart(ShopState& shop, Visit visit, http::Respond respond)
{
    auto typed = shop.platform.read<TypedCart>(
        visit.caller, [&](Reader& reader) { return read_quantities(reader, visit); });
    if (!typed) {
        return respond(problem_page(shop, visit, typed.error()));
    }
    if (!typed->refused.quantities.empty()) {
        return respond_cart(shop, visit, typed->refused, respond);
    }
    auto const buyer = *visit.buyer;
    write_cart(shop, std::move(visit),
        { [buyer, changes = std::move(typed->changes)](Unit& unit) -> Result<void> {
             for (auto const& change : changes) {
                 TRY(change_cart(unit, buyer, change, CartMode::replace));
             }
             return {};
         },
            "/shop/cart" },
        std::move(respond));
}

void enter_coupon(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const code = std::string(text::trim(visit.form.text("coupon")));
    auto const key = visit.buyer->id.to_string();
    if (!code.empty() && shop.bad_coupons.wait_of(key)) {
        Refused const refused { .coupon = code,
            .coupon_text = "You have tried many codes. Please wait an hour.",
            .status = 429 };
        return respond_cart(shop, visit, refused, respond);
    }
    auto const usable =
        shop.platform.read(visit.caller, std::function<Result<void>(Reader&)>([&](Reader& reader) {
            return code.empty() ? Result<void> {}
                                : coupon_must_be_usable(reader, *visit.buyer, code);
        }));
    if (!usable) {
        shop.bad_coupons.take(key);
        return respond_cart(shop, visit,
            { .coupon = code,
                .coupon_text = usable.error().text,
                .status = status_of(usable.error()) },
            respond);
    }
    auto const buyer = *visit.buyer;
    write_cart(shop, std::move(visit),
        { [=](Unit& unit) { return set_cart_coupon(unit, buyer, code); }, "/shop/cart" },
        std::move(respond));
}

}
