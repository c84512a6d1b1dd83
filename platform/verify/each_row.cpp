#include "platform/verify/each_row.h"

namespace cashline {

namespace {

constexpr std::int64_t chunk_rows = 500;

}

Result<void> each_row(
    Reader& reader, Table const& table, std::function<Result<void>(Row const&)> const& visit)
{
    Id last {};
    while (true) {
        auto query = Query::from(table.id);
        for (auto const& column : table.columns) {
            if (column.is_stored()) {
                query.columns.push_back(column.index);
            }
        }
        if (!last.is_nil()) {
            query.filter = Filter::condition(table.id_column, Operator::greater, { Value(last) });
        }
        query.orders.push_back({ .column = table.id_column });
        query.limit = chunk_rows;
        auto const rows = TRY(reader.query(query));
        for (auto const& row : rows) {
            TRY(visit(row));
        }
        if (static_cast<std::int64_t>(rows.size()) < chunk_rows) {
            return {};
        }
        last = rows.back().id();
    }
}

}
