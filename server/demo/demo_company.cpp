#include "server/demo/demo_company.h"

#include "server/demo/demo_parts.h"
#include "server/demo/history.h"

namespace cashline::demo {

Id named(std::string_view table, std::string_view name)
{
    return Id::from_name(std::string(table) + "/" + std::string(name));
}

Result<void> install_base(Platform& platform)
{
    auto const caller = system_caller(Door::seed);
    TRY(platform.write(caller, make_money));
    TRY(platform.write(caller, make_people, { .alone = true }));
    TRY(platform.write(caller, make_catalog));
    return platform.write(caller, make_routing);
}

Result<void> install(Platform& platform)
{
    TRY(install_base(platform));
    auto const caller = system_caller(Door::seed);
    for (auto const part : { make_accounts, make_contacts, make_leads, make_competitors, make_deals,
             make_offers, calm_the_bell }) {
        TRY(platform.write(caller, std::function<Result<void>(Unit&)>(part)));
    }
    return {};
}

}
