#include "platform/web_api/odata/context_url.h"

namespace cashline::odata {

namespace {

std::string selection(Schema const& schema, Table const& table, Query const& query, bool has_select)
{
    std::string list;
    auto const add = [&](std::string const& name) { list += (list.empty() ? "" : ",") + name; };
    if (has_select) {
        for (auto const column : query.columns) {
            add(property_name(table.column(column)));
        }
    }
    for (auto const& expand : query.expands) {
        if (expand.references_only || !expand.query) {
            add(expand.navigation + "()");
            continue;
        }
        auto const& inner = *expand.query;
        auto const& target = schema.table(inner.table);
        add(expand.navigation + "(" + selection(schema, target, inner, !inner.columns.empty())
            + ")");
    }
    return list;
}

}

std::string property_name(Column const& column)
{
    return column.is_lookup() ? "_" + column.name + "_value" : column.name;
}

std::string public_context_fragment(Table const& table, Query const& query, bool has_select)
{
    std::string list;
    for (auto const column : has_select ? query.columns : std::vector<ColumnIndex> {}) {
        list += (list.empty() ? "" : ",") + table.column(column).schema_name;
    }
    return "#" + table.set + (list.empty() ? "" : "(" + list + ")");
}

std::string context_fragment(
    Schema const& schema, Table const& table, Query const& query, bool has_select)
{
    auto const list = selection(schema, table, query, has_select);
    return "#" + table.set + (list.empty() ? "" : "(" + list + ")");
}

}
