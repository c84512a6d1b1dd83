#include "apps/commerce/shop/visit.h"

#include "core/text.h"
#include "platform/web_api/http/cookies.h"
#include "platform/web_api/sign_in/tokens.h"

#include <charconv>

namespace cashline::commerce {

namespace {

constexpr std::int64_t form_seconds_max = std::int64_t { 4 } * 3'600;
constexpr std::size_t secret_length = 43;

bool looks_like_secret(std::string_view text)
{
    return text.size() == secret_length && text::base64url_decode(text).has_value();
}

std::string signature_of(ShopState const& shop, Visit const& visit, std::string const& seconds)
{
    return text::to_hex(sign_in::hash_token(
        shop.form_key + "/" + visit.guest_secret + "/" + seconds + "/" + shop.form_key));
}

Result<void> find_buyer_of_session(ShopState& shop, Visit& visit)
{
    auto const secret = http::find_cookie(visit.request, buyer_cookie);
    if (!secret) {
        return {};
    }
    auto const session = TRY(shop.sessions.find(*secret));
    if (!session || session->kind != SessionKind::buyer) {
        return {};
    }
    // Read with every request: who was switched off a second ago is out.
    auto const buyer = TRY(shop.platform.read<std::optional<Buyer>>(visit.caller,
        [&](Reader& reader) { return find_buyer_of_contact(reader, session->principal); }));
    if (buyer && buyer->status != BuyerStatus::disabled) {
        visit.session_secret = *secret;
        visit.buyer = buyer;
        visit.caller.contact = buyer->contact;
    }
    return {};
}

void find_guest(ShopState& shop, Visit& visit)
{
    auto const secret = http::find_cookie(visit.request, guest_cookie);
    visit.is_new_guest = !secret || !looks_like_secret(*secret);
    visit.guest_secret =
        visit.is_new_guest ? sign_in::new_token(shop.platform.environment()).text : *secret;
}

}

bool Visit::has_valid_csrf_token() const
{
    return (!is_new_guest || !session_secret.empty())
        && sign_in::is_csrf_token(form.text("csrf"), form_secret());
}

Result<Visit> make_visit(ShopState& shop, http::Request request)
{
    Visit visit { .request = std::move(request) };
    auto const decoded = visit.request.decoded_path();
    if (!decoded) {
        return invalid("path_malformed", "This address is not well-formed.");
    }
    visit.path = decoded->substr(std::min(decoded->size(), std::string_view("/shop").size()));
    if (visit.path.empty()) {
        visit.path = "/";
    }
    visit.caller = TRY(shop.platform.caller_of(shop_user_id(), Door::shop));
    TRY(find_buyer_of_session(shop, visit));
    find_guest(shop, visit);
    if (visit.request.method == "POST") {
        visit.form = TRY(http::parse_form(visit.request, { .fields_max = 500, .files_max = 1 }));
    }
    return visit;
}

std::string start_token(ShopState const& shop, Visit const& visit, Timestamp now)
{
    auto const seconds = std::to_string(now.microseconds / 1'000'000);
    return seconds + "." + signature_of(shop, visit, seconds);
}

StartVerdict check_start_token(ShopState const& shop, Visit const& visit, std::string_view token)
{
    auto const dot = token.find('.');
    auto const seconds = std::string(token.substr(0, dot));
    std::int64_t started = 0;
    auto const read = std::from_chars(seconds.data(), seconds.data() + seconds.size(), started);
    if (dot == std::string_view::npos || seconds.empty() || read.ec != std::errc {}
        || read.ptr != seconds.data() + seconds.size()
        || !sign_in::are_equal_secrets(token.substr(dot + 1), signature_of(shop, visit, seconds))) {
        return StartVerdict::forged;
    }
    auto const age = shop.platform.environment().now().microseconds / 1'000'000 - started;
    if (age > form_seconds_max || age < 0) {
        return StartVerdict::too_old;
    }
    return age < shop.limits.fill_seconds_min ? StartVerdict::too_fast : StartVerdict::good;
}

}
