#include "apps/commerce/shop/fields.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "core/text.h"
#include "platform/pipeline/read_context.h"
#include "platform/pipeline/registry.h"
#include "platform/web_api/sign_in/accounts.h"
#include "platform/web_api/sign_in/endpoints.h"

namespace cashline::commerce {

namespace {

constexpr std::chrono::hours session_lifetime { 12 };

// Only pages of the shop: an address from outside must not borrow our sign-in.
std::string safe_next(std::string const& wanted)
{
    auto const is_ours = wanted.starts_with("/shop/")
        && wanted.find_first_of("\\\r\n") == std::string::npos && !wanted.contains("//");
    return is_ours ? wanted : "/shop/account";
}

std::vector<Field> sign_in_fields(std::string email)
{
    return {
        { .name = "email",
            .label = "E-mail",
            .type = "email",
            .value = std::move(email),
            .autocomplete = "username",
            .is_required = true },
        { .name = "password",
            .label = "Password",
            .type = "password",
            .autocomplete = "current-password",
            .max = 256,
            .is_required = true },
    };
}

// With whom a newcomer can try the shop while the demo company is installed; false otherwise.
Result<json::Value> demo_buyer(Reader& reader)
{
    auto* const demo = reader.context().registry->find_port<sign_in::DemoSignIn>();
    auto const help = demo ? TRY(demo->sign_in_help(reader)) : json::Value {};
    auto const* buyer = help.find("buyer");
    if (!buyer) {
        return json::Value { false };
    }
    auto shown = *buyer;
    shown.set("password", help.text("password"));
    return shown;
}

Result<http::Response> show_sign_in(
    ShopState& shop, Visit const& visit, std::string const& problem, int status)
{
    return show_page(shop, visit,
        { .name = "sign_in", .title = "Sign in", .status = status, .is_private = true },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const is_again = visit.request.method == "POST";
            page.set("fields", fields_json(sign_in_fields(visit.form.text("email"))));
            page.set("next", safe_next(is_again ? visit.form.text("next") : visit.query("next")));
            page.set("problem", problem);
            page.set("demo", TRY(demo_buyer(reader)));
            page.set(
                "notice", visit.query("set").empty() ? "" : "Your password is saved. Sign in.");
            return {};
        });
}

void refuse_sign_in(
    ShopState& shop, Visit const& visit, http::Respond& respond, std::string const& problem)
{
    auto shown = show_sign_in(shop, visit, problem, 401);
    respond(shown ? std::move(*shown) : problem_page(shop, visit, shown.error()));
}

// The buyer whose password this is. An address nobody has takes as long as a wrong password.
Result<std::optional<Buyer>> check_password(ShopState& shop, Visit const& visit)
{
    struct Known {
        std::optional<Buyer> buyer {};
        std::string hash {};
    };
    auto const known =
        TRY(shop.platform.read<Known>(visit.caller, [&](Reader& reader) -> Result<Known> {
            Known found { TRY(find_active_buyer(reader, visit.form.text("email"))), {} };
            if (found.buyer) {
                found.hash =
                    TRY(sign_in::find_password_hash(reader, found.buyer->contact)).value_or("");
            }
            return found;
        }));
    auto const password = visit.form.text("password");
    if (!known.buyer || known.hash.empty()) {
        TRY(shop.passwords.verify_nobody(password));
        return std::nullopt;
    }
    auto const verdict = TRY(shop.passwords.verify(password, known.hash));
    return verdict.is_right ? known.buyer : std::nullopt;
}

void note_sign_in(ShopState& shop, Caller const& caller, Id buyer)
{
    shop.platform.write_async(
        caller,
        [buyer](Unit& unit) -> Result<void> {
            return unit.elevated().update(
                buyer::table, buyer, Row {}.set(buyer::last_sign_in, unit.now()));
        },
        {}, [](Result<void>) { /* Nobody waits for it, and losing it harms nobody. */ });
}

}

Result<http::Response> sign_in_page(ShopState& shop, Visit const& visit)
{
    if (visit.buyer) {
        return go_to(visit, "/shop/account");
    }
    return show_sign_in(shop, visit, {}, 200);
}

void sign_in_buyer(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const email = text::fold(text::trim(visit.form.text("email")));
    auto const& address = visit.request.remote_address;
    if (auto const wait = shop.lock_out.wait_of(email, address)) {
        auto const minutes = std::chrono::ceil<std::chrono::minutes>(*wait).count();
        Error const refusal { Fault::too_many, "locked_out",
            "There were too many attempts. Please try again in " + std::to_string(minutes)
                + " minutes, or ask for a new link.",
            {} };
        return respond(problem_page(shop, visit, refusal));
    }
    auto const buyer = check_password(shop, visit);
    if (!buyer) {
        return respond(problem_page(shop, visit, buyer.error()));
    }
    if (!*buyer) {
        shop.lock_out.note_failure(email, address);
        return refuse_sign_in(
            shop, visit, respond, "The e-mail address or the password is not right.");
    }
    shop.lock_out.note_success(email);
    note_sign_in(shop, visit.caller, (*buyer)->id);
    start_session(shop, std::move(visit), (*buyer)->contact, std::move(respond));
}

void start_session(ShopState& shop, Visit visit, Id contact, http::Respond respond)
{
    sign_in::Session const session { .principal = contact,
        .kind = SessionKind::buyer,
        .expires = shop.platform.environment().now().plus_seconds(
            std::chrono::seconds(session_lifetime).count()) };
    shop.sessions.start(session,
        [&shop, visit = std::move(visit), respond = std::move(respond)](
            Result<std::string> secret) mutable {
            if (!secret) {
                return respond(problem_page(shop, visit, secret.error()));
            }
            auto response = go_to(visit, safe_next(visit.form.text("next")));
            http::set_cookie(response, session_cookie_of(visit, std::move(*secret)));
            respond(std::move(response));
        });
}

void sign_out_buyer(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const secret = visit.session_secret;
    if (secret.empty()) {
        return respond(go_to(visit, "/shop/"));
    }
    shop.sessions.end(secret,
        [&shop, visit = std::move(visit), respond = std::move(respond)](
            Result<void> outcome) mutable {
            if (!outcome) {
                return respond(problem_page(shop, visit, outcome.error()));
            }
            auto response = go_to(visit, "/shop/?bye=1");
            http::set_cookie(response, session_cookie_of(visit, {}));
            respond(std::move(response));
        });
}

}
