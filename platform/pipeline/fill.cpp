// What the platform adds to a row before it is stored. After the rules before, so that a rule can
// tell what the caller left out; numbers last, so that a refused row draws none.
#include "platform/numbers/numbers.h"
#include "platform/pipeline/write.h"

namespace cashline {

namespace {

void fill_defaults(Write& write)
{
    for (auto const& column : write.table().columns) {
        if (column.is_stored() && !column.default_value.is_null()
            && !write.values.has(column.index)) {
            write.values.set(column.index, column.default_value);
        }
    }
}

// A new row without a state starts in the first one, with its default reason.
void fill_state(Write& write)
{
    auto const& plan = write.plan;
    if (!plan.state || !plan.status) {
        return;
    }
    auto const* state = write.values.value(*plan.state).as_integer();
    auto const* option = state ? write.table().column(*plan.state).option(*state) : nullptr;
    if (option && !write.values.has(*plan.status)) {
        write.values.set(*plan.status, Value(option->state));
    }
}

struct OwnerFacts {
    Id unit {};
    bool may_own {};
};

Result<OwnerFacts> owner_facts(UnitState& state, Lookup owner)
{
    auto const is_team = owner.table == team_table;
    auto const* sql = is_team ? "select businessunitid, teamtype from team where teamid = ?1"
                              : "select businessunitid, isdisabled from systemuser "
                                "where systemuserid = ?1";
    std::optional<OwnerFacts> facts;
    TRY(state.sql().each(sql, { SqlValue { owner.id } }, [&](SqlRow const& row) {
        // Access teams (1) and disabled users own nothing.
        auto const flag = row.is_null(1) ? 0 : row.integer(1);
        facts = OwnerFacts { row.is_null(0) ? Id {} : row.id(0), is_team ? flag != 1 : flag == 0 };
        return Walk::stop;
    }));
    if (!facts) {
        return no_such_row(state.schema(), owner);
    }
    return *facts;
}

Result<void> fill_owner(Write& write)
{
    auto const& plan = write.plan;
    if (!plan.owner || !plan.owning_unit) {
        return {};
    }
    if (write.is_create() && write.values.value(*plan.owner).is_null()) {
        write.values.set(*plan.owner, Value(Lookup { system_user_table, write.caller().user }));
    }
    if (!write.changes(*plan.owner)) {
        return {};
    }
    auto const* owner = write.values.value(*plan.owner).as_lookup();
    if (!owner) {
        return invalid("InvalidOwnerID", "A row of '" + write.table().name + "' needs an owner.",
            write.name_of(*plan.owner));
    }
    auto const facts = TRY(owner_facts(write.state(), *owner));
    if (!facts.may_own && owner->table == team_table) {
        return conflict("CannotAssignToAccessTeam", "An access team cannot own rows.",
            write.name_of(*plan.owner));
    }
    // The platform may let a departed person's rows be as they are, but nobody gives him new ones.
    if (!facts.may_own && !write.caller().is_system()) {
        return conflict("unManagedidsownernotenabled",
            "The new owner is disabled. Choose somebody who can sign in.",
            write.name_of(*plan.owner));
    }
    write.values.set(*plan.owning_unit, Value(Lookup { business_unit_table, facts.unit }));
    return {};
}

// A row brought from elsewhere keeps the moment it was created at; when it came here is noted
// beside it.
void fill_created_on(Write& write, Value const& now)
{
    auto const& plan = write.plan;
    if (!plan.created_on) {
        return;
    }
    auto const is_trusted = write.caller().is_system();
    if (plan.overridden_created_on && write.values.has(*plan.overridden_created_on)) {
        auto const original = write.values.value(*plan.overridden_created_on);
        auto const may = is_trusted || write.caller().rights->may("prvOverrideCreatedOnCreatedBy");
        if (may && original.as_timestamp()) {
            write.values.set(*plan.created_on, original);
            write.values.set(*plan.overridden_created_on, now);
            return;
        }
        write.values.erase(*plan.overridden_created_on);
    }
    if (!is_trusted || write.values.value(*plan.created_on).is_null()) {
        write.values.set(*plan.created_on, now);
    }
}

void fill_author(Write& write, std::optional<ColumnIndex> by, std::optional<ColumnIndex> behalf)
{
    auto const& caller = write.caller();
    if (by && !(caller.is_system() && !write.values.value(*by).is_null())) {
        write.values.set(*by, Value(Lookup { system_user_table, caller.user }));
    }
    auto const is_behalf = !caller.real_user.is_nil() && caller.real_user != caller.user;
    if (behalf && is_behalf) {
        write.values.set(*behalf, Value(Lookup { system_user_table, caller.real_user }));
    }
}

void fill_modified(Write& write, Value const& moment)
{
    auto const& plan = write.plan;
    auto const is_given = plan.modified_on && write.caller().is_system()
        && !write.values.value(*plan.modified_on).is_null();
    if (plan.modified_on && !is_given) {
        write.values.set(*plan.modified_on, moment);
    }
    fill_author(write, plan.modified_by, plan.modified_on_behalf_by);
}

Result<void> fill_version(Write& write)
{
    if (!write.plan.version) {
        return {};
    }
    auto version = TRY(next_version(write.state()));
    // Another process may have drawn a later block and written this row first.
    version = std::max(version, write.before.version() + 1);
    write.values.set(*write.plan.version, Value(version));
    write.values.set_version(version);
    return {};
}

Result<void> fill_numbers(Write& write)
{
    for (auto const index : write.plan.numbered) {
        if (!write.values.value(index).is_null()) {
            continue;
        }
        auto const* company =
            write.plan.company ? write.values.value(*write.plan.company).as_text() : nullptr;
        auto const& column = write.table().column(index);
        write.values.set(index,
            Value(TRY(numbers::draw_for_column(
                write.unit, write.table(), column, company ? *company : std::string {}))));
    }
    return {};
}

}

Result<void> fill_created(Write& write)
{
    Value const now { write.state().context.now };
    fill_defaults(write);
    fill_state(write);
    TRY(fill_owner(write));
    TRY(fill_currency(write));
    fill_created_on(write, now);
    fill_author(write, write.plan.created_by, write.plan.created_on_behalf_by);
    // History that is brought in was last touched when it was made, unless the source knows better.
    fill_modified(write, write.plan.created_on ? write.values.value(*write.plan.created_on) : now);
    if (write.plan.type_code) {
        auto const& column = write.table().column(*write.plan.type_code);
        write.values.set(*write.plan.type_code,
            column.is_text() ? Value(write.table().name)
                             : Value(static_cast<std::int64_t>(write.table().id)));
    }
    TRY(fill_numbers(write));
    return fill_version(write);
}

Result<void> fill_updated(Write& write)
{
    TRY(fill_owner(write));
    TRY(fill_currency(write));
    fill_modified(write, Value(write.state().context.now));
    return fill_version(write);
}

}
