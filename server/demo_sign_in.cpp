#include "server/demo_sign_in.h"

#include "apps/commerce/buyer/buyer_table.h"
#include "apps/parties/account/account_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/web_api/sign_in/accounts.h"
#include "platform/web_api/sign_in/endpoints.h"
#include "server/demo/demo_company.h"

namespace cashline::server {

namespace {

Id id_of(demo::Person const& person) { return demo::named("systemuser", person.user_name); }

class DemoPeople final : public sign_in::DemoSignIn {
public:
    // Installed as long as the first of its people can sign in.
    Result<json::Value> sign_in_help(Reader& reader) override
    {
        auto everything = reader.elevated_reader();
        json::Array people;
        for (auto const& person : demo::people()) {
            auto const row = TRY(everything.find(system_user::table, id_of(person)));
            if (!row || row->get(system_user::is_disabled).value_or(false)) {
                continue;
            }
            people.push_back(json::Object { { "username", person.user_name },
                { "fullName", row->text_or(system_user::full_name) },
                { "title", row->text_or(system_user::title) } });
        }
        if (people.empty()) {
            return json::Value {};
        }
        json::Value help { json::Object {
            { "password", demo::demo_password }, { "people", std::move(people) } } };
        if (auto buyer = TRY(buyer_of_the_shop(everything)); !buyer.is_null()) {
            help.set("buyer", std::move(buyer));
        }
        return help;
    }

private:
    // The buyer whom the demo company brings along, while she may sign in.
    static Result<json::Value> buyer_of_the_shop(Reader& reader)
    {
        auto const row = TRY(reader.first(Query::from(buyer::table)
                .where(buyer::contact == demo::buyer_contact()
                    && buyer::state == BuyerState::active)));
        auto const organisation = row ? row->get(buyer::organisation) : std::nullopt;
        if (!organisation) {
            return json::Value {};
        }
        auto const company = TRY(reader.retrieve(account::table, organisation->id));
        return json::Value { json::Object { { "email", row->text_or(buyer::email) },
            { "fullName", row->text_or(buyer::name) },
            { "organisation", company.text_or(account::name) } } };
    }
};

}

Result<void> install_demo(Platform& platform)
{
    TRY(demo::install(platform));
    sign_in::Passwords passwords(platform.environment());
    // The password is public, so one salt for all of them gives nothing away.
    auto const hash = TRY(passwords.hash(demo::demo_password));
    return platform.write(system_caller(Door::seed),
        std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
            for (auto const& person : demo::people()) {
                TRY(sign_in::store_password(unit, id_of(person), hash));
            }
            return sign_in::store_password(unit, demo::buyer_contact(), hash);
        }));
}

Result<std::string> demo_sign_in_text(Platform& platform)
{
    auto const help = TRY(platform.read<json::Value>(
        system_caller(), [](Reader& reader) { return DemoPeople {}.sign_in_help(reader); }));
    if (help.is_null()) {
        return std::string {};
    }
    std::string names;
    for (auto const& person : help.array("people")) {
        names += (names.empty() ? "" : ", ") + std::string(person.text("username"));
    }
    auto const password = std::string(help.text("password"));
    auto text = "demo company, password " + password + ": /app/ " + names;
    if (auto const* buyer = help.find("buyer")) {
        text += "; /shop/ " + std::string(buyer->text("email"));
    }
    return text;
}

void register_demo_sign_in(Registry& registry)
{
    registry.provide<sign_in::DemoSignIn>(std::make_unique<DemoPeople>());
}

}
