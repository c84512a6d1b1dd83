#include "apps/integration/map/map.h"

#include <algorithm>
#include <charconv>

namespace cashline::integration {

namespace {

Refusal bad(std::string_view map, std::string_view what)
{
    return invalid("bad_definition", "map '" + std::string(map) + "': " + std::string(what));
}

Result<Table const*> table_named(Schema const& schema, std::string_view map, std::string_view name)
{
    auto const* table = schema.find(name);
    if (!table) {
        return bad(map, "unknown table '" + std::string(name) + "'");
    }
    return table;
}

Result<MapPath> parse_path(
    Schema const& schema, Table const& start, std::string_view map, std::string_view text)
{
    MapPath path { .text = std::string(text) };
    auto const* table = &start;
    for (;;) {
        auto const dot = text.find('.');
        auto const* column = table->find(text.substr(0, dot));
        if (!column) {
            return bad(map, table->name + " has no column '" + std::string(text) + "'");
        }
        if (dot == std::string_view::npos) {
            path.column = column->index;
            return path;
        }
        auto const* target = column->is_lookup() && !column->targets.empty()
            ? schema.find(column->targets.front())
            : nullptr;
        if (!target) {
            return bad(map, "'" + path.text + "' does not lead through lookups of " + start.name);
        }
        path.hops.push_back({ column->index, target->id });
        table = target;
        text.remove_prefix(dot + 1);
    }
}

std::int64_t number_of(std::string_view text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

struct Tables {
    Table const& sales;
    Table const& finance;
};

Result<MapColumn> parse_column(
    Schema const& schema, Tables const& tables, std::string_view map, json::Value const& written)
{
    MapColumn column;
    column.sales = TRY(parse_path(schema, tables.sales, map, written.text("sales")));
    column.finance = TRY(parse_path(schema, tables.finance, map, written.text("finance")));
    auto const flow = written.text("flow", "both");
    column.flow = flow == "to_finance" ? Flow::to_finance
        : flow == "to_sales"           ? Flow::to_sales
                                       : Flow::both;
    column.is_customer = written.flag("customer");
    for (auto const& [sales, finance] : written.object("values")) {
        column.values.emplace_back(number_of(sales), finance.as_integer().value_or(0));
    }
    for (auto const& pair : written.array("values")) {
        auto const& numbers = pair.as_array() ? *pair.as_array() : json::Array {};
        if (numbers.size() != 2) {
            return bad(map, "values are pairs of a sales and a finance value");
        }
        column.values.emplace_back(
            numbers[0].as_integer().value_or(0), numbers[1].as_integer().value_or(0));
    }
    if (auto const* otherwise = written.find("otherwise")) {
        column.otherwise = otherwise->as_integer();
    }
    column.only_in_company_currency = written.flag("company_currency");
    return column;
}

Result<MapConstant> parse_constant(
    Table const& finance, std::string_view map, json::Value const& written)
{
    auto const* column = finance.find(written.text("finance"));
    auto const* value = written.find("value");
    if (!column || !value) {
        return bad(map, "a constant names a finance column and a value");
    }
    if (auto const* text = value->as_string()) {
        return MapConstant { column->index, Value(*text) };
    }
    if (auto const* flag = value->as_bool()) {
        return MapConstant { column->index, Value(*flag) };
    }
    return MapConstant { column->index, Value(value->as_integer().value_or(0)) };
}

Result<Map> parse_map(Schema const& schema, json::Value const& written)
{
    Map map { .name = std::string(written.text("map")),
        .label = std::string(written.text("label")),
        .order = written.integer("order") };
    auto const& sales = *TRY(table_named(schema, map.name, written.text("sales")));
    auto const& finance = *TRY(table_named(schema, map.name, written.text("finance")));
    map.sales = sales.id;
    map.finance = finance.id;
    auto const origin = written.text("origin", "sales");
    map.sales_creates = origin == "sales" || origin == "both";
    map.finance_creates = origin == "finance" || origin == "both";
    map.only_customers_of_deals = written.text("rule") == "customer_of_deals";
    map.per_company = written.flag("per_company");
    Tables const tables { sales, finance };
    for (auto const& key : written.array("key")) {
        map.key.push_back(TRY(parse_column(schema, tables, map.name, key)));
    }
    for (auto const& column : written.array("columns")) {
        if (column.find("value")) {
            map.constants.push_back(TRY(parse_constant(finance, map.name, column)));
        } else {
            map.columns.push_back(TRY(parse_column(schema, tables, map.name, column)));
        }
    }
    if (map.key.empty()) {
        return bad(map.name, "needs a key");
    }
    return map;
}

}

Result<std::vector<Map>> load_maps(Schema const& schema)
{
    std::vector<Map> maps;
    for (auto const& written : schema.definitions("map")) {
        maps.push_back(TRY(parse_map(schema, written)));
    }
    std::ranges::stable_sort(maps, {}, &Map::order);
    return maps;
}

}
