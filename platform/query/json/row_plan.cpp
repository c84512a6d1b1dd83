#include "platform/query/json/row_plan.h"

#include "platform/query/json/public_values.h"

#include <algorithm>

namespace cashline {

namespace {

// Names of columns and annotations need no escapes; a client's aliases may.
std::string json_key(std::string_view name, std::string_view suffix = {})
{
    std::string text;
    text.reserve(name.size() + suffix.size() + 3);
    text += '"';
    text += name;
    text += suffix;
    return text += "\":";
}

std::string escaped_key(std::string_view name)
{
    std::string text;
    json::Writer { text }.string(name);
    return text + ":";
}

bool has_formatted_value(Column const& column)
{
    return column.type != ColumnType::id && column.type != ColumnType::text
        && column.type != ColumnType::memo && column.type != ColumnType::file
        && column.type != ColumnType::image;
}

ColumnPlan plan_column(
    Selection const& selection, SelectedColumn const& selected, JsonOptions const& options)
{
    auto const& column = *selected.column;
    // A column of another row keeps its logical name behind the alias.
    auto const own_name = options.public_names ? column.schema_name : property_name(column);
    auto const is_plain = selected.key.empty();
    auto const name = is_plain ? own_name : std::string(selected.key);
    ColumnPlan plan { .selected = selected, .key = is_plain ? json_key(name) : escaped_key(name) };
    auto const annotation = [&](std::string_view suffix) {
        return is_plain ? json_key(name, suffix) : escaped_key(std::string(name).append(suffix));
    };
    if (options.formatted_values && has_formatted_value(column)) {
        plan.formatted_key = annotation("@OData.Community.Display.V1.FormattedValue");
    }
    if (column.is_lookup() && options.lookup_names) {
        plan.lookup_key = annotation("@Microsoft.Dynamics.CRM.lookuplogicalname");
    }
    if (column.is_lookup() && options.navigation_names) {
        plan.navigation_key = annotation("@Microsoft.Dynamics.CRM.associatednavigationproperty");
    }
    if (column.type == ColumnType::money) {
        plan.is_base_money = !column.base_of.empty();
        auto const currency =
            std::ranges::find_if(selection.columns, [&](SelectedColumn const& other) {
                return other.table == selected.table
                    && other.column->name == "transactioncurrencyid";
            });
        plan.currency_at = currency == selection.columns.end() ? -1 : currency->at;
    }
    return plan;
}

}

std::string property_name(Column const& column)
{
    return column.is_lookup() ? "_" + column.name + "_value" : column.name;
}

RowPlan plan_rows(Selection const& selection, JsonOptions const& options)
{
    RowPlan plan { .selection = &selection };
    plan.columns.reserve(selection.columns.size());
    auto has_id = selection.id_at < 0 || options.public_names;
    for (auto const& selected : selection.columns) {
        if (options.public_names && !is_public(*selection.table, *selected.column)) {
            continue;
        }
        plan.columns.push_back(plan_column(selection, selected, options));
        has_id = has_id || (selected.at == selection.id_at && selected.key.empty());
    }
    if (!has_id) {
        plan.id_key = json_key(selection.table->column(selection.table->id_column).name);
    }
    for (auto const& single : selection.singles) {
        auto const key = json_key(single.expand->navigation);
        if (plan.singles.empty() || plan.singles.back().key != key) {
            plan.singles.push_back({ key, {} });
        }
        plan.singles.back().targets.push_back(plan_rows(single, options));
    }
    for (auto const* expand : selection.collections) {
        plan.collections.push_back({ expand, json_key(expand->navigation),
            json_key(expand->navigation + "@odata.nextLink") });
    }
    return plan;
}

}
