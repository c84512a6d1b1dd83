// The walk of one row: authorise → validate → transitions → rules before → what the platform adds →
// row → cascades → rules after. docs/contracts/pipeline.md has the same numbers.
#include "core/check.h"
#include "platform/pipeline/write.h"

#include <algorithm>
#include <array>

namespace cashline {

namespace {

bool is_of_interest(Registry::RegisteredRule const& rule, Row const& values)
{
    return rule.columns.empty() || std::ranges::any_of(rule.columns, [&](ColumnIndex column) {
        return values.has(column);
    });
}

Result<void> run_rules(Write& write, std::vector<Registry::RegisteredRule> const& rules)
{
    for (auto const& registered : rules) {
        if (write.operation != Operation::remove && !is_of_interest(registered, write.values)) {
            continue;
        }
        Nested const nested(write.state());
        TRY(refuse_endless_rules(write.state()));
        Change change { write.operation, write.table().id, write.id, write.before, write.values };
        TRY(registered.rule(write.unit, change));
    }
    return {};
}

// Rules of a base table (activitypointer) run for every table that extends it, before the table's
// own.
Result<void> rules_before(Write& write)
{
    auto const* registry = write.state().context.registry;
    if (write.table().extends) {
        TRY(run_rules(write, registry->rules_before(write.operation, *write.table().extends)));
    }
    return run_rules(write, registry->rules_before(write.operation, write.table().id));
}

Result<void> rules_after(Write& write)
{
    auto const* registry = write.state().context.registry;
    if (write.table().extends) {
        TRY(run_rules(write, registry->rules_after(write.operation, *write.table().extends)));
    }
    return run_rules(write, registry->rules_after(write.operation, write.table().id));
}

// Cells that say what is stored already are no change.
void drop_unchanged(Write& write)
{
    auto const cells =
        std::vector<Row::Cell>(write.values.cells().begin(), write.values.cells().end());
    for (auto const& cell : cells) {
        if (!write.changes(cell.column)) {
            write.values.erase(cell.column);
        }
    }
}

Result<EntryStamp> entry_stamp(Write& write, Row const& row)
{
    auto const stamp = TRY(settled_stamp(write.state().context, stamp_of(write.plan, row)));
    auto const* company = write.plan.company ? row.value(*write.plan.company).as_text() : nullptr;
    return EntryStamp { .owner = stamp.owner,
        .unit = stamp.unit,
        .company = company ? *company : std::string {},
        .version = row.version() };
}

Row laid_over(Row const& before, Row const& values)
{
    auto after = before;
    after.merge(values);
    after.set_version(values.version());
    return after;
}

Result<void> record(Write& write)
{
    if (!write.plan.is_journaled) {
        return {};
    }
    auto& changes = write.state().changes;
    switch (write.operation) {
    case Operation::create:
        changes.created(write.table().id, write.id, TRY(entry_stamp(write, write.values)));
        break;
    case Operation::update:
        changes.updated(write.plan, write.before, write.values,
            TRY(entry_stamp(write, laid_over(write.before, write.values))));
        break;
    case Operation::remove:
        changes.removed(write.plan, write.before, TRY(entry_stamp(write, write.before)));
        break;
    }
    return {};
}

// An activity addressed through its common table is what its type says.
Result<Lookup> actual_target(UnitState& state, Lookup target)
{
    auto const& plan = state.plan(target.table);
    if (!plan.type_code || plan.table->extends) {
        return target;
    }
    auto const& column = plan.table->column(*plan.type_code);
    auto const sql = "select \"" + column.name + "\" from \"" + plan.table->name + "\" where \""
        + plan.table->column(plan.table->id_column).name + "\" = ?1";
    Table const* actual = nullptr;
    TRY(state.sql().each(sql, { SqlValue { target.id } }, [&](SqlRow const& row) {
        actual = column.is_text() ? state.schema().find(row.text(0))
                                  : state.schema().find(static_cast<TableId>(row.integer(0)));
        return Walk::stop;
    }));
    if (!actual) {
        return no_such_row(state.schema(), target);
    }
    return Lookup { actual->id, target.id };
}

// Once: what follows in the same unit knows that it changes what the unit itself wrote.
Result<void> check_expected_version(Write const& write)
{
    auto const expected =
        write.state().expected_versions.extract(std::pair(write.table().id, write.id));
    if (expected.empty() || expected.mapped() == write.before.version()) {
        return {};
    }
    return refuse(Fault::precondition, "ConcurrencyVersionMismatch",
        "Somebody else has changed this row of '" + write.table().name
            + "' meanwhile. Read it again before you change it.");
}

Result<void> read_before(Write& write)
{
    auto before = TRY(read_row_for_update(write.state(), write.plan, write.id));
    if (!before) {
        return no_such_row(write.state().schema(), write.target());
    }
    write.before = std::move(*before);
    return check_expected_version(write);
}

// The id may be chosen in the row, as such or in its id column.
Result<void> choose_id(Write& write)
{
    auto const column = write.table().id_column;
    if (auto const* value = write.values.find(column)) {
        auto const* id = value->as_id();
        if (!value->is_null() && (!id || id->is_nil())) {
            return invalid("InvalidArgument", "The id of a new row must be a valid GUID.",
                write.name_of(column));
        }
        if (id) {
            write.values.set_id(*id);
        }
        write.values.erase(column);
    }
    write.id = write.values.id().is_nil() ? write.unit.new_id() : write.values.id();
    write.values.set_id(write.id);
    return {};
}

Result<void> accept_id(Write& write)
{
    auto const column = write.table().id_column;
    auto const* value = write.values.find(column);
    if (value && !value->is_null() && *value != Value(write.id)) {
        return invalid(
            "InvalidArgument", "The id of a row cannot be changed.", write.name_of(column));
    }
    write.values.erase(column);
    write.values.set_id(write.id);
    return {};
}

// Users, teams, roles and units change alone, so that no unit beside them works with half of the
// new rights. The platform runs the unit again that way (platform.cpp).
Result<void> begin(Write& write)
{
    static constexpr std::array names { "Create", "Update", "Delete" };
    note_operation(write.state(), names[static_cast<std::size_t>(write.operation)]);
    TRY(authorise_table(write));
    if (!write.plan.is_about_rights) {
        return {};
    }
    write.state().changes_rights = true;
    if (!write.state().is_alone) {
        return internal(must_be_alone, "A unit that changes rights runs alone.");
    }
    return {};
}

// Handles of activitypointer fit every activity: the row is taken over by the table it is written
// to.
void adopt(Write& write)
{
    auto const given = write.values.table();
    CHECK(given == TableId {} || given == write.table().id || given == write.table().extends);
    write.values.set_table(write.table().id);
}

Result<void> walk_create(Write& write)
{
    adopt(write);
    if (write.table().is_activity && !write.table().extends) {
        return invalid("InvalidArgument",
            "An activity is created as what it is: a task, a phone call, an appointment.");
    }
    if (write.table().is_intersect && write.is_from_door()) {
        return invalid("InvalidArgument",
            "Rows are linked by associating them, not by writing into '" + write.table().name
                + "'.");
    }
    TRY(choose_id(write));
    TRY(begin(write));
    TRY(validate(write));
    TRY(settle_state(write));
    TRY(authorise_row(write));
    TRY(check_links(write));
    TRY(check_transition(write));
    auto const checked = write.values;
    TRY(rules_before(write));
    TRY(validate(write, &checked));
    TRY(check_links(write, &checked));
    TRY(settle_state(write));
    TRY(fill_created(write));
    TRY(require_values(write));
    TRY(insert_row(write));
    TRY(record(write));
    return rules_after(write);
}

Result<void> walk_update(Write& write)
{
    adopt(write);
    TRY(begin(write));
    TRY(read_before(write));
    TRY(accept_id(write));
    TRY(validate(write));
    TRY(settle_state(write));
    TRY(authorise_row(write));
    TRY(check_links(write));
    TRY(check_transition(write));
    TRY(refuse_frozen(write));
    auto const checked = write.values;
    TRY(rules_before(write));
    TRY(validate(write, &checked));
    TRY(check_links(write, &checked));
    TRY(settle_state(write));
    // Writing what is there already fires the rules but is no change: no new version, nothing in
    // the journal.
    auto const written = write.values;
    drop_unchanged(write);
    if (write.values.is_empty()) {
        write.values = written;
        return rules_after(write);
    }
    TRY(fill_updated(write));
    TRY(require_values(write));
    TRY(update_row(write));
    TRY(record(write));
    TRY(cascade_assign(write));
    auto const stored = write.values;
    write.values = laid_over(written, stored);
    return rules_after(write);
}

Result<void> walk_remove(Write& write)
{
    TRY(begin(write));
    TRY(read_before(write));
    TRY(authorise_row(write));
    TRY(rules_before(write));
    TRY(cascade_remove(write));
    TRY(remove_row(write));
    TRY(record(write));
    return rules_after(write);
}

}

Result<Id> run_create(Unit& unit, TableId table, Row row, Origin origin)
{
    auto& state = state_of(unit);
    Write write { .unit = unit,
        .operation = Operation::create,
        .plan = state.plan(table),
        .origin = origin,
        .values = std::move(row) };
    TRY(walk_create(write));
    return write.id;
}

Result<void> run_update(Unit& unit, Lookup target, Row changes, Origin origin)
{
    auto& state = state_of(unit);
    auto const actual = TRY(actual_target(state, target));
    Write write { .unit = unit,
        .operation = Operation::update,
        .plan = state.plan(actual.table),
        .id = actual.id,
        .origin = origin,
        .values = std::move(changes) };
    return walk_update(write);
}

Result<void> run_remove(Unit& unit, Lookup target, Origin origin)
{
    auto& state = state_of(unit);
    auto const actual = TRY(actual_target(state, target));
    Write write { .unit = unit,
        .operation = Operation::remove,
        .plan = state.plan(actual.table),
        .id = actual.id,
        .origin = origin,
        .values = Row(actual.table, actual.id) };
    return walk_remove(write);
}

}
