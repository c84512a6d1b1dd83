#include "platform/notification/notify.h"

#include "platform/notification/notification_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/security/system_user/teammembership_table.h"

namespace cashline {

namespace {

Result<void> notify_person(Unit& unit, Id person, Notice const& notice)
{
    if (person == unit.caller().user) {
        return {};
    }
    Row row;
    row.set(notification::title, notice.title)
        .set(notification::body, notice.body)
        .set(notification::kind, static_cast<NotificationKind>(notice.kind))
        .set(notification::is_read, false)
        .set(notification::owner, Lookup { system_user::table, person });
    if (auto const* table = unit.schema().find(notice.about.table)) {
        row.set(notification::record_table, table->name)
            .set(notification::record_id, notice.about.id);
    }
    TRY(unit.elevated().create(std::move(row)));
    return {};
}

}

Result<void> notify(Unit& unit, Lookup recipient, Notice const& notice)
{
    if (recipient.table == system_user::table) {
        return notify_person(unit, recipient.id, notice);
    }
    auto const members = TRY(unit.elevated().query(Query::from(teammembership::table)
            .select({ teammembership::systemuserid })
            .where(teammembership::teamid == recipient.id)));
    for (auto const& member : members) {
        if (auto const person = member.get(teammembership::systemuserid)) {
            TRY(notify_person(unit, person->id, notice));
        }
    }
    return {};
}

}
