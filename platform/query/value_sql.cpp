#include "platform/query/value_sql.h"

#include <fmt/format.h>

namespace cashline {

namespace {

Refusal wrong_kind(Column const& column)
{
    return invalid("QueryBuilderInvalid_Value",
        fmt::format("The value given for '{}' does not fit the type of the column.", column.name),
        column.name);
}

std::optional<StoredNumber> scaled(Decimal const& value, std::uint8_t scale)
{
    auto const rounded = value.rounded(scale, Rounding::floor);
    auto const number = rounded.to_scaled(scale);
    return number ? std::optional(StoredNumber { *number, rounded == value }) : std::nullopt;
}

std::optional<Decimal> as_decimal(Value const& value)
{
    if (auto const* number = value.as_integer()) {
        return Decimal::from(*number);
    }
    if (auto const* decimal = value.as_decimal()) {
        return *decimal;
    }
    if (auto const* amount = value.as_amount()) {
        return amount->to_decimal();
    }
    return std::nullopt;
}

std::optional<StoredNumber> stored_moment(Value const& value)
{
    if (auto const* moment = value.as_timestamp()) {
        return StoredNumber { moment->microseconds };
    }
    if (auto const* date = value.as_date()) {
        return StoredNumber { Timestamp::at_midnight_utc(*date).microseconds };
    }
    return std::nullopt;
}

std::optional<StoredNumber> stored_day(Value const& value)
{
    if (auto const* date = value.as_date()) {
        return StoredNumber { date->days };
    }
    if (auto const* moment = value.as_timestamp()) {
        auto const day = moment->date_utc();
        return StoredNumber { day.days, Timestamp::at_midnight_utc(day) == *moment };
    }
    return std::nullopt;
}

}

Storage storage_of(Column const& column)
{
    switch (column.type) {
    case ColumnType::id:
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::file:
    case ColumnType::image:
        return Storage::id;
    case ColumnType::text:
    case ColumnType::memo:
    case ColumnType::choices:
    case ColumnType::party_list:
        return Storage::text;
    case ColumnType::whole:
    case ColumnType::big:
    case ColumnType::decimal:
    case ColumnType::money:
    case ColumnType::yes_no:
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
    case ColumnType::date:
    case ColumnType::date_time:
        return Storage::number;
    }
    std::unreachable();
}

Result<StoredNumber> stored_number(Column const& column, Value const& value)
{
    std::optional<StoredNumber> number;
    if (column.type == ColumnType::yes_no) {
        auto const* claim = value.as_bool();
        auto const* digit = value.as_integer();
        if (claim || (digit && (*digit == 0 || *digit == 1))) {
            number = StoredNumber { claim ? std::int64_t { *claim } : *digit };
        }
    } else if (column.type == ColumnType::date) {
        number = stored_day(value);
    } else if (column.type == ColumnType::date_time) {
        number = stored_moment(value);
    } else if (auto const decimal = as_decimal(value)) {
        number = scaled(*decimal, column.scale);
    }
    return number ? Result<StoredNumber>(*number) : wrong_kind(column);
}

Result<Id> stored_id(Column const& column, Value const& value)
{
    if (auto const* id = value.as_id()) {
        return *id;
    }
    if (auto const* lookup = value.as_lookup()) {
        return lookup->id;
    }
    return wrong_kind(column);
}

Result<std::string> stored_text(Column const& column, Value const& value)
{
    if (auto const* text = value.as_text()) {
        return *text;
    }
    if (auto const decimal = as_decimal(value)) {
        return decimal->to_string(); // FetchXML and clients send numbers bare for text columns.
    }
    return wrong_kind(column);
}

Value read_value(Column const& column, SqlRow const& row, int at, int table_at)
{
    if (row.is_null(at)) {
        return {};
    }
    switch (column.type) {
    case ColumnType::id:
    case ColumnType::file:
    case ColumnType::image:
        return Value(row.id(at));
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
        return Value(
            Lookup { table_at < 0 ? column.targets[0] : static_cast<TableId>(row.integer(table_at)),
                row.id(at) });
    case ColumnType::text:
    case ColumnType::memo:
    case ColumnType::choices:
    case ColumnType::party_list:
        return Value(row.text(at));
    case ColumnType::whole:
    case ColumnType::big:
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
        return Value(row.integer(at));
    case ColumnType::decimal:
        return Value(Decimal::from_scaled(row.integer(at), column.scale));
    case ColumnType::money:
        return Value(Amount { row.integer(at) });
    case ColumnType::yes_no:
        return Value(row.integer(at) != 0);
    case ColumnType::date:
        return Value(Date { static_cast<std::int32_t>(row.integer(at)) });
    case ColumnType::date_time:
        return Value(Timestamp { row.integer(at) });
    }
    std::unreachable();
}

}
