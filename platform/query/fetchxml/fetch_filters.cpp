#include "platform/query/fetchxml/fetch_parser.h"
#include "platform/query/odata/scanner.h"
#include "platform/query/operators.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace cashline::fetchxml {

namespace {

constexpr int nesting_max = 32;

bool counts_units(std::string_view operator_name)
{
    return operator_name.starts_with("last-x-") || operator_name.starts_with("next-x-")
        || operator_name.starts_with("olderthan-x-");
}

}

Result<FetchParser::Place> FetchParser::place_of(std::string_view alias, Place otherwise) const
{
    if (alias.empty()) {
        return otherwise;
    }
    auto const found = std::ranges::find(m_links, alias, &NamedLink::alias);
    if (found == m_links.end() || m_is_inside_related) {
        return invalid("QueryBuilderAlias_Does_Not_Exist",
            fmt::format("There is no link with the alias '{}'.", alias));
    }
    return Place { found->table, static_cast<std::int16_t>(found - m_links.begin()) };
}

Result<Filter> FetchParser::filter(xml::Element const& element, Place place, int depth)
{
    if (depth > nesting_max) {
        return invalid("TooManyConditionsInQuery", "The filter is nested too deeply.");
    }
    auto const type = element.attribute("type");
    if (!type.empty() && type != "and" && type != "or") {
        return invalid(
            "QueryBuilderInvalidFilterType", fmt::format("'{}' is no type of a filter.", type));
    }
    Filter list;
    list.kind = type == "or" ? Filter::Kind::any : Filter::Kind::all;
    for (auto const& child : element.children) {
        auto const name = child.local_name();
        if (name == "condition") {
            list.children.push_back(TRY(condition(child, place)));
        } else if (name == "filter") {
            list.children.push_back(TRY(filter(child, place, depth + 1)));
        } else if (name == "link-entity") {
            list.children.push_back(TRY(related(child, place, depth + 1)));
        } else {
            return invalid("QueryBuilderDeserializeInvalidNode",
                fmt::format("<{}> cannot stand in a filter.", child.name));
        }
    }
    // An empty filter restricts nothing, whatever its type.
    return list.children.empty() ? Filter {} : std::move(list);
}

Result<Filter> FetchParser::condition(xml::Element const& element, Place place)
{
    auto const at = TRY(place_of(element.attribute("entityname"), place));
    auto const* column = TRY(column_of(*at.table, element.attribute("attribute")));
    auto const name = element.attribute("operator");
    auto const op = find_operator(name);
    if (!op) {
        return invalid("QueryBuilderInvalidConditionOperator",
            fmt::format("The operator '{}' is not offered.", name), column->name);
    }
    ColumnPath path { column->index };
    path.link = at.link;
    if (auto const other = element.attribute("valueof"); !other.empty()) {
        auto filter = Filter::condition(std::move(path), *op);
        filter.right = TRY(column_reference(other, at));
        return filter;
    }
    return Filter::condition(std::move(path), *op, TRY(values(element, *column, *op)));
}

// "name" of the same table or "alias.name" of a link.
Result<ColumnPath> FetchParser::column_reference(std::string_view text, Place place) const
{
    auto const dot = text.find('.');
    auto const at =
        dot == std::string_view::npos ? place : TRY(place_of(text.substr(0, dot), place));
    auto const* column =
        TRY(column_of(*at.table, dot == std::string_view::npos ? text : text.substr(dot + 1)));
    ColumnPath path { column->index };
    path.link = at.link;
    return path;
}

Result<std::vector<Value>> FetchParser::values(
    xml::Element const& element, Column const& column, Operator op) const
{
    std::vector<std::string> texts;
    for (auto const* value : element.all("value")) {
        texts.push_back(value->text);
    }
    auto const has_attribute = std::ranges::find(element.attributes, "value", &xml::Attribute::name)
        != element.attributes.end();
    if (texts.empty() && has_attribute) {
        texts.emplace_back(element.attribute("value"));
    }
    if (operator_info(op).operands == Operands::none) {
        return std::vector<Value> {}; // Editors write a value even where none is needed.
    }
    std::vector<Value> values;
    for (auto const& text : texts) {
        odata::Literal const literal { odata::Literal::Kind::text, text };
        if (!counts_units(operator_info(op).name)) {
            auto value = odata::value_of(column, literal);
            if (!value) {
                auto const code = value.error().code == "InvalidDateTime"
                    ? "InvalidDateTime"
                    : "QueryBuilderInvalid_Value";
                return invalid(code, value.error().text, column.name);
            }
            values.push_back(std::move(*value));
            continue;
        }
        auto const decimal = Decimal::parse(text);
        auto const whole = decimal ? decimal->to_scaled(0) : Result<std::int64_t>(invalid({}, {}));
        if (!whole) {
            return invalid("QueryBuilderInvalid_Value",
                fmt::format("'{}' is no whole number.", text), column.name);
        }
        values.emplace_back(*whole);
    }
    return values;
}

// Links that only ask for the existence of rows: exists and in as conditions of their parent; any,
// not any, all and not all inside a filter.
Result<Filter> FetchParser::related(xml::Element const& element, Place place, int depth)
{
    auto const type = element.attribute("link-type");
    auto const is_known = type == "exists" || type == "in" || type == "any" || type == "not any"
        || type == "all" || type == "not all";
    if (!is_known || depth > nesting_max) {
        return invalid("QueryBuilderDeserializeInvalidLinkType",
            fmt::format("The link type '{}' is not offered here.", type));
    }
    auto const* table = TRY(table_of(element));
    auto related = std::make_shared<Related>();
    related->table = table->id;
    related->match = Related::Match { TRY(column_of(*table, element.attribute("from")))->index,
        TRY(column_of(*place.table, element.attribute("to")))->index };
    auto const was_inside = std::exchange(m_is_inside_related, true);
    related->where = TRY(related_filter(element, *table, depth));
    m_is_inside_related = was_inside;
    Filter matching;
    matching.kind = Filter::Kind::related;
    matching.left.link = place.link;
    matching.related = related;
    if (type == "not any") {
        return !std::move(matching);
    }
    if (type != "all") {
        return matching; // "not all" means the same as "any", by design of the language.
    }
    // "all": related rows exist, but none of them meets the conditions.
    auto any_row = matching;
    auto without_conditions = std::make_shared<Related>(*related);
    without_conditions->where = {};
    any_row.related = std::move(without_conditions);
    return std::move(any_row) && !std::move(matching);
}

Result<Filter> FetchParser::related_filter(
    xml::Element const& element, Table const& table, int depth)
{
    Filter where;
    for (auto const& child : element.children) {
        auto const name = child.local_name();
        if (name == "filter") {
            where = std::move(where) && TRY(filter(child, { &table }, depth + 1));
        } else if (name == "link-entity") {
            where = std::move(where) && TRY(related(child, { &table }, depth + 1));
        } else if (name != "attribute" && name != "all-attributes") {
            return invalid("QueryBuilderDeserializeInvalidNode",
                fmt::format("<{}> cannot stand here.", child.name));
        }
    }
    return where;
}

}
