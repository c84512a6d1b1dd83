#include "platform/metadata/column_numbers.h"

#include "core/check.h"

namespace cashline {

Result<ColumnNumbers> ColumnNumbers::load(SqlConnection& sql, Schema const& schema)
{
    ColumnNumbers numbers;
    TRY(sql.each("select table_number, column_name, column_number from cl_column", {},
        [&](SqlRow const& row) {
            auto const* table = schema.find(static_cast<TableId>(row.integer(0)));
            auto const* column = table ? table->find(row.text(1)) : nullptr;
            if (column) {
                auto const number = static_cast<std::int32_t>(row.integer(2));
                numbers.m_numbers[{ table->id, column->index }] = number;
                numbers.m_columns[{ table->id, number }] = column->index;
            }
            return Walk::on;
        }));
    return numbers;
}

std::int32_t ColumnNumbers::number_of(TableId table, ColumnIndex column) const
{
    auto const found = m_numbers.find({ table, column });
    CHECK(found != m_numbers.end());
    return found->second;
}

std::optional<ColumnIndex> ColumnNumbers::find(TableId table, std::int32_t number) const
{
    auto const found = m_columns.find({ table, number });
    return found == m_columns.end() ? std::nullopt : std::optional(found->second);
}

}
