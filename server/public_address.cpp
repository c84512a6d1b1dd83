#include "server/public_address.h"

#include "platform/organization/organization_table.h"

namespace cashline::server {

Result<void> ensure_public_address(Platform& platform, std::string const& listening_on)
{
    std::function<Result<void>(Unit&)> const work = [&](Unit& unit) -> Result<void> {
        auto const row = TRY(
            unit.retrieve(organization::table, organization_id(), { organization::public_url }));
        auto const known = row.text_or(organization::public_url);
        auto const is_ours = known.empty() || known.starts_with("http://127.0.0.1:");
        if (!is_ours || known == listening_on) {
            return {};
        }
        return unit.update(organization::table, organization_id(),
            Row {}.set(organization::public_url, listening_on));
    };
    return platform.write(system_caller(Door::command), work);
}

}
