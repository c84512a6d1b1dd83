#include "apps/commerce/api.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "core/text.h"

#include <array>

namespace cashline::commerce {

namespace {

constexpr std::size_t form_bytes_max = 64 * 1'024;
constexpr std::string_view csrf_text =
    "This form is too old, or your browser did not send our cookie. Open the page again and "
    "repeat what you did.";

enum class Access : std::uint8_t { everybody, buyers, administrators };

struct ShopRoute {
    std::string_view method {};
    std::string_view pattern {}; // a star at the end stands for one segment
    Access access {};
    ReadHandler read {};
    WriteHandler write {};
    bool checks_token { true }; // the request form keeps what was typed when its token is too old
};

constexpr std::array routes {
    ShopRoute { "GET", "/", Access::everybody, home_page },
    ShopRoute { "GET", "/products", Access::everybody, products_page },
    ShopRoute { "GET", "/products/*", Access::everybody, product_page },
    ShopRoute { "GET", "/partner-request", Access::everybody, request_page },
    ShopRoute { "POST", "/partner-request", Access::everybody, nullptr, send_request, false },
    ShopRoute { "GET", "/thank-you", Access::everybody, thank_you_page },
    ShopRoute { "GET", "/sign-in", Access::everybody, sign_in_page },
    ShopRoute { "POST", "/sign-in", Access::everybody, nullptr, sign_in_buyer },
    ShopRoute { "POST", "/sign-out", Access::everybody, nullptr, sign_out_buyer },
    ShopRoute { "GET", "/set-password", Access::everybody, set_password_page },
    ShopRoute { "POST", "/set-password", Access::everybody, nullptr, set_password },
    ShopRoute { "GET", "/new-link", Access::everybody, new_link_page },
    ShopRoute { "POST", "/new-link", Access::everybody, nullptr, send_new_link },
    ShopRoute { "GET", "/link-sent", Access::everybody, link_sent_page },
    ShopRoute { "GET", "/account", Access::buyers, account_page },
    ShopRoute { "GET", "/account/prices", Access::buyers, prices_page },
    ShopRoute { "GET", "/account/orders", Access::buyers, orders_page },
    ShopRoute { "GET", "/account/orders/*", Access::buyers, order_page },
    ShopRoute { "POST", "/account/reorder/*", Access::buyers, nullptr, order_again },
    ShopRoute { "GET", "/account/invoices", Access::buyers, invoices_page },
    ShopRoute { "GET", "/account/documents/*", Access::buyers, invoice_document },
    ShopRoute { "GET", "/account/buyers", Access::administrators, buyers_page },
    ShopRoute { "POST", "/account/buyers", Access::administrators, nullptr, save_spending_limit },
    ShopRoute { "POST", "/account/invite", Access::administrators, nullptr, invite_colleague },
    ShopRoute { "GET", "/cart", Access::buyers, cart_page },
    ShopRoute { "POST", "/cart/add", Access::buyers, nullptr, add_to_cart },
    ShopRoute { "POST", "/cart/update", Access::buyers, nullptr, update_cart },
    ShopRoute { "POST", "/cart/coupon", Access::buyers, nullptr, enter_coupon },
    ShopRoute { "GET", "/checkout", Access::buyers, checkout_page },
    ShopRoute { "POST", "/checkout", Access::buyers, nullptr, place_cart_order },
};

// What the star stands for; nothing when the path does not match.
std::optional<std::string> match(std::string_view pattern, std::string_view path)
{
    if (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    if (!pattern.ends_with('*')) {
        return pattern == path ? std::optional(std::string {}) : std::nullopt;
    }
    auto const start = pattern.substr(0, pattern.size() - 1);
    if (!path.starts_with(start) || path.size() == start.size()) {
        return std::nullopt;
    }
    return std::string(path.substr(start.size()));
}

http::Response fixed_file(std::string_view type, std::string const& content)
{
    auto response = http::content_response(200, type, content);
    response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
}

Result<void> authorise(ShopRoute const& route, Visit const& visit)
{
    if (route.access == Access::administrators
        && !(visit.buyer && visit.buyer->is_admin && visit.buyer->organisation)) {
        return missing("page_unknown", "There is no such page.");
    }
    if (visit.request.method == "POST" && route.checks_token && !visit.has_valid_csrf_token()) {
        return denied("csrf_token_missing", std::string(csrf_text));
    }
    return {};
}

void run(ShopState& shop, ShopRoute const& route, Visit visit, http::Respond respond)
{
    if (route.access != Access::everybody && !visit.buyer) {
        auto const next = visit.request.method == "GET" ? visit.request.target : "/shop/account";
        return respond(go_to(visit, "/shop/sign-in?next=" + text::percent_encode(next)));
    }
    if (auto const allowed = authorise(route, visit); !allowed) {
        return respond(problem_page(shop, visit, allowed.error()));
    }
    if (route.write) {
        return route.write(shop, std::move(visit), std::move(respond));
    }
    auto answer = route.read(shop, visit);
    respond(answer ? std::move(*answer) : problem_page(shop, visit, answer.error()));
}

void answer(ShopState& shop, http::Request request, http::Respond respond)
{
    if (request.path() == shop.pages.style_path()) {
        return respond(fixed_file("text/css; charset=utf-8", shop.pages.style()));
    }
    if (request.path() == "/shop/icon.svg") {
        return respond(fixed_file("image/svg+xml", shop.pages.icon()));
    }
    auto made = make_visit(shop, std::move(request));
    if (!made) {
        return respond(
            http::error_response(status_of(made.error()), made.error().code, made.error().text));
    }
    auto& visit = *made;
    auto const method = visit.request.method == "HEAD" ? "GET" : visit.request.method;
    bool has_path = false;
    for (auto const& route : routes) {
        auto rest = match(route.pattern, visit.path);
        has_path = has_path || rest.has_value();
        if (rest && route.method == method) {
            visit.rest = std::move(*rest);
            return run(shop, route, std::move(visit), std::move(respond));
        }
    }
    Error const refusal { has_path ? Fault::not_allowed : Fault::missing, "page_unknown",
        "There is no such page in the shop. It may have moved.", {} };
    respond(problem_page(shop, visit, refusal));
}

}

Result<http::Handler> shop_handler(ShopServices const& services)
{
    // Shared by the handler's copies; it lives as long as the last of them.
    auto const shop = std::shared_ptr<ShopState>(TRY(open_shop(services)));
    return [shop](http::Request request, http::Respond respond) {
        answer(*shop, std::move(request), std::move(respond));
    };
}

Result<void> add_shop_routes(WebContext& context)
{
    auto handler = TRY(shop_handler({ context.platform, context.sessions, context.passwords }));
    context.router.add(
        { .prefix = "/shop", .handler = std::move(handler), .body_bytes_max = form_bytes_max });
    return {};
}

}
