#include "apps/integration/map/maps_screen.h"

#include "apps/integration/map/compare.h"
#include "apps/integration/map/map_state_table.h"
#include "apps/integration/map/sync.h"

#include <algorithm>

namespace cashline::integration {

namespace {

std::string mode_name(MapMode mode)
{
    switch (mode) {
    case MapMode::live:
        return "live";
    case MapMode::paused:
        return "paused";
    case MapMode::stopped:
        return "stopped";
    }
    return {};
}

json::Array shown_columns(Map const& map)
{
    json::Array list;
    auto const add = [&](MapColumn const& column, bool is_key) {
        json::Value shown { json::Object {
            { "sales", column.sales.text }, { "finance", column.finance.text } } };
        shown.set("direction",
            column.flow == Flow::both             ? "both"
                : column.flow == Flow::to_finance ? "toFinance"
                                                  : "toSales");
        if (column.flow != Flow::both) {
            shown.set("owner", column.flow == Flow::to_finance ? "sales" : "finance");
        }
        if (is_key) {
            shown.set("note", "Key: fixed once the rows are paired");
        }
        list.push_back(std::move(shown));
    };
    for (auto const& key : map.key) {
        add(key, true);
    }
    for (auto const& column : map.columns) {
        add(column, false);
    }
    return list;
}

Result<json::Value> shown_map(Reader& reader, Map const& map)
{
    auto const comparison = TRY(compare(reader, map));
    auto const& schema = reader.schema();
    return json::Value(json::Object { { "name", map.name }, { "label", map.label },
        { "salesTable", schema.table(map.sales).name },
        { "financeTable", schema.table(map.finance).name },
        { "mode", mode_name(TRY(mode_of(reader, map))) }, { "pairs", comparison.pairs },
        { "differences", static_cast<std::int64_t>(comparison.differences.size()) },
        { "waiting", std::int64_t { 0 } }, { "columns", shown_columns(map) } });
}

std::string kind_name(Difference::Kind kind)
{
    switch (kind) {
    case Difference::Kind::value:
        return "value";
    case Difference::Kind::missing_in_finance:
        return "missingInFinance";
    case Difference::Kind::missing_in_sales:
        return "missingInSales";
    case Difference::Kind::error:
        return "error";
    }
    return {};
}

json::Value shown_difference(Schema const& schema, Difference const& difference)
{
    json::Value row { json::Object { { "key", difference.key }, { "title", difference.key },
        { "kind", kind_name(difference.kind) } } };
    if (!difference.sales.id.is_nil()) {
        row.set("salesTable", schema.table(difference.sales.table).name);
        row.set("salesId", difference.sales.id.to_string());
    }
    if (!difference.finance.id.is_nil()) {
        row.set("financeTable", schema.table(difference.finance.table).name);
        row.set("financeId", difference.finance.id.to_string());
    }
    if (difference.kind == Difference::Kind::value) {
        auto const is_sales = difference.wrong_side == Side::sales;
        row.set("column", wrong_column(difference));
        row.set("wrongSide", is_sales ? "sales" : "finance");
        row.set("salesValue", is_sales ? difference.found : difference.expected);
        row.set("financeValue", is_sales ? difference.expected : difference.found);
    }
    if (!difference.message.empty()) {
        row.set("message", difference.message);
    }
    return row;
}

Result<Map> map_named(Schema const& schema, std::string const& name)
{
    auto maps = TRY(load_maps(schema));
    auto const found = std::ranges::find(maps, name, &Map::name);
    if (found == maps.end()) {
        return missing("ObjectDoesNotExist", "There is no map '" + name + "'.");
    }
    return std::move(*found);
}

Result<DocumentReply> retrieve_maps(Reader& reader, RetrieveMaps const&)
{
    auto elevated = reader.elevated_reader();
    json::Array list;
    for (auto const& map : TRY(load_maps(reader.schema()))) {
        list.push_back(TRY(shown_map(elevated, map)));
    }
    return DocumentReply { json::Object {
        { "checkedOn", reader.now().to_string() }, { "maps", std::move(list) } } };
}

Result<DocumentReply> retrieve_differences(Reader& reader, RetrieveMapDifferences const& request)
{
    auto elevated = reader.elevated_reader();
    auto const comparison = TRY(compare(elevated, TRY(map_named(reader.schema(), request.map))));
    json::Array rows;
    for (auto const& difference : comparison.differences) {
        rows.push_back(shown_difference(reader.schema(), difference));
    }
    return DocumentReply { json::Object {
        { "checkedOn", reader.now().to_string() }, { "rows", std::move(rows) } } };
}

// Back to live after a pause: every pair is brought in step from the owner's side.
Result<void> catch_up(Unit& unit, Map const& map)
{
    auto elevated = unit.elevated();
    auto const comparison = TRY(compare(elevated, map));
    for (auto const& difference : comparison.differences) {
        auto const from = difference.kind == Difference::Kind::missing_in_sales
                || (difference.kind == Difference::Kind::value && difference.owner == Side::finance)
            ? Side::finance
            : Side::sales;
        auto const& source = from == Side::sales ? difference.sales : difference.finance;
        if (source.id.is_nil() || difference.kind == Difference::Kind::error) {
            continue;
        }
        auto const row = TRY(elevated.retrieve(source));
        TRY(map.creates_from(from) ? send_or_create(elevated, map, from, row)
                                   : send(elevated, map, from, row));
    }
    return {};
}

Result<NoReply> set_mode(Unit& unit, SetMapMode const& request)
{
    auto const map = TRY(map_named(unit.schema(), request.map));
    if (request.mode != "live" && request.mode != "paused" && request.mode != "stopped") {
        return invalid("InvalidArgument", "Mode is live, paused or stopped.", "Mode");
    }
    auto elevated = unit.elevated();
    auto const mode = request.mode == "live" ? MapStateMode::live
        : request.mode == "paused"           ? MapStateMode::paused
                                             : MapStateMode::stopped;
    auto const existing =
        TRY(elevated.first(Query::from(map_state::table).where(map_state::map == map.name)));
    if (existing) {
        TRY(elevated.update(map_state::table, existing->id(), Row {}.set(map_state::mode, mode)));
    } else {
        TRY(elevated.create(Row {}.set(map_state::map, map.name).set(map_state::mode, mode)));
    }
    if (mode == MapStateMode::live) {
        TRY(catch_up(unit, map));
    }
    return NoReply {};
}

}

void register_maps_screen(Registry& registry)
{
    registry.function<RetrieveMaps>(retrieve_maps).requires_privilege("prvViewMaps");
    registry.function<RetrieveMapDifferences>(retrieve_differences)
        .requires_privilege("prvViewMaps");
    registry.message<SetMapMode>(set_mode).requires_privilege("prvManageMaps");
}

}
