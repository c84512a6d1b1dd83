#include "platform/query/view.h"

#include "platform/query/odata/names.h"
#include "platform/query/odata/options.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

odata::Aliases aliases_of(Caller const& caller, Date today)
{
    std::string teams;
    for (auto const& team : caller.rights ? caller.rights->teams : std::vector<Id> {}) {
        teams += (teams.empty() ? "" : ",") + team.to_string();
    }
    return { { "@me", caller.user.to_string() }, { "@my_teams", '[' + teams + ']' },
        { "@my_unit", (caller.rights ? caller.rights->unit : Id {}).to_string() },
        { "@today", today.to_string() } };
}

// "name", or "parentaccountid.name" of the row a lookup leads to.
Result<void> add_column(
    Query& query, Schema const& schema, Table const& table, std::string_view written)
{
    auto const dot = written.find('.');
    auto const* column = odata::find_column(table, written.substr(0, dot));
    if (!column) {
        return odata::unknown_property(table, written);
    }
    if (dot == std::string_view::npos) {
        query.columns.push_back(column->index);
        return {};
    }
    for (auto const id : column->targets) {
        auto const* target = schema.find(id);
        auto const* found = target ? odata::find_column(*target, written.substr(dot + 1)) : nullptr;
        if (found) {
            NamedColumn named { .key = std::string(written) };
            named.path.hops = { { column->index, id } };
            named.path.column = found->index;
            query.named.push_back(std::move(named));
            return {};
        }
    }
    return odata::unknown_property(table, written);
}

}

Id view_id(json::Value const& view)
{
    return Id::from_name(std::string("view/") += view.text("view"));
}

json::Value const* find_view(Schema const& schema, Id id)
{
    auto const& views = schema.definitions("view");
    auto const found = std::ranges::find(views, id, view_id);
    return found == views.end() ? nullptr : &*found;
}

json::Value const* find_view(Schema const& schema, std::string_view name)
{
    auto const& views = schema.definitions("view");
    auto const found =
        std::ranges::find(views, name, [](json::Value const& view) { return view.text("view"); });
    return found == views.end() ? nullptr : &*found;
}

Result<Query> view_query(
    Schema const& schema, json::Value const& view, Caller const& caller, Date today)
{
    auto const* table = schema.find(view.text("table"));
    if (!table) {
        return missing(
            "ObjectDoesNotExist", fmt::format("The view '{}' has no table.", view.text("view")));
    }
    auto query = Query::from(table->id);
    for (auto const& written : view.array("columns")) {
        auto const* name = written.as_string();
        TRY(add_column(
            query, schema, *table, name ? std::string_view(*name) : written.text("name")));
    }
    if (auto const filter = view.text("filter"); !filter.empty()) {
        query.filter = TRY(odata::parse_filter(schema, *table, filter, aliases_of(caller, today)));
    }
    auto const sort = view.text("sort", table->default_sort);
    if (!sort.empty()) {
        query.orders = TRY(odata::parse_order_by(schema, *table, sort));
    }
    return query;
}

}
