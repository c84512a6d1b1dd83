#include "platform/web_api/sign_in/session_document.h"

#include "platform/metadata/json_values.h"
#include "platform/organization/organization_table.h"
#include "platform/pipeline/read_context.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/web_api/sign_in/endpoints.h"
#include "platform/web_api/sign_in/tokens.h"

namespace cashline::sign_in {

namespace {

// The currencies belong to an app, so they are read by name.
Result<json::Value> currency_document(Reader& reader, Lookup currency)
{
    auto const row = TRY(reader.find(currency.table, currency.id));
    json::Value document { json::Object {} };
    document.set("id", currency.id.to_string());
    auto const& table = reader.schema().table(currency.table);
    constexpr std::pair<char const*, char const*> members[] = { { "code", "isocurrencycode" },
        { "symbol", "currencysymbol" }, { "precision", "currencyprecision" } };
    for (auto const& [member, name] : members) {
        if (auto const* column = table.find(name); column && row) {
            document.set(member, value_to_json(*column, row->value(column->index)));
        }
    }
    return document;
}

Result<json::Value> demo_help(Reader& reader)
{
    auto* const demo = reader.context().registry->find_port<DemoSignIn>();
    return demo ? demo->sign_in_help(reader) : json::Value {};
}

json::Array names_of(std::set<std::string> const& roles)
{
    json::Array names;
    for (auto const& role : roles) {
        names.push_back(role);
    }
    return names;
}

}

Result<json::Value> session_document(Reader& reader, Identity const& identity)
{
    auto everything = reader.elevated_reader();
    auto const& caller = identity.caller;
    auto const user = TRY(everything.retrieve(system_user::table, caller.user));
    auto const organization = TRY(everything.retrieve(organization::table, organization_id()));
    json::Value document { json::Object {} };
    document.set("userId", caller.user.to_string());
    document.set("fullName", user.text_or(system_user::full_name, caller.user_name));
    document.set("email", user.text_or(system_user::email));
    if (auto const title = user.get(system_user::title)) {
        document.set("title", *title);
    }
    document.set("roles", names_of(caller.rights->roles));
    document.set("businessUnitId", caller.rights->unit.to_string());
    document.set("organizationName", organization.text_or(organization::name));
    // A user's "en" says the language; which country's dates and numbers is the organisation's.
    auto const own = user.text_or(system_user::locale);
    auto const shared = organization.text_or(organization::locale, "en-IE");
    document.set("locale", own.contains('-') || !shared.starts_with(own) ? own : shared);
    document.set("timeZone", caller.time_zone);
    if (auto const currency = organization.get(organization::base_currency)) {
        document.set("currency", TRY(currency_document(everything, *currency)));
    }
    document.set("csrfToken", csrf_token(identity.secret));
    if (!TRY(demo_help(everything)).is_null()) {
        document.set("demo", true);
    }
    return document;
}

Result<json::Value> signed_out_document(Reader& reader)
{
    auto everything = reader.elevated_reader();
    auto const organization = TRY(everything.retrieve(organization::table, organization_id()));
    json::Value document { json::Object {} };
    document.set("organizationName", organization.text_or(organization::name));
    auto help = TRY(demo_help(everything));
    if (!help.is_null()) {
        document.set("demo", std::move(help));
    }
    return document;
}

}
