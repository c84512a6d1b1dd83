#include "platform/query/odata/filter_parser.h"

#include "platform/query/operators.h"

#include <fmt/format.h>

namespace cashline::odata {

namespace {

// Brackets and lambdas nest at most this deep; the compiler refuses as much.
constexpr int nesting_max = 60;
constexpr std::string_view function_namespace = "Microsoft.Dynamics.CRM.";

Operator mirrored(Operator op)
{
    return op == Operator::less            ? Operator::greater
        : op == Operator::less_or_equal    ? Operator::greater_or_equal
        : op == Operator::greater          ? Operator::less
        : op == Operator::greater_or_equal ? Operator::less_or_equal
                                           : op;
}

}

Result<Filter> FilterParser::expression(Place const& place)
{
    if (++m_depth > nesting_max) {
        return invalid_option("The filter is nested too deeply.");
    }
    auto left = TRY(conjunction(place));
    if (m_scanner.peek_word() == "or") {
        Filter any;
        any.kind = Filter::Kind::any;
        any.children.push_back(std::move(left));
        while (m_scanner.take_word("or")) {
            any.children.push_back(TRY(conjunction(place)));
        }
        left = std::move(any);
    }
    --m_depth;
    return left;
}

Result<Filter> FilterParser::conjunction(Place const& place)
{
    auto left = TRY(negation(place));
    if (m_scanner.peek_word() != "and") {
        return left;
    }
    Filter all;
    all.children.push_back(std::move(left));
    while (m_scanner.take_word("and")) {
        all.children.push_back(TRY(negation(place)));
    }
    return all;
}

Result<Filter> FilterParser::negation(Place const& place)
{
    auto is_negated = false;
    while (m_scanner.take_word("not")) {
        is_negated = !is_negated;
        if (m_scanner.peek_word().contains(function_namespace)) {
            return invalid_option("The operator 'not' along with the Custom Named Condition "
                                  "operators is not allowed.");
        }
    }
    auto inner = TRY(primary(place));
    return is_negated ? !std::move(inner) : std::move(inner);
}

Result<Filter> FilterParser::primary(Place const& place)
{
    if (m_scanner.take('(')) {
        auto inner = TRY(expression(place));
        TRY(m_scanner.expect(')'));
        return claim(std::move(inner));
    }
    auto const name = m_scanner.peek_word();
    if (name == "contains" || name == "startswith" || name == "endswith") {
        return claim(TRY(text_function(place, name)));
    }
    return comparison(place);
}

// A condition compared with true or false.
Result<Filter> FilterParser::claim(Filter filter)
{
    auto const op = comparison_operator();
    if (!op) {
        return filter;
    }
    auto const value = TRY(required_literal());
    auto const is_equality = *op == Operator::equal || *op == Operator::not_equal;
    if (value.kind != Literal::Kind::boolean || !is_equality) {
        return m_scanner.refusal("a comparison with true or false");
    }
    auto const wanted = (value.text == "true") == (*op == Operator::equal);
    return wanted ? std::move(filter) : !std::move(filter);
}

Result<Filter> FilterParser::text_function(Place const& place, std::string_view name)
{
    auto const op = name == "contains" ? Operator::contains
        : name == "startswith"         ? Operator::begins_with
                                       : Operator::ends_with;
    m_scanner.word();
    TRY(m_scanner.expect('('));
    auto const argument = TRY(column_argument(place));
    TRY(m_scanner.expect(','));
    auto const value = TRY(required_literal());
    TRY(m_scanner.expect(')'));
    if (!argument.found->is_text()) {
        return invalid_option(fmt::format(
            "The function '{}' needs a text property, '{}' is none.", name, argument.found->name));
    }
    return Filter::condition(argument.column, op, { Value(value.text) });
}

// tolower and toupper change nothing, since texts compare without case.
Result<FilterParser::Path> FilterParser::column_argument(Place const& place)
{
    auto const is_wrapped = m_scanner.take_word("tolower") || m_scanner.take_word("toupper")
        || m_scanner.take_word("trim");
    if (is_wrapped) {
        TRY(m_scanner.expect('('));
    }
    auto found = TRY(path(place));
    if (is_wrapped) {
        TRY(m_scanner.expect(')'));
    }
    if (!found.found) {
        return unknown_property(*found.table, found.last);
    }
    return found;
}

std::optional<Operator> FilterParser::comparison_operator()
{
    static constexpr std::pair<std::string_view, Operator> words[] = {
        { "eq", Operator::equal },
        { "ne", Operator::not_equal },
        { "gt", Operator::greater },
        { "ge", Operator::greater_or_equal },
        { "lt", Operator::less },
        { "le", Operator::less_or_equal },
        { "in", Operator::in },
    };
    for (auto const& [word, op] : words) {
        if (m_scanner.take_word(word)) {
            return op;
        }
    }
    return std::nullopt;
}

Result<Filter> FilterParser::comparison(Place const& place)
{
    if (auto const first = TRY(literal())) {
        return literal_first(place, *first);
    }
    auto found = m_scanner.peek_word() == "tolower" || m_scanner.peek_word() == "toupper"
        ? TRY(column_argument(place))
        : TRY(path(place));
    if (!found.found) {
        if (m_scanner.peek() == '(') {
            return query_function(found, found.last);
        }
        if (m_scanner.take('/')) {
            return lambda(place, found);
        }
        return unknown_property(*found.table, found.last);
    }
    if (auto const op = comparison_operator()) {
        return compare(found, *op, place);
    }
    if (found.found->type == ColumnType::yes_no) {
        return Filter::condition(
            found.column, Operator::equal, { Value(true) }); // "creditonhold and …"
    }
    return m_scanner.refusal("a comparison");
}

// "5 lt column" reads as "column gt 5"; "true" alone is the condition that always holds.
Result<Filter> FilterParser::literal_first(Place const& place, Literal const& literal)
{
    auto const op = comparison_operator();
    if (!op || *op == Operator::in) {
        return m_scanner.refusal("a property");
    }
    auto const found = TRY(column_argument(place));
    return with_literal(found, mirrored(*op), literal);
}

Result<Filter> FilterParser::compare(Path const& left, Operator op, Place const& place)
{
    if (op == Operator::in || stands_for_list()) {
        std::vector<Value> values;
        for (auto const& literal : TRY(literal_list())) {
            values.push_back(TRY(value_of(*left.found, literal)));
        }
        return Filter::condition(left.column,
            op == Operator::not_equal ? Operator::not_in : Operator::in, std::move(values));
    }
    if (auto const right = TRY(literal())) {
        return with_literal(left, op, *right);
    }
    auto const right = TRY(column_argument(place));
    if (!left.column.hops.empty() || !right.column.hops.empty()) {
        return invalid_option(
            "Two properties can be compared only when both belong to the row itself.");
    }
    auto filter = Filter::condition(left.column, op);
    filter.right = right.column;
    return filter;
}

// "ownerid eq @my_teams": an alias whose value is a list.
bool FilterParser::stands_for_list()
{
    auto const assigned = m_aliases.find(m_scanner.peek_word());
    return assigned != m_aliases.end() && assigned->second.starts_with('[');
}

Result<Filter> FilterParser::with_literal(Path const& left, Operator op, Literal const& literal)
{
    auto value = TRY(value_of(*left.found, literal));
    if (value.is_null()) {
        if (op == Operator::equal || op == Operator::not_equal) {
            return Filter::condition(
                left.column, op == Operator::equal ? Operator::is_null : Operator::is_not_null);
        }
        return Filter::condition(left.column, op, { Value {} });
    }
    if (left.target && value.as_id()) {
        value = Value(Lookup { *left.target, *value.as_id() });
    }
    return Filter::condition(left.column, op, { std::move(value) });
}

Result<Filter> FilterParser::lambda(Place const& place, Path const& owner)
{
    auto const collection = find_collection(m_schema, *owner.table, owner.last);
    if (!collection) {
        return unknown_property(*owner.table, owner.last);
    }
    if (!place.variable.empty() && !owner.column.hops.empty()) {
        return invalid_option(
            "A collection that is reached through a lookup cannot be filtered inside any or all.");
    }
    auto const is_any = m_scanner.take_word("any");
    if (!is_any && !m_scanner.take_word("all")) {
        return m_scanner.refusal("any or all");
    }
    TRY(m_scanner.expect('('));
    auto related = std::make_shared<Related>();
    related->relationship = collection->relationship;
    related->table = collection->target->id;
    if (m_scanner.peek() != ')') {
        auto const variable = m_scanner.word();
        TRY(m_scanner.expect(':'));
        related->where = TRY(expression({ collection->target, variable }));
    } else if (!is_any) {
        return m_scanner.refusal("a condition");
    }
    TRY(m_scanner.expect(')'));
    Filter filter;
    filter.kind = Filter::Kind::related;
    filter.related_from = owner.column.hops;
    if (!is_any) {
        // All meet the condition: there is none that does not.
        related->where = !std::move(related->where);
    }
    filter.related = std::move(related);
    return is_any ? std::move(filter) : !std::move(filter);
}

Result<FilterParser::Path> FilterParser::path(Place const& place)
{
    Path path { .table = place.table };
    auto segment = m_scanner.word();
    if (segment.empty()) {
        return m_scanner.refusal("a property");
    }
    if (!place.variable.empty()) {
        if (segment != place.variable) {
            return invalid_option(fmt::format("'{}' must begin with '{}/': inside any and all only "
                                              "the collection's own rows can be asked.",
                segment, place.variable));
        }
        TRY(m_scanner.expect('/'));
        segment = m_scanner.word();
    }
    TRY(step(path, segment));
    return path;
}

Result<void> FilterParser::step(Path& path, std::string_view segment)
{
    auto const is_followed = m_scanner.peek() == '/';
    if (!is_followed || find_collection(m_schema, *path.table, segment)) {
        path.last = segment;
        path.found = find_property(*path.table, segment);
        if (!path.found && m_scanner.peek() != '(') {
            path.found = find_column(*path.table, segment); // "primarycontactid eq null"
        }
        if (path.found) {
            path.column.column = path.found->index;
        }
        return {};
    }
    auto const singles = find_singles(m_schema, *path.table, segment);
    if (singles.empty()) {
        return unknown_property(*path.table, segment);
    }
    TRY(m_scanner.expect('/'));
    auto const next = m_scanner.word();
    auto single = singles[0];
    for (auto const& each : singles) {
        // ownerid leads to users and teams: the one that has the property is meant.
        if (find_column(*each.target, next)
            || !find_singles(m_schema, *each.target, next).empty()) {
            single = each;
            break;
        }
    }
    if (next == single.target->column(single.target->id_column).name && m_scanner.peek() != '/') {
        // The target's id is the lookup's own value; no join is needed.
        path.found = single.lookup;
        path.column.column = single.lookup->index;
        path.target =
            single.lookup->is_polymorphic() ? std::optional(single.target->id) : std::nullopt;
        return {};
    }
    path.column.hops.push_back({ single.lookup->index, single.target->id });
    path.table = single.target;
    return step(path, next);
}

Result<std::optional<Literal>> FilterParser::literal()
{
    if (m_scanner.peek() != '@') {
        auto found = m_scanner.literal();
        if (!found && m_scanner.peek() == '\'') {
            return std::unexpected(m_scanner.quoted_text('\'').error());
        }
        return found;
    }
    auto const name = m_scanner.word();
    auto const assigned = m_aliases.find(name);
    if (assigned == m_aliases.end()) {
        return Literal {};
    }
    Scanner inner { assigned->second };
    auto found = inner.literal();
    if (!found || !inner.at_end()) {
        return invalid_option(
            fmt::format("The value of the parameter alias '{}' is no literal.", name));
    }
    return found;
}

Result<Literal> FilterParser::required_literal()
{
    auto found = TRY(literal());
    if (!found) {
        return m_scanner.refusal("a literal");
    }
    return std::move(*found);
}

}
