#include "apps/commerce/shop/frame.h"

#include "apps/commerce/cart/carts.h"
#include "apps/commerce/shop/range.h"
#include "apps/commerce/shop_settings/shop_settings_table.h"
#include "core/text.h"
#include "platform/logging/log.h"
#include "platform/organization/organization_table.h"
#include "platform/web_api/http/security_headers.h"
#include "platform/web_api/sign_in/tokens.h"

namespace cashline::commerce {

namespace {

json::Value bare_frame(ShopState const& shop, Visit const& visit)
{
    json::Value frame { json::Object {} };
    frame.set("style", shop.pages.style_path());
    frame.set("csrf", sign_in::csrf_token(visit.form_secret()));
    frame.set("shop", "Shop");
    frame.set("organisation", "");
    frame.set("words", "");
    frame.set("is_all", false);
    frame.set("families", json::Array {});
    if (visit.buyer) {
        json::Value buyer { json::Object {} };
        buyer.set("name", visit.buyer->name);
        buyer.set("lines", "");
        frame.set("buyer", std::move(buyer));
    } else {
        frame.set("buyer", false);
    }
    return frame;
}

Result<json::Array> family_links(Reader& reader, Visit const& visit)
{
    json::Array links;
    auto const chosen = visit.query("family");
    for (auto const& family : TRY(families(reader))) {
        json::Value link { json::Object {} };
        link.set("key", text::percent_encode(family.number));
        link.set("label", family.name);
        link.set("is_current", visit.path == "/products" && family.number == chosen);
        links.push_back(std::move(link));
    }
    return links;
}

Result<json::Value> full_frame(ShopState const& shop, Visit const& visit, Reader& reader)
{
    auto frame = bare_frame(shop, visit);
    auto elevated = reader.elevated_reader();
    auto const owner =
        TRY(elevated.retrieve(organization::table, organization_id(), { organization::name }));
    frame.set("organisation", owner.text_or(organization::name));
    auto const settings =
        TRY(elevated.first(Query::from(shop_settings::table).order_by(shop_settings::created_on)));
    frame.set("shop", settings ? settings->text_or(shop_settings::name) : "Shop");
    frame.set("words", visit.query("q"));
    frame.set("is_all",
        visit.path == "/products" && visit.query("family").empty() && visit.query("q").empty());
    frame.set("families", TRY(family_links(reader, visit)));
    if (visit.buyer) {
        auto const lines = TRY(count_cart_lines(reader, *visit.buyer));
        json::Value buyer { json::Object {} };
        buyer.set("name", visit.buyer->name);
        buyer.set("lines", lines > 0 ? std::to_string(lines) : "");
        frame.set("buyer", std::move(buyer));
    }
    return frame;
}

http::Response html_response(Visit const& visit, int status, std::string html)
{
    auto response = http::content_response(status, "text/html; charset=utf-8", std::move(html));
    http::add_page_headers(visit.request, response, {});
    response.headers.set("Cache-Control", visit.buyer ? "private, no-store" : "private, no-cache");
    // Every page carries a form token beside text that visitors choose (BREACH).
    response.may_compress = false;
    add_page_cookies(visit, response);
    return response;
}

}

int status_of(Error const& error)
{
    switch (error.fault) {
    case Fault::invalid:
        return 422;
    case Fault::unauthenticated:
        return 401;
    case Fault::denied:
        return 403;
    case Fault::missing:
        return 404;
    case Fault::not_allowed:
        return 405;
    case Fault::conflict:
        return 409;
    case Fault::precondition:
        return 412;
    case Fault::too_large:
        return 413;
    case Fault::too_many:
        return 429;
    case Fault::unavailable:
        return 503;
    case Fault::internal:
        return 500;
    case Fault::not_supported:
        return 501;
    }
    return 500;
}

http::SetCookie session_cookie_of(Visit const& visit, std::string secret)
{
    auto const is_end = secret.empty();
    http::SetCookie cookie { .name = std::string(buyer_cookie),
        .value = std::move(secret),
        .path = "/shop",
        .is_secure = visit.request.scheme == "https" };
    if (is_end) {
        cookie.max_age = std::chrono::seconds { 0 };
    }
    return cookie;
}

void add_page_cookies(Visit const& visit, http::Response& response)
{
    if (!visit.is_new_guest) {
        return;
    }
    http::set_cookie(response,
        { .name = std::string(guest_cookie),
            .value = visit.guest_secret,
            .path = "/shop",
            .is_secure = visit.request.scheme == "https" });
}

Result<http::Response> show_page(
    ShopState& shop, Visit const& visit, PageSpec const& spec, FillPage const& fill)
{
    auto const data = TRY(
        shop.platform.read<json::Value>(visit.caller, [&](Reader& reader) -> Result<json::Value> {
            json::Value page { json::Object {} };
            page.set("title", spec.title);
            page.set("is_private", spec.is_private || visit.buyer.has_value());
            page.set("frame", TRY(full_frame(shop, visit, reader)));
            if (fill) {
                TRY(fill(reader, page));
            }
            return page;
        }));
    return html_response(visit, spec.status, TRY(shop.pages.render(spec.name, data)));
}

http::Response problem_page(ShopState const& shop, Visit const& visit, Error const& error)
{
    auto const status = status_of(error);
    auto const is_ours = status >= 500;
    if (is_ours) {
        log::error("shop " + visit.path + ": " + error.code + ": " + error.text);
    }
    json::Value page { json::Object {} };
    page.set("title",
        status == 404       ? "Not found"
            : status == 429 ? "Please wait a moment"
            : is_ours       ? "Something went wrong"
                            : "That did not work");
    page.set("is_private", true);
    page.set("frame", bare_frame(shop, visit));
    page.set("text", is_ours ? "This is our fault. Please try again in a moment." : error.text);
    page.set("back", visit.buyer && visit.path.starts_with("/c") ? "/shop/cart" : "/shop/");
    page.set("back_text",
        visit.buyer && visit.path.starts_with("/c") ? "Back to the cart" : "To the first page");
    auto const html = shop.pages.render("problem", page);
    return html_response(visit, status, html.value_or("Something went wrong."));
}

http::Response go_to(Visit const& visit, std::string_view path)
{
    auto response = http::redirect_response(path);
    response.headers.set("Cache-Control", "no-store");
    add_page_cookies(visit, response);
    return response;
}

}
