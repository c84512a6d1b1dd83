// Joins by any two columns, as FetchXML's link-entity asks for them.
#include "platform/query/filter_sql.h"
#include "platform/query/value_sql.h"

#include <fmt/format.h>

namespace cashline {

namespace {

constexpr std::size_t links_max = 15;

bool fits(Table const& table, ColumnIndex column)
{
    return static_cast<std::size_t>(column) < table.columns.size()
        && table.column(column).is_stored();
}

}

std::string join_condition(JoinSide const& here, JoinSide const& there)
{
    auto const sql = [](JoinSide const& side) {
        return side.column.index == side.source.table->id_column ? side.source.id()
                                                                 : side.source.stored(side.column);
    };
    auto condition = fmt::format("{} = {}", sql(there), sql(here));
    auto const add_number = [&](JoinSide const& lookup, JoinSide const& target) {
        if (lookup.column.is_polymorphic()
            && target.column.index == target.source.table->id_column) {
            condition += fmt::format(" and {} = {}", lookup.source.target_number(lookup.column),
                static_cast<std::uint32_t>(target.source.table->id));
        }
    };
    add_number(here, there);
    add_number(there, here);
    return condition;
}

Result<void> Scope::add_links(std::vector<Link> const& links)
{
    if (links.size() > links_max) {
        return invalid("TooManyLinkEntitiesInQuery",
            fmt::format("A query may link {} tables at most.", links_max));
    }
    for (auto const& link : links) {
        TRY(add_link(link));
    }
    return {};
}

Result<void> Scope::add_link(Link const& link)
{
    auto const& schema = m_compiling->schema;
    auto const* table = schema.find(link.table);
    auto const has_parent = link.parent < static_cast<int>(m_links.size());
    if (!table || !has_parent || !fits(*table, link.there)) {
        return internal("bad_query", "A link of the query does not fit its tables.");
    }
    TRY(require_read(*m_compiling, *table));
    auto const parent = link.parent < 0 ? m_root : m_links[static_cast<std::size_t>(link.parent)];
    if (!fits(*parent.table, link.here)) {
        return internal("bad_query", "A link of the query does not fit its tables.");
    }
    auto const& here = parent.table->column(link.here);
    auto const& there = table->column(link.there);
    if (storage_of(here) != storage_of(there)) {
        return invalid("QueryBuilderAttributePairMismatch",
            fmt::format("'{}' and '{}' cannot be joined.", here.name, there.name), here.name);
    }
    auto const source = new_source(*m_compiling, *table);
    m_links.push_back(source);
    auto condition = join_condition({ parent, here }, { source, there });
    if (auto const access = read_access(*m_compiling, source).predicate(); !access.empty()) {
        condition += " and " + access;
    }
    if (auto const filter = TRY(filter_sql(*this, link.filter)); !filter.empty()) {
        condition += " and " + filter;
    }
    auto const rows = table->extends ? "(" + from_clause(*m_compiling, source) + ")"
                                     : from_clause(*m_compiling, source);
    m_joins += fmt::format(
        " {} {} on {}", link.kind == Link::Kind::inner ? "join" : "left join", rows, condition);
    return {};
}

}
