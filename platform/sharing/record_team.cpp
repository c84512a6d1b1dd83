#include "platform/sharing/record_team.h"

#include "platform/metadata/display.h"
#include "platform/notification/notify.h"
#include "platform/security/share/share_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/security/system_user/teammembership_table.h"
#include "platform/security/team/team_table.h"
#include "platform/security/team/team_template_table.h"

namespace cashline {

namespace {

Result<Row> template_for(Unit& elevated, Lookup const& wanted, Lookup const& record)
{
    auto row = TRY(elevated.retrieve(team_template::table, wanted.id));
    if (row.get(team_template::table_number) != static_cast<std::int64_t>(record.table)) {
        return invalid(
            "InvalidArgument", "This team template is for another kind of record.", "TeamTemplate");
    }
    return row;
}

Result<std::optional<Id>> team_of(Unit& elevated, Lookup const& record, Id template_id)
{
    auto const found = TRY(elevated.first(Query::from(team::table)
            .select({ team::name })
            .where(team::regarding == record && team::template_ == template_id)));
    return found ? std::optional(found->id()) : std::nullopt;
}

Result<std::string> title_of(Unit& elevated, Lookup const& record)
{
    auto const& table = elevated.schema().table(record.table);
    auto const row = TRY(elevated.retrieve(record));
    auto const& column = table.name_or_id_column();
    return display_text(column, row.value(column.index));
}

Result<Id> ensure_team(Unit& elevated, Lookup const& record, Row const& team_template_row)
{
    if (auto const existing = TRY(team_of(elevated, record, team_template_row.id()))) {
        return *existing;
    }
    auto const user =
        TRY(elevated.retrieve(system_user::table, elevated.caller().user, { system_user::unit }));
    auto name =
        team_template_row.text_or(team_template::name) + ": " + TRY(title_of(elevated, record));
    name.resize(std::min<std::size_t>(name.size(), 150));
    Row row;
    row.set(team::name, name)
        .set(team::team_type, TeamTeamType::access)
        .set(team::is_system_managed, true)
        .set(team::regarding, record)
        .set(team::template_, team_template_row.id())
        .set(team::unit, user.get(system_user::unit));
    return elevated.create(std::move(row));
}

Result<std::optional<Row>> share_of(Unit& elevated, Lookup const& user, Lookup const& record)
{
    return elevated.first(
        Query::from(share::table).where(share::principal == user && share::object == record));
}

Result<void> caller_must_be_able_to_share(Unit& unit, Lookup const& record)
{
    if (TRY(unit.may(Privilege::share, record.table, record.id))) {
        return {};
    }
    return denied("AccessDenied", "You may not give others access to this record.");
}

Result<AddUserToRecordTeam::Reply> add_user(Unit& unit, AddUserToRecordTeam const& request)
{
    // 1. Whoever gives access must be able to share the row, and only rows he can see.
    TRY(unit.retrieve(request.record));
    TRY(caller_must_be_able_to_share(unit, request.record));
    auto elevated = unit.elevated();
    auto const team_template_row =
        TRY(template_for(elevated, request.team_template, request.record));
    // 2. The first member brings the team into being.
    auto const team_id = TRY(ensure_team(elevated, request.record, team_template_row));
    auto const members = TRY(elevated.count(Query::from(teammembership::table)
            .where(teammembership::systemuserid == request.user.id
                && teammembership::teamid == team_id)));
    if (members > 0) {
        return conflict("DuplicateSalesTeamMember", "This person is a member of the team already.");
    }
    TRY(elevated.associate("teammembership_association", request.user.id, team_id));
    // 3. The member's access to just this row.
    auto const mask = team_template_row.get(team_template::rights_mask).value_or(0);
    if (auto const existing = TRY(share_of(elevated, request.user, request.record))) {
        auto const joined = existing->get(share::rights_mask).value_or(0) | mask;
        TRY(elevated.update(share::table, existing->id(), Row {}.set(share::rights_mask, joined)));
    } else {
        TRY(elevated.create(Row {}
                .set(share::principal, request.user)
                .set(share::object, request.record)
                .set(share::rights_mask, mask)));
    }
    TRY(notify(unit, request.user,
        { .title = "You joined the team of " + TRY(title_of(elevated, request.record)),
            .about = request.record }));
    return AddUserToRecordTeam::Reply { team_id };
}

Result<AddUserToRecordTeam::Reply> remove_user(Unit& unit, RemoveUserFromRecordTeam const& request)
{
    TRY(caller_must_be_able_to_share(unit, request.record));
    auto elevated = unit.elevated();
    auto const team_id = TRY(team_of(elevated, request.record, request.team_template.id));
    if (!team_id) {
        return missing("ObjectDoesNotExist", "This record has no such team.");
    }
    TRY(elevated.disassociate("teammembership_association", request.user.id, *team_id));
    if (auto const existing = TRY(share_of(elevated, request.user, request.record))) {
        TRY(elevated.remove(share::table, existing->id()));
    }
    return AddUserToRecordTeam::Reply { *team_id };
}

}

void register_record_teams(Registry& registry)
{
    registry.message<AddUserToRecordTeam>(add_user).bound_to(
        system_user::table, &AddUserToRecordTeam::user);
    registry.message<RemoveUserFromRecordTeam>(remove_user)
        .bound_to(system_user::table, &RemoveUserFromRecordTeam::user);
}

}
