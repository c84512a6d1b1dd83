#include "core/text.h"
#include "platform/query/odata/scanner.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline::odata {

namespace {

Refusal unfit(Column const& column, Literal const& literal)
{
    return invalid("InvalidQueryOption",
        fmt::format("The literal '{}' does not fit the type of the property '{}'.", literal.text,
            column.name),
        column.name);
}

Result<Value> number(Column const& column, Literal const& literal)
{
    // Clients send numbers in quotes, too.
    if (literal.kind != Literal::Kind::number && literal.kind != Literal::Kind::text) {
        return unfit(column, literal);
    }
    auto const decimal = Decimal::parse(text::trim(literal.text));
    if (!decimal) {
        return unfit(column, literal);
    }
    auto const whole = decimal->to_scaled(0);
    return whole ? Value(*whole) : Value(*decimal);
}

Result<Value> yes_or_no(Column const& column, Literal const& literal)
{
    auto const is = [&](std::string_view text) { return literal.text == text; };
    if (is("true") || is("1")) {
        return Value(true);
    }
    if (is("false") || is("0")) {
        return Value(false);
    }
    return unfit(column, literal);
}

Result<Value> identity(Column const& column, Literal const& literal)
{
    auto const id = literal.kind == Literal::Kind::id || literal.kind == Literal::Kind::text
        ? Id::parse(literal.text)
        : std::nullopt;
    return id ? Result<Value>(Value(*id)) : unfit(column, literal);
}

Result<Value> date_or_moment(Column const& column, Literal const& literal)
{
    if (literal.kind == Literal::Kind::number || literal.kind == Literal::Kind::boolean) {
        return unfit(column, literal);
    }
    if (auto const day = Date::parse(literal.text)) {
        return Value(*day);
    }
    if (auto const moment = Timestamp::parse(literal.text)) {
        return Value(*moment);
    }
    return invalid("InvalidDateTime",
        fmt::format("'{}' is not a date between 1753-01-01 and 9999-12-31.", literal.text),
        column.name);
}

// "9, 1" is kept as "1,9".
Value choices(Literal const& literal)
{
    std::vector<std::int64_t> numbers;
    for (auto const part : text::split(literal.text, ',')) {
        auto const decimal = Decimal::parse(text::trim(part));
        if (!decimal || !decimal->to_scaled(0)) {
            return Value(literal.text);
        }
        numbers.push_back(*decimal->to_scaled(0));
    }
    std::ranges::sort(numbers);
    return Value(fmt::format("{}", fmt::join(numbers, ",")));
}

}

Result<Value> value_of(Column const& column, Literal const& literal)
{
    if (literal.kind == Literal::Kind::null) {
        return Value {};
    }
    switch (column.type) {
    case ColumnType::id:
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::file:
    case ColumnType::image:
        return identity(column, literal);
    case ColumnType::text:
    case ColumnType::memo:
    case ColumnType::party_list:
        return Value(literal.text);
    case ColumnType::choices:
        return choices(literal);
    case ColumnType::whole:
    case ColumnType::big:
    case ColumnType::decimal:
    case ColumnType::money:
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
        return number(column, literal);
    case ColumnType::yes_no:
        return yes_or_no(column, literal);
    case ColumnType::date:
    case ColumnType::date_time:
        return date_or_moment(column, literal);
    }
    std::unreachable();
}

}
