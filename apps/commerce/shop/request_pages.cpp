#include "apps/catalog/product/product_table.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "apps/commerce/shop/range.h"
#include "apps/commerce/shop/request_form.h"
#include "core/text.h"

#include <array>

namespace cashline::commerce {

namespace {

constexpr std::string_view reference_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford
constexpr std::size_t reference_length = 10;

// Fifty random bits: short enough to be read out on the phone, too many to guess.
std::string new_reference(Environment& environment)
{
    std::array<std::uint8_t, reference_length> bytes {};
    environment.fill_random(bytes);
    std::string reference = "R-";
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        reference += at == reference_length / 2 ? "-" : "";
        reference += reference_alphabet[bytes[at] % reference_alphabet.size()];
    }
    return reference;
}

bool looks_like_reference(std::string_view text)
{
    return text.starts_with("R-") && text.size() == reference_length + 3
        && text.find_first_not_of(std::string(reference_alphabet) + "-R") == std::string::npos;
}

// The families, and the product the visitor came from.
Result<std::vector<Choice>> wishes(Reader& reader, std::string_view product)
{
    std::vector<Choice> choices;
    auto const row = product.empty() ? std::optional<Row> {} : TRY(find_product(reader, product));
    if (row) {
        auto const number = row->text_or(product::number);
        choices.push_back({ number, row->text_or(product::name) + " (" + number + ")" });
    }
    for (auto const& family : TRY(families(reader))) {
        choices.push_back({ family.number, family.name });
    }
    return choices;
}

void show_form(
    ShopState const& shop, Visit const& visit, RequestForm const& form, json::Value& page)
{
    page.set("fields", fields_json(form.fields));
    page.set("errors", errors_json(form.fields));
    page.set("started", start_token(shop, visit, shop.platform.environment().now()));
    page.set("has_errors", has_errors(form.fields));
    page.set("problem", "");
}

PageSpec form_spec(int status)
{
    return { .name = "partner_request", .title = "Become a partner", .status = status };
}

struct Rejection {
    RequestForm form {};
    std::string problem {};
    int status { 422 };
};

http::Response form_again(ShopState& shop, Visit const& visit, Rejection const& rejection)
{
    auto shown = show_page(
        shop, visit, form_spec(rejection.status), [&](Reader&, json::Value& page) -> Result<void> {
            show_form(shop, visit, rejection.form, page);
            page.set("has_errors", true);
            page.set("problem", rejection.problem);
            return {};
        });
    return shown ? std::move(*shown) : problem_page(shop, visit, shown.error());
}

std::string wait_text(std::chrono::seconds wait)
{
    auto const minutes = std::chrono::ceil<std::chrono::minutes>(wait).count();
    return "We have had several requests from you already. Please try again in "
        + std::to_string(minutes) + (minutes == 1 ? " minute" : " minutes") + ", or call us.";
}

// What the signed moment and the cookie say; empty when all is well.
std::string token_problem(ShopState const& shop, Visit const& visit)
{
    constexpr auto again = "This form was open for too long, or your browser did not send our "
                           "cookie. Your entries are kept: please send them again.";
    if (!visit.has_valid_csrf_token()) {
        return again;
    }
    switch (check_start_token(shop, visit, visit.form.text("started"))) {
    case StartVerdict::good:
        return {};
    case StartVerdict::too_fast:
        return "That was very fast. Please look over your entries and send them again.";
    case StartVerdict::too_old:
    case StartVerdict::forged:
        return again;
    }
    return again;
}

// Nothing when the request may be sent.
std::optional<Rejection> reject(ShopState& shop, Visit const& visit, RequestForm const& form)
{
    if (has_errors(form.fields)) {
        return Rejection { .form = form };
    }
    if (auto problem = token_problem(shop, visit); !problem.empty()) {
        return Rejection { form, std::move(problem), 403 };
    }
    auto const email = text::to_lower_ascii(form.request().email);
    auto const by_email = shop.requests_by_email.wait_of(email);
    auto wait = by_email ? by_email : shop.requests_by_address.take(visit.request.remote_address);
    if (!wait) {
        wait = shop.requests_by_email.take(email);
    }
    if (wait) {
        return Rejection { form, wait_text(*wait), 429 };
    }
    return std::nullopt;
}

std::string thank_you_path(std::string const& reference)
{
    return "/shop/thank-you?reference=" + reference;
}

}

Result<http::Response> request_page(ShopState& shop, Visit const& visit)
{
    return show_page(
        shop, visit, form_spec(200), [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const product = visit.query("product");
            auto const form = empty_request_form(TRY(wishes(reader, product)), product);
            show_form(shop, visit, form, page);
            return {};
        });
}

Result<http::Response> thank_you_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit, { .name = "thank_you", .title = "Thank you", .is_private = true },
        [&](Reader&, json::Value& page) -> Result<void> {
            auto const reference = visit.query("reference");
            page.set("reference", looks_like_reference(reference) ? reference : "");
            return {};
        });
}

void send_request(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const reference = new_reference(shop.platform.environment());
    // Only programs see this field; they are thanked and learn nothing.
    if (!visit.form.text("website").empty()) {
        return respond(go_to(visit, thank_you_path(reference)));
    }
    auto choices = shop.platform.read<std::vector<Choice>>(
        visit.caller, [&](Reader& reader) { return wishes(reader, visit.form.text("product")); });
    if (!choices) {
        return respond(problem_page(shop, visit, choices.error()));
    }
    auto const form = read_request_form(visit.form, std::move(*choices));
    if (auto const rejection = reject(shop, visit, form)) {
        return respond(form_again(shop, visit, *rejection));
    }
    auto request = form.request();
    request.reference = reference;
    auto const caller = visit.caller;
    shop.platform.write_async(
        caller, [request](Unit& unit) { return submit_partner_request(unit, request); }, {},
        [&shop, visit = std::move(visit), reference, respond = std::move(respond)](
            Result<void> outcome) mutable {
            respond(outcome ? go_to(visit, thank_you_path(reference))
                            : problem_page(shop, visit, outcome.error()));
        });
}

}
