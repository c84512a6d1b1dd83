#include "platform/pipeline/sql_values.h"

#include "core/check.h"

namespace cashline {

namespace {

std::int64_t scaled(Column const& column, Decimal const& value)
{
    auto const number = value.to_scaled(column.scale);
    CHECK(number.has_value()); // Validation has rounded it to the column's scale and bounds.
    return *number;
}

SqlValue parameter_of(Column const& column, Value const& value)
{
    if (auto const* text = value.as_text()) {
        return std::string_view(*text);
    }
    if (auto const* number = value.as_integer()) {
        return *number;
    }
    if (auto const* amount = value.as_amount()) {
        return amount->ten_thousandths;
    }
    if (auto const* decimal = value.as_decimal()) {
        return scaled(column, *decimal);
    }
    if (auto const* id = value.as_id()) {
        return *id;
    }
    if (auto const* lookup = value.as_lookup()) {
        return lookup->id;
    }
    if (auto const* moment = value.as_timestamp()) {
        return moment->microseconds;
    }
    if (auto const* date = value.as_date()) {
        return std::int64_t { date->days };
    }
    if (auto const* flag = value.as_bool()) {
        return std::int64_t { *flag };
    }
    return std::monostate {};
}

}

void append_sql_columns(std::vector<std::string>& names, Column const& column)
{
    names.push_back(column.name);
    if (column.is_polymorphic()) {
        names.push_back(column.name + "__t");
    }
}

void append_parameters(std::vector<SqlValue>& parameters, Column const& column, Value const& value)
{
    parameters.push_back(parameter_of(column, value));
    if (column.is_polymorphic()) {
        auto const* lookup = value.as_lookup();
        parameters.push_back(
            lookup ? SqlValue { static_cast<std::int64_t>(lookup->table) } : SqlValue {});
    }
}

Value read_sql_value(SqlRow const& row, int& position, Column const& column)
{
    auto const at = position++;
    auto const table_at = column.is_polymorphic() ? position++ : -1;
    if (row.is_null(at)) {
        return {};
    }
    switch (column.type) {
    case ColumnType::id:
    case ColumnType::file:
    case ColumnType::image:
        return row.id(at);
    case ColumnType::text:
    case ColumnType::memo:
    case ColumnType::choices:
        return row.text(at);
    case ColumnType::whole:
    case ColumnType::big:
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
        return row.integer(at);
    case ColumnType::decimal:
        return Decimal::from_scaled(row.integer(at), column.scale);
    case ColumnType::money:
        return Amount { row.integer(at) };
    case ColumnType::yes_no:
        return row.integer(at) != 0;
    case ColumnType::date:
        return Date { static_cast<std::int32_t>(row.integer(at)) };
    case ColumnType::date_time:
        return Timestamp { row.integer(at) };
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
        return Lookup { table_at < 0 ? column.targets[0]
                                     : static_cast<TableId>(row.integer(table_at)),
            row.id(at) };
    case ColumnType::party_list:
        return {};
    }
    return {};
}

}
