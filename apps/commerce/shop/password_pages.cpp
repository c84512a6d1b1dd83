#include "apps/commerce/buyer_link/buyer_links.h"
#include "apps/commerce/shop/fields.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

constexpr std::string_view password_length_text = "10";

std::vector<Field> password_fields(std::string error)
{
    return {
        { .name = "password",
            .label = "New password",
            .type = "password",
            .error = std::move(error),
            .autocomplete = "new-password",
            .max = 256,
            .is_required = true },
        { .name = "repeat",
            .label = "The same again",
            .type = "password",
            .autocomplete = "new-password",
            .max = 256,
            .is_required = true },
    };
}

std::vector<Field> address_fields(std::string email, std::string error)
{
    return { { .name = "email",
        .label = "E-mail",
        .type = "email",
        .value = std::move(email),
        .error = std::move(error),
        .autocomplete = "username",
        .is_required = true } };
}

Result<http::Response> show_password_form(
    ShopState& shop, Visit const& visit, std::string token, std::vector<Field> const& fields)
{
    auto const is_wrong = has_errors(fields);
    return show_page(shop, visit,
        { .name = "set_password",
            .title = "Choose your password",
            .status = is_wrong ? 422 : 200,
            .is_private = true },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const link = TRY(find_open_link(reader, token));
            page.set("email", link.buyer.email);
            page.set("token", token);
            page.set("length", password_length_text);
            page.set("fields", fields_json(fields));
            return {};
        });
}

struct LinkForm {
    std::string title { "Ask for a new link" };
    std::string problem {};
    std::string error {};
    int status { 200 };
};

Result<http::Response> show_link_form(ShopState& shop, Visit const& visit, LinkForm const& form)
{
    return show_page(shop, visit,
        { .name = "new_link", .title = form.title, .status = form.status, .is_private = true },
        [&](Reader&, json::Value& page) -> Result<void> {
            page.set("problem", form.problem);
            page.set("fields", fields_json(address_fields(visit.form.text("email"), form.error)));
            return {};
        });
}

bool is_about_link(Error const& error) { return error.code.starts_with("link_"); }

// A link that opens nothing any more is no dead end: the page asks for the address.
http::Response answer_or_new_link(
    ShopState& shop, Visit const& visit, Result<http::Response> answer)
{
    if (!answer && is_about_link(answer.error())) {
        answer = show_link_form(shop, visit,
            { .title = "This link no longer works",
                .problem = answer.error().text,
                .status = answer.error().code == "link_unknown" ? 404 : 410 });
    }
    return answer ? std::move(*answer) : problem_page(shop, visit, answer.error());
}

// Empty when it may be taken.
std::string password_problem(Visit const& visit, std::string_view email)
{
    auto const password = visit.form.text("password");
    if (password != visit.form.text("repeat")) {
        return "The two entries differ. Please type the same password twice.";
    }
    auto const verdict = sign_in::check_new_password(password, email);
    return verdict ? std::string {} : verdict.error().text;
}

void store_and_sign_in(ShopState& shop, Visit visit, std::string hash, http::Respond respond)
{
    auto const token = visit.form.text("token");
    auto const caller = visit.caller;
    auto const buyer = std::make_shared<Id>(); // shared by the unit and what follows its commit
    shop.platform.write_async(
        caller,
        [token, hash = std::move(hash), buyer](Unit& unit) -> Result<void> {
            *buyer = TRY(redeem_link(unit, token, hash)).contact;
            return {};
        },
        {},
        [&shop, visit = std::move(visit), buyer, respond = std::move(respond)](
            Result<void> outcome) mutable {
            if (!outcome) {
                return respond(problem_page(shop, visit, outcome.error()));
            }
            shop.sessions.forget_all();
            start_session(shop, std::move(visit), *buyer, std::move(respond));
        });
}

}

Result<http::Response> set_password_page(ShopState& shop, Visit const& visit)
{
    return answer_or_new_link(
        shop, visit, show_password_form(shop, visit, visit.query("token"), password_fields({})));
}

void set_password(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const token = visit.form.text("token");
    auto const link = shop.platform.read<OpenLink>(
        visit.caller, [&](Reader& reader) { return find_open_link(reader, token); });
    if (!link) {
        return respond(answer_or_new_link(shop, visit, std::unexpected(link.error())));
    }
    if (auto problem = password_problem(visit, link->buyer.email); !problem.empty()) {
        return respond(answer_or_new_link(shop, visit,
            show_password_form(shop, visit, token, password_fields(std::move(problem)))));
    }
    // Before the unit: hashing is slow on purpose.
    auto hash = shop.passwords.hash(visit.form.text("password"));
    if (!hash) {
        return respond(problem_page(shop, visit, hash.error()));
    }
    store_and_sign_in(shop, std::move(visit), std::move(*hash), std::move(respond));
}

Result<http::Response> new_link_page(ShopState& shop, Visit const& visit)
{
    return show_link_form(shop, visit, {});
}

Result<http::Response> link_sent_page(ShopState& shop, Visit const& visit)
{
    return show_page(
        shop, visit, { .name = "link_sent", .title = "Look into your mail", .is_private = true });
}

void send_new_link(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const email = std::string(text::trim(visit.form.text("email")));
    if (!text::is_email_address(email)) {
        auto shown = show_link_form(
            shop, visit, { .error = "This does not look like an e-mail address.", .status = 422 });
        return respond(answer_or_new_link(shop, visit, std::move(shown)));
    }
    if (shop.links_by_address.take(visit.request.remote_address)) {
        Error const refusal { Fault::too_many, "too_many_requests",
            "You have asked for many links. Please wait an hour, or call us.", {} };
        return respond(problem_page(shop, visit, refusal));
    }
    // Whether the address is known, or has had enough links, is nobody's business.
    if (shop.links_by_email.take(text::fold(email))) {
        return respond(go_to(visit, "/shop/link-sent"));
    }
    auto const caller = visit.caller;
    shop.platform.write_async(
        caller,
        [email](Unit& unit) -> Result<void> {
            auto elevated = unit.elevated();
            auto const buyer = TRY(find_active_buyer(elevated, email));
            return buyer ? send_link(elevated, buyer->id, LinkMail::new_link) : Result<void> {};
        },
        {},
        [&shop, visit = std::move(visit), respond = std::move(respond)](
            Result<void> outcome) mutable {
            respond(outcome ? go_to(visit, "/shop/link-sent")
                            : problem_page(shop, visit, outcome.error()));
        });
}

}
