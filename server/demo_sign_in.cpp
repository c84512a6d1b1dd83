#include "server/demo_sign_in.h"

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
        return json::Value { json::Object {
            { "password", demo::demo_password }, { "people", std::move(people) } } };
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
            return {};
        }));
}

void register_demo_sign_in(Registry& registry)
{
    registry.provide<sign_in::DemoSignIn>(std::make_unique<DemoPeople>());
}

}
