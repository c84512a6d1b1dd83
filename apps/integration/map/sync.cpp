#include "apps/integration/map/sync.h"

#include "apps/integration/map/map_state_table.h"
#include "apps/integration/map/translate.h"

namespace cashline::integration {

namespace {

// What the columns that flow from this side say the partner must hold.
Result<Row> wanted_partner(Unit& unit, Translation const& translation, Row const& row)
{
    Row wanted(translation.map.table(other(translation.from)));
    for (auto const& column : translation.map.columns) {
        if (column.flows_from(translation.from)) {
            wanted.set(column.at(other(translation.from)).own_column(),
                TRY(translate(unit, translation, column, row)));
        }
    }
    return wanted;
}

Result<Id> create_partner(Unit& unit, Translation const& translation, Row const& row)
{
    auto partner = TRY(wanted_partner(unit, translation, row));
    for (auto const& key : translation.map.key) {
        partner.set(key.at(other(translation.from)).own_column(),
            TRY(translate(unit, translation, key, row)));
    }
    if (translation.from == Side::sales) {
        for (auto const& constant : translation.map.constants) {
            partner.set(constant.column, constant.value);
        }
        auto const* company = unit.schema().table(partner.table()).find("dataareaid");
        if (company && !translation.company->code.empty()) {
            partner.set(company->index, Value(translation.company->code));
        }
    }
    return unit.create(partner.table(), std::move(partner));
}

// Only what differs is written; that is also what ends the loop between the sides.
Result<void> update_partner(
    Unit& unit, Translation const& translation, Row const& row, Row const& partner)
{
    auto const wanted = TRY(wanted_partner(unit, translation, row));
    Row changes(wanted.table());
    for (auto const& cell : wanted.cells()) {
        if (partner.value(cell.column) != cell.value) {
            changes.set(cell.column, cell.value);
        }
    }
    return changes.is_empty() ? Result<void> {}
                              : unit.update(changes.table(), partner.id(), std::move(changes));
}

enum class WhenUnpaired : std::uint8_t { create, leave };

Result<std::optional<Id>> bring_in_step(
    Unit& unit, Translation const& direction, Row const& row, WhenUnpaired unpaired)
{
    std::optional<Id> sent;
    for (auto const& scope : TRY(scopes_of(unit, direction.map, direction.from))) {
        Translation const translation { direction.map, direction.from, &scope };
        if (auto const partner = TRY(find_partner(unit, translation, row))) {
            TRY(update_partner(unit, translation, row, *partner));
            sent = partner->id();
        } else if (unpaired == WhenUnpaired::create) {
            sent = TRY(create_partner(unit, translation, row));
        }
    }
    return sent;
}

std::vector<ColumnHandle> sending_columns(Map const& map, Side from)
{
    std::vector<ColumnHandle> handles;
    auto const add = [&](MapPath const& path) {
        handles.push_back({ map.table(from), path.own_column(), "" });
    };
    for (auto const& column : map.columns) {
        if (column.flows_from(from)) {
            add(column.at(from));
        }
    }
    for (auto const& key : map.key) {
        add(key.at(from));
    }
    return handles;
}

Rule send_after_change(Map const& map, Side from)
{
    return [map, from](Unit& unit, Change& change) -> Result<void> {
        auto elevated = unit.elevated();
        if (TRY(mode_of(elevated, map)) != MapMode::live) {
            return {};
        }
        auto const row = TRY(elevated.retrieve(map.table(from), change.id));
        auto const creates = map.creates_from(from) && !map.only_customers_of_deals;
        TRY(creates ? send_or_create(elevated, map, from, row) : send(elevated, map, from, row));
        return {};
    };
}

std::string owner_name(Side side) { return side == Side::sales ? "Sales" : "Finance"; }

// A caller may not write what flows in from the other side, nor the key, once the row is paired.
Rule only_the_owner_writes(Map const& map, Side side)
{
    return [map, side](Unit& unit, Change& change) -> Result<void> {
        if (unit.caller().is_system()) {
            return {};
        }
        auto const refused = [&](MapColumn const& column, bool is_key) {
            auto const& path = column.at(side);
            ColumnHandle const handle { map.table(side), path.own_column(), "" };
            return change.changes(handle) && (is_key || !column.flows_from(side));
        };
        MapColumn const* found = nullptr;
        auto is_key = false;
        for (auto const& column : map.columns) {
            found = !found && refused(column, false) ? &column : found;
        }
        for (auto const& key : map.key) {
            if (!found && refused(key, true)) {
                found = &key;
                is_key = true;
            }
        }
        auto elevated = unit.elevated();
        if (!found || !TRY(find_partner(elevated, { map, side }, change.before))) {
            return {};
        }
        auto const& name = found->at(side).text;
        return is_key
            ? conflict("key_is_synchronised",
                  "'" + name + "' joins this row with " + owner_name(other(side))
                      + " and cannot change any more.",
                  name)
            : conflict("column_owned_elsewhere",
                  "'" + name + "' is kept by " + owner_name(other(side)) + ". Change it there.",
                  name);
    };
}

}

Result<MapMode> mode_of(Reader& reader, Map const& map)
{
    auto const row =
        TRY(reader.first(Query::from(map_state::table).where(map_state::map == map.name)));
    if (!row) {
        return MapMode::live;
    }
    switch (row->get(map_state::mode).value_or(MapStateMode::live)) {
    case MapStateMode::live:
        return MapMode::live;
    case MapStateMode::paused:
        return MapMode::paused;
    case MapStateMode::stopped:
        return MapMode::stopped;
    }
    return MapMode::live;
}

Result<std::optional<Id>> send(Unit& unit, Map const& map, Side from, Row const& row)
{
    return bring_in_step(unit, { map, from }, row, WhenUnpaired::leave);
}

Result<std::optional<Id>> send_or_create(Unit& unit, Map const& map, Side from, Row const& row)
{
    return bring_in_step(unit, { map, from }, row, WhenUnpaired::create);
}

void register_map(Registry& registry, Map const& map)
{
    for (auto const from : { Side::sales, Side::finance }) {
        auto const columns = sending_columns(map, from);
        if (map.creates_from(from)) {
            registry.after(Operation::create, map.table(from), send_after_change(map, from));
        }
        registry.after(Operation::update, map.table(from), send_after_change(map, from), columns);
        registry.before(Operation::update, map.table(from), only_the_owner_writes(map, from));
    }
}

}
