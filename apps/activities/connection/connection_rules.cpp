#include "apps/activities/connection/connection_rules.h"

#include "apps/activities/connection/connection_table.h"

namespace cashline::activities {

namespace {

Row mirrored(Row const& row)
{
    Row mirror(connection::table);
    mirror.set(connection::from, row.get(connection::to))
        .set(connection::to, row.get(connection::from))
        .set(connection::from_role, row.get(connection::to_role))
        .set(connection::to_role, row.get(connection::from_role))
        .set(connection::description, row.get(connection::description))
        .set(connection::start, row.get(connection::start))
        .set(connection::end, row.get(connection::end));
    return mirror;
}

bool is_mirror(Change const& change)
{
    return !change.now(connection::related_connection).is_null()
        && !change.now(connection::is_master).is_null()
        && change.now(connection::is_master) == Value(false);
}

}

Result<void> connection_needs_both_sides(Unit&, Change& change)
{
    auto const now = change.after();
    if (now.is_null(connection::from) || now.is_null(connection::to)) {
        return invalid("BothConnectionSidesAreNeeded", "A connection joins two records: name both.",
            now.is_null(connection::from) ? "record1id" : "record2id");
    }
    auto const start = now.get(connection::start);
    auto const end = now.get(connection::end);
    if (start && end && *end < *start) {
        return invalid("ConnectionInvalidStartEndDate", "A connection cannot end before it begins.",
            "effectiveend");
    }
    if (change.operation == Operation::create
        && change.values.is_null(connection::related_connection)) {
        change.values.set(connection::is_master, true);
    }
    return {};
}

Result<void> write_mirror(Unit& unit, Change& change)
{
    if (is_mirror(change)) {
        return {};
    }
    auto elevated = unit.elevated();
    auto mirror = mirrored(change.after());
    mirror.set(connection::is_master, false).set(connection::related_connection, change.id);
    mirror.set(connection::owner, change.after().get(connection::owner));
    auto const id = TRY(elevated.create(std::move(mirror)));
    return elevated.update(
        connection::table, change.id, Row {}.set(connection::related_connection, id));
}

Result<void> update_mirror(Unit& unit, Change& change)
{
    auto const other = change.after().get(connection::related_connection);
    if (!other) {
        return {};
    }
    // The mirror's own update finds nothing to change on this side and ends there.
    auto elevated = unit.elevated();
    auto const current = TRY(elevated.find(connection::table, other->id));
    auto const wanted = mirrored(change.after());
    Row changes(connection::table);
    for (auto const& cell : wanted.cells()) {
        if (current && current->value(cell.column) != cell.value) {
            changes.set(cell.column, cell.value);
        }
    }
    return changes.is_empty() ? Result<void> {}
                              : elevated.update(connection::table, other->id, std::move(changes));
}

Result<void> remove_mirror(Unit& unit, Change& change)
{
    auto const other = change.before.get(connection::related_connection);
    auto elevated = unit.elevated();
    if (other && TRY(elevated.find(connection::table, other->id))) {
        // Unlinked first, so that its own removal does not look for this one.
        TRY(elevated.update(
            connection::table, other->id, Row {}.clear(connection::related_connection)));
        return elevated.remove(connection::table, other->id);
    }
    return {};
}

}
