#include "server/demo/demo_company.h"

#include "server/demo/demo_parts.h"
#include "server/demo/history.h"
#include "server/demo/stage.h"

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
    TRY(platform.write(caller, make_routing));
    // Before the first order of the history.
    Stage stage(platform);
    TRY(stage.play({ 120, 8 }, "otto", make_stock));
    return stage.play({ 120, 9 }, "paul", make_freight);
}

Result<void> install(Platform& platform)
{
    TRY(install_base(platform));
    auto const caller = system_caller(Door::seed);
    for (auto const part : { make_accounts, make_contacts, make_leads, make_competitors, make_deals,
             make_offers, make_buyer }) {
        TRY(platform.write(caller, std::function<Result<void>(Unit&)>(part)));
    }
    Stage stage(platform);
    TRY(play_orders(stage));
    TRY(play_meetings(stage));
    TRY(play_channels(stage));
    return platform.write(caller, calm_the_bell);
}

}
