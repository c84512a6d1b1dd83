#include "platform/query/execute.h"

#include "platform/query/value_sql.h"

namespace cashline {

Row read_row(Selection const& selection, SqlRow const& values)
{
    Row row { selection.table->id, selection.id_at < 0 ? Id {} : values.id(selection.id_at) };
    if (selection.version_at >= 0) {
        row.set_version(values.integer(selection.version_at));
    }
    for (auto const& selected : selection.columns) {
        row.set(selected.column->index,
            read_value(*selected.column, values, selected.at, selected.table_at));
    }
    return row;
}

Result<std::vector<Row>> select_rows(ReadContext& context, Caller const& caller, Query const& query)
{
    auto plain = query;
    plain.expands.clear();
    plain.named.clear();
    plain.with_count = false;
    if (plain.page_size) {
        plain.limit = plain.page_size;
        plain.page_size.reset();
    }
    auto const compiled = TRY(compile(context, caller, plain));
    std::vector<Row> rows;
    TRY(context.sql.each(compiled.sql, compiled.parameters.values(), [&](SqlRow const& values) {
        rows.push_back(read_row(compiled.selection, values));
        return Walk::on;
    }));
    return rows;
}

Result<std::optional<Row>> find_row(ReadContext& context, Caller const& caller, Query query)
{
    query.limit = 1;
    query.page_size.reset();
    auto rows = TRY(select_rows(context, caller, query));
    return rows.empty() ? std::optional<Row> {} : std::optional(std::move(rows[0]));
}

Result<std::optional<Row>> find_row(ReadContext& context, Caller const& caller,
    Lookup const& reference, std::vector<ColumnIndex> columns)
{
    auto const* table = context.schema.find(reference.table);
    if (!table) {
        return internal("bad_query", "The reference names a table that does not exist.");
    }
    auto query = Query::from(reference.table);
    query.columns = std::move(columns);
    query.filter = Filter::condition(table->id_column, Operator::equal, { Value(reference.id) });
    return find_row(context, caller, std::move(query));
}

Result<std::int64_t> count_rows(
    ReadContext& context, Caller const& caller, Query const& query, std::optional<std::int64_t> cap)
{
    auto const compiled = TRY(compile_count(context, caller, query, cap));
    auto const count = TRY(context.sql.find_integer(compiled.sql, compiled.parameters.values()));
    return count.value_or(0);
}

}
