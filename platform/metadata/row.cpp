#include "platform/metadata/row.h"

#include "core/check.h"

#include <algorithm>

namespace cashline {

namespace {

Value const null_value {};
constexpr TableId activity_pointer_table { 4200 };

auto position_of(auto& cells, ColumnIndex column)
{
    return std::ranges::lower_bound(cells, column, {}, &Row::Cell::column);
}

template<class T>
std::optional<T> copy_of(T const* value)
{
    return value ? std::optional(*value) : std::nullopt;
}

template<class T>
Value value_of(std::optional<T> const& value)
{
    return value ? Value(*value) : Value {};
}

}

Value const* Row::find(ColumnIndex column) const
{
    auto const found = position_of(m_cells, column);
    return found != m_cells.end() && found->column == column ? &found->value : nullptr;
}

Value const& Row::value(ColumnIndex column) const
{
    auto const* found = find(column);
    return found ? *found : null_value;
}

Row& Row::set(ColumnIndex column, Value value)
{
    auto const found = position_of(m_cells, column);
    if (found != m_cells.end() && found->column == column) {
        found->value = std::move(value);
    } else {
        m_cells.insert(found, Cell { column, std::move(value) });
    }
    return *this;
}

void Row::erase(ColumnIndex column)
{
    std::erase_if(m_cells, [&](Cell const& cell) { return cell.column == column; });
}

void Row::merge(Row const& other)
{
    for (auto const& cell : other.m_cells) {
        set(cell.column, cell.value);
    }
}

Row& Row::put(ColumnHandle const& column, Value value)
{
    if (m_table == TableId {}) {
        m_table = column.table;
    }
    CHECK(m_table == column.table || column.table == activity_pointer_table
        || m_table == activity_pointer_table);
    if (m_table == activity_pointer_table) {
        m_table =
            column
                .table; // The first handle was a common one; the row is of the activity's own type.
    }
    return set(column.index, std::move(value));
}

std::optional<std::string_view> Row::get(TextColumn const& column) const
{
    auto const* text = value(column).as_text();
    return text ? std::optional(std::string_view(*text)) : std::nullopt;
}

std::optional<std::int64_t> Row::get(WholeColumn const& column) const
{
    return copy_of(value(column).as_integer());
}

std::optional<bool> Row::get(YesNoColumn const& column) const
{
    return copy_of(value(column).as_bool());
}

std::optional<Decimal> Row::get(DecimalColumn const& column) const
{
    return copy_of(value(column).as_decimal());
}

std::optional<Amount> Row::get(MoneyColumn const& column) const
{
    return copy_of(value(column).as_amount());
}

std::optional<Timestamp> Row::get(DateTimeColumn const& column) const
{
    return copy_of(value(column).as_timestamp());
}

std::optional<Date> Row::get(DateColumn const& column) const
{
    return copy_of(value(column).as_date());
}

std::optional<Id> Row::get(IdColumn const& column) const { return copy_of(value(column).as_id()); }

std::optional<Lookup> Row::get(LookupColumn const& column) const
{
    return copy_of(value(column).as_lookup());
}

std::string Row::text_or(TextColumn const& column, std::string_view fallback) const
{
    return std::string(get(column).value_or(fallback));
}

Row& Row::set(TextColumn const& column, std::optional<std::string_view> value)
{
    return put(column, value_of(value));
}

Row& Row::set(WholeColumn const& column, std::optional<std::int64_t> value)
{
    return put(column, value_of(value));
}

Row& Row::set(YesNoColumn const& column, std::optional<bool> value)
{
    return put(column, value_of(value));
}

Row& Row::set(DecimalColumn const& column, std::optional<Decimal> value)
{
    return put(column, value_of(value));
}

Row& Row::set(MoneyColumn const& column, std::optional<Amount> value)
{
    return put(column, value_of(value));
}

Row& Row::set(DateTimeColumn const& column, std::optional<Timestamp> value)
{
    return put(column, value_of(value));
}

Row& Row::set(DateColumn const& column, std::optional<Date> value)
{
    return put(column, value_of(value));
}

Row& Row::set(IdColumn const& column, std::optional<Id> value)
{
    return put(column, value_of(value));
}

Row& Row::set(LookupColumn const& column, std::optional<Lookup> value)
{
    return put(column, value_of(value));
}

Row& Row::set(LookupColumn const& column, Id id)
{
    CHECK(column.target != TableId {});
    return put(column, Value(Lookup { column.target, id }));
}

}
