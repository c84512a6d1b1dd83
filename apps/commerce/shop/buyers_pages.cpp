#include "apps/commerce/buyer/organisation_admin.h"
#include "apps/commerce/order/on_account.h"
#include "apps/commerce/shop/account_tabs.h"
#include "apps/commerce/shop/customer_prices.h"
#include "apps/commerce/shop/fields.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "apps/parties/account/account_table.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

// What was typed before it was refused.
struct Refused {
    std::string buyer {}; // whose limit
    std::string limit {};
    std::string text {};
    std::vector<Field> invitation {};
};

std::vector<Field> invitation_fields(http::Form const& form)
{
    return {
        { .name = "firstname",
            .label = "First name",
            .value = std::string(text::trim(form.text("firstname"))),
            .max = 50,
            .is_required = true },
        { .name = "lastname",
            .label = "Last name",
            .value = std::string(text::trim(form.text("lastname"))),
            .max = 50,
            .is_required = true },
        { .name = "email",
            .label = "E-mail",
            .type = "email",
            .value = std::string(text::trim(form.text("email"))),
            .max = 100,
            .is_required = true },
        { .name = "limit",
            .label = "Spending limit",
            .value = std::string(text::trim(form.text("limit"))),
            .hint = "For one calendar month. You can set it later.",
            .max = 16 },
    };
}

void check_invitation(std::vector<Field>& fields)
{
    for (auto& field : fields) {
        if (field.value.empty() && field.is_required) {
            field.error = "Please enter this.";
        } else if (text::length_utf16(field.value) > field.max
            || !text::is_valid_utf8(field.value)) {
            field.error = "This is too long.";
        } else if (field.name == "email" && !text::is_email_address(field.value)) {
            field.error = "This does not look like an e-mail address.";
        } else if (field.name == "limit" && !parse_limit(field.value)) {
            field.error = "Write an amount such as 2500 or 2500.00.";
        }
    }
}

std::string plain_amount(std::optional<Amount> amount)
{
    return amount ? amount->to_string(2) : std::string {};
}

Result<json::Array> buyer_rows(
    Reader& reader, Id organisation, MoneyTexts const& money, Refused const& refused)
{
    json::Array rows;
    for (auto const& buyer : TRY(buyers_of(reader, organisation))) {
        auto const key = buyer.id.to_string();
        auto const is_refused = key == refused.buyer;
        json::Value row { json::Object {} };
        row.set("key", key);
        row.set("label", buyer.name);
        row.set("email", buyer.email);
        row.set("is_admin", buyer.is_admin);
        row.set("is_invited", buyer.status == BuyerStatus::invited);
        row.set("spent", money.amount(TRY(spending_of(reader, buyer)).spent));
        row.set("limit", is_refused ? refused.limit : plain_amount(buyer.spending_limit));
        row.set("wrong", is_refused ? refused.text : "");
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<http::Response> show_buyers(
    ShopState& shop, Visit const& visit, Refused const& refused, int status)
{
    return show_page(shop, visit, { .name = "colleagues", .title = "Buyers", .status = status },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const organisation = *visit.buyer->organisation;
            auto const currency = TRY(price_question(reader, *visit.buyer)).currency;
            auto const money = TRY(money_texts(reader, currency));
            auto const row = TRY(
                reader.elevated_reader().retrieve(account::table, organisation, { account::name }));
            set_account_menu(page, visit);
            page.set("organisation", row.text_or(account::name));
            page.set("currency", money.code());
            page.set("buyers", TRY(buyer_rows(reader, organisation, money, refused)));
            page.set("notice", visit.query("saved").empty() ? "" : "Saved.");
            page.set("problem", "");
            page.set("fields",
                fields_json(
                    refused.invitation.empty() ? invitation_fields({}) : refused.invitation));
            return {};
        });
}

void show_refused(
    ShopState& shop, Visit const& visit, Refused const& refused, http::Respond& respond)
{
    auto shown = show_buyers(shop, visit, refused, 422);
    respond(shown ? std::move(*shown) : problem_page(shop, visit, shown.error()));
}

void write_and_return(
    ShopState& shop, Visit visit, std::function<Result<void>(Unit&)> work, http::Respond respond)
{
    auto const caller = visit.caller;
    shop.platform.write_async(caller, std::move(work), {},
        [&shop, visit = std::move(visit), respond = std::move(respond)](
            Result<void> outcome) mutable {
            respond(outcome ? go_to(visit, "/shop/account/buyers?saved=1")
                            : problem_page(shop, visit, outcome.error()));
        });
}

}

Result<http::Response> buyers_page(ShopState& shop, Visit const& visit)
{
    return show_buyers(shop, visit, {}, 200);
}

void save_spending_limit(ShopState& shop, Visit visit, http::Respond respond)
{
    auto const buyer = Id::parse(visit.form.text("buyer"));
    auto const limit = parse_limit(visit.form.text("limit"));
    if (!limit) {
        return show_refused(shop, visit,
            { .buyer = visit.form.text("buyer"),
                .limit = visit.form.text("limit"),
                .text = limit.error().text },
            respond);
    }
    write_and_return(
        shop, std::move(visit),
        [id = buyer.value_or(Id {}), limit = *limit](
            Unit& unit) { return set_spending_limit(unit, id, limit); },
        std::move(respond));
}

void invite_colleague(ShopState& shop, Visit visit, http::Respond respond)
{
    auto fields = invitation_fields(visit.form);
    check_invitation(fields);
    auto const taken = shop.platform.read<bool>(visit.caller, [&](Reader& reader) -> Result<bool> {
        auto const email = field_named(fields, "email").value;
        return TRY(find_active_buyer(reader, email)).has_value();
    });
    if (taken && *taken) {
        field_named(fields, "email").error = "Somebody signs in with this address already.";
    }
    if (has_errors(fields)) {
        return show_refused(shop, visit, { .invitation = std::move(fields) }, respond);
    }
    Colleague const colleague { .first_name = field_named(fields, "firstname").value,
        .last_name = field_named(fields, "lastname").value,
        .email = field_named(fields, "email").value,
        .limit = *parse_limit(field_named(fields, "limit").value) };
    write_and_return(
        shop, std::move(visit), [colleague](Unit& unit) { return invite(unit, colleague); },
        std::move(respond));
}

}
