// Microsoft.Dynamics.CRM.Between(PropertyName='revenue',PropertyValues=["5","2000"]) and its kin
// (web-api.md 2.10).
#include "platform/query/odata/filter_parser.h"
#include "platform/query/operators.h"

#include <fmt/format.h>

namespace cashline::odata {

namespace {

constexpr std::string_view function_namespace = "Microsoft.Dynamics.CRM.";
constexpr std::size_t list_text_max = 850;

bool counts_units(Operator op)
{
    auto const name = operator_name(op);
    return name.starts_with("last-x-") || name.starts_with("next-x-")
        || name.starts_with("olderthan-x-");
}

Result<Value> function_value(Column const& column, Operator op, Literal const& literal)
{
    if (op == Operator::in || op == Operator::not_in || op == Operator::contain_values) {
        if (literal.text.size() > list_text_max) {
            return invalid_option("A value of a list may have 850 characters at most.");
        }
    }
    if (!counts_units(op)) {
        return value_of(column, literal);
    }
    auto const number = Decimal::parse(literal.text);
    auto const whole = number ? number->to_scaled(0) : Result<std::int64_t>(invalid_option({}));
    if (!whole) {
        return invalid_option(fmt::format("'{}' is no whole number.", literal.text));
    }
    return Value(*whole);
}

}

// ["5","2000"], ['2'] or bare values; an alias stands for the whole list.
Result<std::vector<Literal>> FilterParser::literal_list()
{
    if (m_scanner.peek() == '@') {
        auto const assigned = m_aliases.find(m_scanner.word());
        if (assigned == m_aliases.end()) {
            return std::vector<Literal> {};
        }
        Scanner inner { assigned->second };
        return FilterParser(m_schema, m_aliases, inner).literal_list();
    }
    auto const closing = m_scanner.peek() == '(' ? ')' : ']';
    TRY(m_scanner.expect(closing == ')' ? '(' : '['));
    std::vector<Literal> literals;
    if (m_scanner.take(closing)) {
        return literals;
    }
    do {
        if (m_scanner.peek() == '"') {
            literals.push_back({ Literal::Kind::text, TRY(m_scanner.quoted_text('"')) });
        } else {
            literals.push_back(TRY(required_literal()));
        }
    } while (m_scanner.take(','));
    TRY(m_scanner.expect(closing));
    return literals;
}

Result<std::vector<Literal>> FilterParser::function_values(std::string_view parameter)
{
    if (parameter == "PropertyValues") {
        return literal_list();
    }
    if (m_scanner.peek() == '"') {
        return std::vector { Literal { Literal::Kind::text, TRY(m_scanner.quoted_text('"')) } };
    }
    return std::vector { TRY(required_literal()) };
}

Result<Filter> FilterParser::query_function(Path const& prefix, std::string_view name)
{
    auto const is_ours = name.starts_with(function_namespace);
    auto const op =
        is_ours ? find_query_function(name.substr(function_namespace.size())) : std::nullopt;
    if (!op) {
        return invalid_option(fmt::format("An unknown function with name '{}' was found.", name));
    }
    TRY(m_scanner.expect('('));
    Column const* column {};
    std::vector<Literal> literals;
    do {
        auto const parameter = m_scanner.word();
        TRY(m_scanner.expect('='));
        auto values = TRY(function_values(parameter));
        if (parameter == "PropertyName") {
            auto const written = values.empty() ? std::string {} : values[0].text;
            column = find_column(*prefix.table, written);
            if (!column) {
                return unknown_property(*prefix.table, written);
            }
        } else if (parameter == "PropertyValue" || parameter == "PropertyValues") {
            literals = std::move(values);
        } else {
            return invalid_option(fmt::format("'{}' has no parameter '{}'.", name, parameter));
        }
    } while (m_scanner.take(','));
    TRY(m_scanner.expect(')'));
    if (!column) {
        return invalid_option(fmt::format("'{}' needs the parameter PropertyName.", name));
    }
    std::vector<Value> values;
    for (auto const& literal : literals) {
        values.push_back(TRY(function_value(*column, *op, literal)));
    }
    ColumnPath path { column->index };
    path.hops = prefix.column.hops;
    return Filter::condition(std::move(path), *op, std::move(values));
}

}
