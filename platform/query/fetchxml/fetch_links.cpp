#include "platform/query/fetchxml/fetch_parser.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline::fetchxml {

namespace {

bool is_join(std::string_view link_type)
{
    return link_type.empty() || link_type == "inner" || link_type == "natural"
        || link_type == "outer";
}

AggregateMethod const* find_method(std::string_view name)
{
    static constexpr std::pair<std::string_view, AggregateMethod> methods[] = {
        { "count", AggregateMethod::count },
        { "countcolumn", AggregateMethod::count_column },
        { "sum", AggregateMethod::sum },
        { "avg", AggregateMethod::average },
        { "min", AggregateMethod::min },
        { "max", AggregateMethod::max },
    };
    auto const found =
        std::ranges::find(methods, name, &std::pair<std::string_view, AggregateMethod>::first);
    return found == std::end(methods) ? nullptr : &found->second;
}

Result<DatePart> date_part(std::string_view name)
{
    static constexpr std::pair<std::string_view, DatePart> parts[] = {
        { "", DatePart::none },
        { "day", DatePart::day },
        { "week", DatePart::week },
        { "month", DatePart::month },
        { "quarter", DatePart::quarter },
        { "year", DatePart::year },
    };
    auto const found =
        std::ranges::find(parts, name, &std::pair<std::string_view, DatePart>::first);
    if (found == std::end(parts)) {
        return invalid(
            "QueryBuilderInvalidDateGrouping", fmt::format("'{}' is no way to group dates.", name));
    }
    return found->second;
}

}

Result<Table const*> FetchParser::table_of(xml::Element const& element) const
{
    auto const name = element.attribute("name");
    auto const* table = m_schema.find(name);
    if (!table || table->is_hidden) {
        return invalid("QueryBuilderNoEntity",
            fmt::format("The entity with a name = '{}' was not found.", name));
    }
    return table;
}

Result<Column const*> FetchParser::column_of(Table const& table, std::string_view name) const
{
    auto const* column = table.find(name);
    if (!column || column->type == ColumnType::party_list) {
        return invalid("QueryBuilderNoAttribute",
            fmt::format(
                "'{}' entity doesn't contain attribute with Name = '{}'.", table.name, name),
            name);
    }
    return column;
}

std::string FetchParser::alias_of(
    xml::Element const& element, Table const& linked, bool is_to_one) const
{
    if (auto const alias = element.attribute("alias"); !alias.empty()) {
        return std::string(alias);
    }
    auto const is_free = [&](std::string const& alias) {
        return std::ranges::find(m_links, alias, &NamedLink::alias) == m_links.end();
    };
    if (is_to_one && is_free(linked.name)) {
        return linked.name;
    }
    for (auto number = 1;; ++number) {
        auto alias = fmt::format("{}{}", linked.name, number);
        if (is_free(alias)) {
            return alias;
        }
    }
}

Result<void> FetchParser::read_links(xml::Element const& parent, Place place)
{
    for (auto const* element : parent.all("link-entity")) {
        auto const type = element->attribute("link-type");
        if (!is_join(type)) {
            continue; // A condition; read with the content.
        }
        auto const* table = TRY(table_of(*element));
        auto const* there = TRY(column_of(*table, element->attribute("from")));
        auto const* here = TRY(column_of(*place.table, element->attribute("to")));
        auto const alias = alias_of(*element, *table, there->index == table->id_column);
        if (std::ranges::find(m_links, alias, &NamedLink::alias) != m_links.end()) {
            return invalid(
                "QueryBuilderDuplicateAlias", fmt::format("The alias '{}' is used twice.", alias));
        }
        auto const kind = type == "outer" ? Link::Kind::outer : Link::Kind::inner;
        auto const position = static_cast<std::int16_t>(m_links.size());
        m_links.push_back({ alias, table });
        m_result.query.links.push_back({ .table = table->id,
            .kind = kind,
            .parent = place.link,
            .there = there->index,
            .here = here->index });
        TRY(read_links(*element, { table, position }));
    }
    return {};
}

