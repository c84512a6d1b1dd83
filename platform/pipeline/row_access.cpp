#include "platform/pipeline/row_access.h"

#include "core/check.h"
#include "platform/metadata/row.h"
#include "platform/pipeline/table_plan.h"

#include <algorithm>

namespace cashline {

namespace {

// Who may change a document may change its lines: rights on a row without owner are rights on its
// parent.
Privilege on_parent(Privilege privilege)
{
    return privilege == Privilege::read ? Privilege::read : Privilege::write;
}

bool covers(Rights const& rights, Depth depth, AccessQuestion const& question)
{
    auto const owner = question.stamp.owner.id;
    if (depth == Depth::organization) {
        return true;
    }
    if (depth == Depth::none) {
        return false;
    }
    if (!owner.is_nil()
        && (owner == rights.user || std::ranges::find(rights.teams, owner) != rights.teams.end())) {
        return true;
    }
    // A person may always use his own user row where he may use any.
    if (owner.is_nil() && question.row.id == rights.user) {
        return true;
    }
    if (depth == Depth::unit) {
        return question.stamp.unit == rights.unit;
    }
    return depth == Depth::subtree
        && std::ranges::find(rights.subtree, question.stamp.unit) != rights.subtree.end();
}

Result<bool> is_shared(ReadContext& context, Rights const& rights, AccessQuestion const& question)
{
    if (!context.schema.find("principalobjectaccess")) {
        return false;
    }
    std::string sql = "select accessrightsmask from principalobjectaccess where objectid = ?1 "
                      "and principalid in (?2";
    std::vector<SqlValue> values { question.row.id, rights.user };
    for (auto const& team : rights.teams) {
        values.emplace_back(team);
        sql += ", ?" + std::to_string(values.size());
    }
    auto shared = false;
    TRY(context.sql.each(sql + ")", values, [&](SqlRow const& row) {
        shared = shared || (row.integer(0) & access_right(question.privilege)) != 0;
        return Walk::on;
    }));
    return shared;
}

// Roles speak of activities as a whole; a type may be granted beyond that.
Depth depth_of(Rights const& rights, Table const& table, Privilege privilege)
{
    auto const depth = rights.depth(table.id, privilege);
    return table.extends ? std::max(depth, rights.depth(*table.extends, privilege)) : depth;
}

}

std::int64_t access_right(Privilege privilege)
{
    switch (privilege) {
    case Privilege::read:
        return 1;
    case Privilege::write:
        return 2;
    case Privilege::append:
        return 4;
    case Privilege::append_to:
        return 16;
    case Privilege::create:
        return 32;
    case Privilege::remove:
        return 65536;
    case Privilege::share:
        return 262144;
    case Privilege::assign:
        return 524288;
    }
    return 0;
}

std::string privilege_name(Table const& table, Privilege privilege)
{
    static constexpr std::array verbs { "Create", "Read", "Write", "Delete", "Append", "AppendTo",
        "Assign", "Share" };
    return std::string("prv") + verbs[static_cast<std::size_t>(privilege)]
        + (table.is_activity ? "Activity" : table.schema_name);
}

SecurityStamp stamp_of(TablePlan const& plan, Row const& row)
{
    SecurityStamp stamp;
    if (plan.owner) {
        auto const* owner = row.value(*plan.owner).as_lookup();
        stamp.owner = owner ? *owner : Lookup {};
    }
    if (plan.owning_unit) {
        auto const& value = row.value(*plan.owning_unit);
        stamp.unit = value.as_lookup() ? value.as_lookup()->id
            : value.as_id()            ? *value.as_id()
                                       : Id {};
    }
    if (plan.table->parent) {
        auto const* parent = row.value(*plan.table->parent).as_lookup();
        stamp.parent = parent ? std::optional(*parent) : std::nullopt;
    }
    return stamp;
}

Result<std::optional<SecurityStamp>> find_stamp(ReadContext& context, Lookup row)
{
    CHECK(context.plans != nullptr);
    auto const& plan = context.plans->plan(row.table);
    std::optional<SecurityStamp> stamp;
    TRY(context.sql.each(plan.select_stamp, { SqlValue { row.id } }, [&](SqlRow const& found) {
        auto& made = stamp.emplace();
        if (!found.is_null(0)) {
            made.owner = { static_cast<TableId>(found.integer(1)), found.id(0) };
        }
        if (!found.is_null(2)) {
            made.unit = found.id(2);
        }
        if (!found.is_null(3)) {
            made.parent = Lookup { static_cast<TableId>(found.integer(4)), found.id(3) };
        }
        return Walk::stop;
    }));
    return stamp;
}

Result<SecurityStamp> settled_stamp(ReadContext& context, SecurityStamp stamp)
{
    // Lines of lines do not exist; a loop of parents would be a bad definition, so the walk is
    // bounded.
    for (auto step = 0; stamp.parent && step < 4; ++step) {
        auto const parent = TRY(find_stamp(context, *stamp.parent));
        if (!parent) {
            return SecurityStamp {};
        }
        stamp = *parent;
    }
    return stamp;
}

bool may_at_all(ReadContext& context, Caller const& caller, Privilege privilege, Table const& table)
{
    if (caller.is_system()) {
        return true;
    }
    if (!caller.rights) {
        return false;
    }
    if (table.ownership != Ownership::none) {
        return depth_of(*caller.rights, table, privilege) != Depth::none;
    }
    if (!table.parent) {
        return false;
    }
    auto const& targets = table.column(*table.parent).targets;
    return std::ranges::any_of(targets, [&](TableId target) {
        auto const* parent = context.schema.find(target);
        return parent && may_at_all(context, caller, on_parent(privilege), *parent);
    });
}

Result<bool> may(ReadContext& context, Caller const& caller, AccessQuestion const& question)
{
    if (caller.is_system()) {
        return true;
    }
    auto const& table = context.schema.table(question.row.table);
    if (!caller.rights || !may_at_all(context, caller, question.privilege, table)) {
        return false;
    }
    if (table.ownership == Ownership::none) {
        if (!question.stamp.parent) {
            return false;
        }
        auto const stamp = TRY(find_stamp(context, *question.stamp.parent));
        if (!stamp) {
            return false;
        }
        return may(
            context, caller, { on_parent(question.privilege), *question.stamp.parent, *stamp });
    }
    auto const depth = depth_of(*caller.rights, table, question.privilege);
    if (table.ownership == Ownership::organization || covers(*caller.rights, depth, question)) {
        return true;
    }
    return is_shared(context, *caller.rights, question);
}

Refusal access_refusal(
    ReadContext& context, Caller const& caller, Privilege privilege, Table const& table)
{
    auto const name = privilege_name(table, privilege);
    if (!may_at_all(context, caller, privilege, table)) {
        return denied("PrivilegeDenied",
            "User '" + caller.user_name + "' is missing the privilege " + name + " on table '"
                + table.name + "'. Ask an administrator for a role that has it.");
    }
    return denied("AccessDenied",
        "User '" + caller.user_name + "' has " + name + ", but not for this row of '" + table.name
            + "'. Ask its owner to share or assign it.");
}

}
