#include "platform/security/rights_cache.h"

#include "platform/security/role_grants.h"

#include <algorithm>
#include <set>

namespace cashline {

namespace {

Result<std::vector<Id>> read_ids(SqlConnection& sql, std::string_view statement, Id id)
{
    std::vector<Id> ids;
    TRY(sql.each(statement, { SqlValue { id } }, [&](SqlRow const& row) {
        ids.push_back(row.id(0));
        return Walk::on;
    }));
    return ids;
}

Result<std::vector<Id>> units_below(SqlConnection& sql, Id unit)
{
    return read_ids(sql,
        "with recursive below(id) as (select businessunitid from businessunit "
        "where businessunitid = ?1 union select u.businessunitid from businessunit u "
        "join below b on u.parentbusinessunitid = b.id) select id from below",
        unit);
}

struct UserRow {
    Caller caller {};
    Id unit {};
    bool is_disabled {};
};

Result<UserRow> read_user(SqlConnection& sql, Id user)
{
    std::optional<UserRow> found;
    TRY(sql.each("select coalesce(fullname, domainname), businessunitid, isdisabled, cl_timezone, "
                 "cl_locale from systemuser where systemuserid = ?1",
        { SqlValue { user } }, [&](SqlRow const& row) {
            auto& read = found.emplace();
            read.caller.user = user;
            read.caller.real_user = user;
            read.caller.user_name = row.is_null(0) ? "" : row.text(0);
            read.unit = row.is_null(1) ? Id {} : row.id(1);
            read.is_disabled = !row.is_null(2) && row.integer(2) != 0;
            read.caller.time_zone = row.is_null(3) ? "UTC" : row.text(3);
            read.caller.locale = row.is_null(4) ? "en" : row.text(4);
            return Walk::stop;
        }));
    if (!found) {
        return missing(
            "ObjectDoesNotExist", "systemuser With Id = " + user.to_string() + " Does Not Exist");
    }
    return *found;
}

Result<std::set<Id>> read_roles(SqlConnection& sql, Id user)
{
    auto const own =
        TRY(read_ids(sql, "select roleid from systemuserroles where systemuserid = ?1", user));
    auto const of_teams = TRY(read_ids(sql,
        "select r.roleid from teamroles r join teammembership m on m.teamid = r.teamid "
        "where m.systemuserid = ?1",
        user));
    std::set<Id> roles(own.begin(), own.end());
    roles.insert(of_teams.begin(), of_teams.end());
    return roles;
}

Result<Caller> load(SqlConnection& sql, Schema const& schema, Id user)
{
    auto read = TRY(read_user(sql, user));
    if (read.is_disabled) {
        return denied(
            "unManagedidsusernotenabled", "The user '" + read.caller.user_name + "' is disabled.");
    }
    auto rights = std::make_shared<Rights>();
    rights->user = user;
    rights->unit = read.unit;
    rights->subtree = TRY(units_below(sql, read.unit));
    rights->teams =
        TRY(read_ids(sql, "select teamid from teammembership where systemuserid = ?1", user));
    for (auto const& role : TRY(read_roles(sql, user))) {
        grant_role_row(*rights, schema, role);
    }
    read.caller.rights = std::move(rights);
    return std::move(read.caller);
}

}

RightsCache::Known RightsCache::known(Id user)
{
    auto const lock = std::scoped_lock { m_mutex };
    auto const found = m_callers.find(user);
    return { found == m_callers.end() ? std::nullopt : std::optional(found->second), m_generation };
}

Result<Caller> RightsCache::caller_of(Store& store, Schema const& schema, Id user, Door door)
{
    if (user == system_user_id()) {
        return system_caller(door);
    }
    auto [caller, generation] = known(user);
    if (!caller) {
        // The view is taken after the generation was read: rights that change from now on are
        // noticed, and what was read is good for this once, not to be kept.
        auto const snapshot = TRY(store.read());
        caller = TRY(load(snapshot->sql(), schema, user));
        auto const lock = std::scoped_lock { m_mutex };
        if (generation == m_generation) {
            m_callers.emplace(user, *caller);
        }
    }
    caller->door = door;
    return std::move(*caller);
}

void RightsCache::forget()
{
    auto const lock = std::scoped_lock { m_mutex };
    m_callers.clear();
    ++m_generation;
}

}
