#include "platform/pipeline/unit.h"

#include "core/check.h"
#include "platform/numbers/numbers.h"
#include "platform/pipeline/write.h"

namespace cashline {

namespace {

// Rows per draw of versions: a unit of many rows goes to the counter once.
constexpr std::int64_t version_block = 16;

struct Link {
    ManyToMany const* relationship {};
    Table const* intersect {};
};

Result<Link> find_link(Unit& unit, std::string_view relationship)
{
    auto const* found = unit.schema().find_many_to_many(relationship);
    if (!found) {
        return invalid("InvalidArgument",
            "There is no many-to-many relationship '" + std::string(relationship) + "'.");
    }
    return Link { found, &unit.schema().table(found->intersect) };
}

Result<SecurityStamp> visible_stamp(Unit& unit, Lookup row)
{
    auto& context = unit.context();
    auto const stamp = TRY(find_stamp(context, row));
    if (!stamp || !TRY(may(context, unit.caller(), { Privilege::read, row, *stamp }))) {
        return no_such_row(unit.schema(), row);
    }
    return *stamp;
}

// Either row may be the one that is attached: Append on it and AppendTo on the other. A table
// without such rights of its own (units, roles) asks for the right to change it.
Result<void> authorise_link(Unit& unit, Lookup first, Lookup second)
{
    if (unit.caller().is_system()) {
        return {};
    }
    auto const first_stamp = TRY(visible_stamp(unit, first));
    auto const second_stamp = TRY(visible_stamp(unit, second));
    auto const both = [&](Privilege on_first, Privilege on_second) -> Result<bool> {
        return TRY(may(unit.context(), unit.caller(), { on_first, first, first_stamp }))
            && TRY(may(unit.context(), unit.caller(), { on_second, second, second_stamp }));
    };
    if (TRY(both(Privilege::append, Privilege::append_to))
        || TRY(both(Privilege::append_to, Privilege::append))) {
        return {};
    }
    return access_refusal(
        unit.context(), unit.caller(), Privilege::append, unit.schema().table(first.table));
}

Result<std::optional<Id>> find_linked(Unit& unit, Link const& link, Id first, Id second)
{
    auto const& table = *link.intersect;
    auto const sql = "select \"" + table.column(table.id_column).name + "\" from \"" + table.name
        + "\" where \"" + table.column(link.relationship->first_column).name + "\" = ?1 and \""
        + table.column(link.relationship->second_column).name + "\" = ?2";
    std::optional<Id> found;
    TRY(state_of(unit).sql().each(
        sql, { SqlValue { first }, SqlValue { second } }, [&](SqlRow const& row) {
            found = row.id(0);
            return Walk::stop;
        }));
    return found;
}

}

UnitState& state_of(Unit& unit)
{
    CHECK(unit.context().unit != nullptr);
    return *unit.context().unit;
}

void note_operation(UnitState& state, std::string_view name)
{
    if (state.depth > 0) {
        return;
    }
    state.running = name;
    if (state.reason.empty()) {
        state.reason = name;
    }
}

Result<void> refuse_endless_rules(UnitState const& state)
{
    if (state.depth > rule_depth_max) {
        return conflict("rules_too_deep",
            "Rules have called each other too often; one of them seems to answer itself.");
    }
    return {};
}

Result<std::int64_t> next_version(UnitState& state)
{
    if (state.versions_left == 0) {
        auto const* sql = state.sql().dialect() == Dialect::postgresql
            ? "select nextval('cl_version')"
            : "update cl_counter set value = value + 16 where name = 'version' returning value";
        auto const drawn = TRY(state.sql().find_integer(sql));
        CHECK(drawn.has_value());
        state.last_version = *drawn - version_block;
        state.versions_left = version_block;
    }
    --state.versions_left;
    return ++*state.last_version;
}

Result<Id> Unit::create(TableId table, Row row)
{
    return run_create(*this, table, std::move(row), Origin::caller);
}

Result<void> Unit::update(TableId table, Id id, Row changes)
{
    return run_update(*this, { table, id }, std::move(changes), Origin::caller);
}

Result<void> Unit::remove(TableId table, Id id)
{
    return run_remove(*this, { table, id }, Origin::caller);
}

Result<Row> Unit::retrieve_for_update(TableId table, Id id, Columns const& columns)
{
    auto& state = state_of(*this);
    auto const& plan = state.plan(table);
    auto row = TRY(read_row_for_update(state, plan, id));
    AccessQuestion question { Privilege::read, { table, id } };
    if (row) {
        question.stamp = stamp_of(plan, *row);
    }
    if (!may_at_all(context(), caller(), Privilege::read, *plan.table)) {
        return access_refusal(context(), caller(), Privilege::read, *plan.table);
    }
    if (!row || !TRY(cashline::may(context(), caller(), question))) {
        return no_such_row(schema(), { table, id });
    }
    if (columns.indexes.empty()) {
        return std::move(*row);
    }
    Row chosen(table, id);
    chosen.set_version(row->version());
    for (auto const column : columns.indexes) {
        chosen.set(column, row->value(column));
    }
    return chosen;
}

Result<void> Unit::associate(std::string_view relationship, Id first, Id second)
{
    note_operation(state_of(*this), "Associate");
    auto const link = TRY(find_link(*this, relationship));
    Lookup const first_row { link.relationship->first, first };
    Lookup const second_row { link.relationship->second, second };
    TRY(authorise_link(*this, first_row, second_row));
    if (TRY(find_linked(*this, link, first, second))) {
        return refuse(Fault::precondition, "DuplicateRecord", "These rows are linked already.");
    }
    Row row(link.intersect->id);
    row.set(link.relationship->first_column, Value(first_row));
    row.set(link.relationship->second_column, Value(second_row));
    // Authorised above by the rows it joins. Rules of the intersect table still see the caller.
    Nested const nested(state_of(*this));
    TRY(run_create(*this, link.intersect->id, std::move(row), Origin::link));
    return {};
}

Result<void> Unit::disassociate(std::string_view relationship, Id first, Id second)
{
    note_operation(state_of(*this), "Disassociate");
    auto const link = TRY(find_link(*this, relationship));
    Lookup const first_row { link.relationship->first, first };
    Lookup const second_row { link.relationship->second, second };
    TRY(authorise_link(*this, first_row, second_row));
    auto const found = TRY(find_linked(*this, link, first, second));
    if (!found) {
        return missing("ObjectDoesNotExist", "These rows are not linked.");
    }
    Nested const nested(state_of(*this));
    return run_remove(*this, { link.intersect->id, *found }, Origin::link);
}

void Unit::expect_version(TableId table, Id id, std::int64_t version)
{
    state_of(*this).expected_versions[{ table, id }] = version;
}

void Unit::later(Job job) { state_of(*this).jobs.push_back(std::move(job)); }

Result<std::string> Unit::next_number(std::string_view series, std::string_view company)
{
    return numbers::draw(*this, series, company);
}

void Unit::join_undo_set(Id set) { state_of(*this).undo_set = set; }

std::string_view Unit::reason() const { return m_context->unit->running; }

Unit Unit::elevated() const
{
    if (caller().is_system()) {
        return *this;
    }
    return Unit(*m_context, m_context->elevated_of(caller()));
}

}
