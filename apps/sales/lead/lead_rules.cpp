#include "apps/sales/lead/lead_rules.h"

#include "apps/parties/api.h"
#include "apps/sales/lead/lead_table.h"
#include "platform/notification/notify.h"

namespace cashline::sales {

Result<void> fill_lead_name(Unit&, Change& change)
{
    auto const now = change.after();
    change.values.set(lead::full_name,
        parties::full_name(
            now.get(lead::first_name), now.get(lead::middle_name), now.get(lead::last_name)));
    return {};
}

Result<void> tell_new_owner(Unit& unit, Change& change)
{
    auto const* owner = change.now(lead::owner).as_lookup();
    if (!owner || (change.operation == Operation::update && !change.changes(lead::owner))) {
        return {};
    }
    auto const now = change.after();
    return notify(unit, *owner,
        { .title = "New lead: " + now.text_or(lead::topic),
            .body = now.text_or(lead::full_name) + ", " + now.text_or(lead::company_name),
            .about = { lead::table, change.id },
            .kind = 870000001 });
}

}