Result<void> FetchParser::read_content(xml::Element const& element, Place place)
{
    for (auto const& child : element.children) {
        auto const name = child.local_name();
        if (name == "attribute") {
            TRY(read_attribute(child, place));
        } else if (name == "all-attributes") {
            m_has_all_columns = m_has_all_columns || place.link < 0;
            for (auto const& column : place.table->columns) {
                if (place.link >= 0 && column.type != ColumnType::party_list
                    && column.type != ColumnType::image) {
                    add_column(place, column, {});
                }
            }
        } else if (name == "order") {
            TRY(read_order(child, place));
        } else if (name == "filter") {
            auto found = TRY(filter(child, place, 0));
            // An outer link's own conditions decide which rows join, not which rows come.
            auto& links = m_result.query.links;
            auto const is_outer = place.link >= 0
                && links[static_cast<std::size_t>(place.link)].kind == Link::Kind::outer;
            auto& into = is_outer ? links[static_cast<std::size_t>(place.link)].filter
                                  : m_result.query.filter;
            into = std::move(into) && std::move(found);
        } else if (name == "link-entity" && is_join(child.attribute("link-type"))) {
            auto const position = m_next_link++;
            TRY(read_content(
                child, { m_links[position].table, static_cast<std::int16_t>(position) }));
        } else if (name == "link-entity") {
            auto found = TRY(related(child, place, 0));
            m_result.query.filter = std::move(m_result.query.filter) && std::move(found);
        } else {
            return invalid("QueryBuilderDeserializeInvalidNode",
                fmt::format("<{}> cannot stand in <{}>.", child.name, element.name));
        }
    }
    return {};
}

void FetchParser::add_column(Place place, Column const& column, std::string_view alias)
{
    auto& query = m_result.query;
    if (place.link < 0 && alias.empty()) {
        m_has_columns = true;
        query.columns.push_back(column.index);
        return;
    }
    NamedColumn named { .path = ColumnPath { column.index } };
    named.path.link = place.link;
    named.key = !alias.empty()
        ? std::string(alias)
        : fmt::format("{}.{}", m_links[static_cast<std::size_t>(place.link)].alias, column.name);
    m_has_columns = true;
    query.named.push_back(std::move(named));
}

Result<void> FetchParser::read_attribute(xml::Element const& element, Place place)
{
    if (m_is_aggregate) {
        return read_aggregate(element, place);
    }
    if (!element.attribute("aggregate").empty() || TRY(flag(element, "groupby"))) {
        return invalid("QueryBuilderAttribute_With_Aggregate",
            "aggregate and groupby need <fetch aggregate='true'>.");
    }
    auto const* column = TRY(column_of(*place.table, element.attribute("name")));
    add_column(place, *column, element.attribute("alias"));
    return {};
}

Result<void> FetchParser::read_aggregate(xml::Element const& element, Place place)
{
    auto const* column = TRY(column_of(*place.table, element.attribute("name")));
    std::string alias { element.attribute("alias") };
    auto const is_group = TRY(flag(element, "groupby"));
    auto const aggregate = element.attribute("aggregate");
    if (alias.empty()) {
        return invalid(
            "QueryBuilderNoAlias", "Every attribute of an aggregate query needs an alias.");
    }
    if (is_group != aggregate.empty()) {
        return invalid("QueryBuilderAttributeCannotBeGroupByAndAggregate",
            fmt::format("'{}' must have either aggregate or groupby.", column->name));
    }
    auto& query = *m_result.aggregate;
    ColumnPath path { column->index };
    path.link = place.link;
    if (is_group) {
        query.groups.push_back(
            { path, std::move(alias), TRY(date_part(element.attribute("dategrouping"))) });
        return {};
    }
    auto const* method = find_method(aggregate);
    if (!method) {
        return invalid("QueryBuilderDeserializeInvalidAggregate",
            fmt::format("'{}' is no aggregate.", aggregate));
    }
    auto const is_distinct =
        *method == AggregateMethod::count_column && TRY(flag(element, "distinct"));
    query.figures.push_back(
        { is_distinct ? AggregateMethod::count_distinct : *method, path, std::move(alias) });
    return {};
}

Result<void> FetchParser::read_order(xml::Element const& element, Place place)
{
    auto const descending = TRY(flag(element, "descending"));
    auto const alias = element.attribute("alias");
    if (m_is_aggregate) {
        if (alias.empty()) {
            return invalid("QueryBuilderAliasRequiredForAggregateOrderBy",
                "An aggregate query is ordered by alias.");
        }
        m_result.aggregate->orders.push_back({ std::string(alias), descending });
        return {};
    }
    if (!alias.empty()) {
        return invalid("QueryBuilderAliasNotAllowedForNonAggregateOrderBy",
            "Only an aggregate query is ordered by alias.");
    }
    auto const at = TRY(place_of(element.attribute("entityname"), place));
    auto const* column = TRY(column_of(*at.table, element.attribute("attribute")));
    Order order {
        .column = ColumnPath { column->index }, .descending = descending, .by_label = !m_sorts_raw
    };
    order.column.link = at.link;
    m_result.query.orders.push_back(std::move(order));
    return {};
}

}
