// One row on its way through the stages, as the stages share it. docs/contracts/pipeline.md says
// what each stage does and in which order.
#pragma once

#include "platform/pipeline/row_access.h"
#include "platform/pipeline/unit_state.h"

namespace cashline {

enum class Origin : std::uint8_t {
    caller, // a door, a message or a rule
    link, // associate and disassociate, authorised by the rows that are joined
    cascade, // follow-up work of the platform itself on rows that point at a removed or assigned
             // one
};

struct Write {
    Unit& unit;
    Operation operation {};
    TablePlan const& plan;
    Id id {};
    Origin origin {};
    Row before {};
    Row values {};

    UnitState& state() const { return state_of(unit); }
    Caller const& caller() const { return unit.caller(); }
    Table const& table() const { return *plan.table; }
    Lookup target() const { return { table().id, id }; }
    // What came through a door may not set what rules and the platform keep.
    bool is_from_door() const
    {
        return origin == Origin::caller && state().depth == 0 && !caller().is_system();
    }
    bool is_create() const { return operation == Operation::create; }
    Value const& now(ColumnIndex column) const
    {
        auto const* set = values.find(column);
        return set ? *set : before.value(column);
    }
    bool changes(ColumnIndex column) const
    {
        auto const* set = values.find(column);
        return set && *set != before.value(column);
    }
    std::string name_of(ColumnIndex column) const { return table().column(column).name; }
};

// The refusal of a unit that has to run again without others beside it; never leaves the platform.
inline constexpr std::string_view must_be_alone = "unit_must_be_alone";

// Stages, in this order. Each is one file.

// authorise.cpp: the table's privilege; then, with the row known, this row.
Result<void> authorise_table(Write& write);
Result<void> authorise_row(Write& write);

// validate.cpp: types, lengths, bounds, options, what may be written. First the caller's values;
// after the rules, with `checked` holding what was found good before, what they added.
Result<void> validate(Write& write, Row const* checked = nullptr);
Result<void> require_values(Write const& write);

// links.cpp: rows that lookups point at exist, and may be pointed at by this caller.
Result<void> check_links(Write& write, Row const* checked = nullptr);

// states.cpp: state and reason belong together; transitions; frozen rows.
Result<void> settle_state(Write& write);
Result<void> check_transition(Write const& write);
Result<void> refuse_frozen(Write const& write);

// fill.cpp: defaults, owner, currency, standard columns, numbers, version.
Result<void> fill_created(Write& write);
Result<void> fill_updated(Write& write);

// base_amounts.cpp
Result<void> fill_currency(Write& write);

// rows.cpp: SQL.
Result<void> insert_row(Write& write);
Result<void> update_row(Write& write);
Result<void> remove_row(Write& write);
// Every stored column; empty when there is no such row. Locked until the end of the unit.
Result<std::optional<Row>> read_row_for_update(UnitState& state, TablePlan const& plan, Id id);

// cascade.cpp
Result<void> cascade_remove(Write& write);
Result<void> cascade_assign(Write& write);

// The whole walk (stages.cpp).
Result<Id> run_create(Unit& unit, TableId table, Row row, Origin origin);
Result<void> run_update(Unit& unit, Lookup target, Row changes, Origin origin);
Result<void> run_remove(Unit& unit, Lookup target, Origin origin);

Refusal no_such_row(Schema const& schema, Lookup row);

}
