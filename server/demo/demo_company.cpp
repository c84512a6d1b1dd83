#include "server/demo/demo_company.h"

#include "server/demo/demo_parts.h"

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

Result<void> install(Platform& platform) { return install_base(platform); }

}
