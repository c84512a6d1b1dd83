#include "platform/pipeline/reader.h"

#include "core/check.h"
#include "core/zones.h"
#include "platform/pipeline/row_access.h"
#include "platform/pipeline/table_plan.h"
#include "platform/query/execute.h"

namespace cashline {

Columns::Columns(std::initializer_list<ColumnHandle> handles)
{
    for (auto const& handle : handles) {
        indexes.push_back(handle.index);
    }
}

Timestamp Reader::now() const { return m_context->now; }

Date Reader::today() const
{
    auto const local = zones::local_date(m_context->now, m_caller->time_zone);
    // A zone that this machine does not know must not stop the work.
    return local ? *local : m_context->now.date_utc();
}

Schema const& Reader::schema() const { return m_context->schema; }

Id Reader::new_id() { return m_context->environment.new_id(); }

Result<Row> Reader::retrieve(TableId table, Id id, Columns const& columns)
{
    auto row = TRY(find(table, id, columns));
    if (!row) {
        return missing("ObjectDoesNotExist",
            schema().table(table).name + " With Id = " + id.to_string() + " Does Not Exist");
    }
    return std::move(*row);
}

Result<std::optional<Row>> Reader::find(TableId table, Id id, Columns const& columns)
{
    return find_row(*m_context, *m_caller, Lookup { table, id }, columns.indexes);
}

Result<std::vector<Row>> Reader::query(Query const& query)
{
    return select_rows(*m_context, *m_caller, query);
}

Result<std::optional<Row>> Reader::first(Query query)
{
    return find_row(*m_context, *m_caller, std::move(query));
}

Result<std::int64_t> Reader::count(Query const& query)
{
    return count_rows(*m_context, *m_caller, query);
}

Result<bool> Reader::exists(Query query)
{
    return TRY(count_rows(*m_context, *m_caller, query, 1)) > 0;
}

Result<bool> Reader::may(Privilege privilege, TableId table, Id id)
{
    CHECK(m_context->plans != nullptr);
    if (m_caller->is_system()) {
        return true;
    }
    Lookup const row { table, id };
    auto const stamp = TRY(find_stamp(*m_context, row));
    return stamp ? cashline::may(*m_context, *m_caller, { privilege, row, *stamp })
                 : Result<bool>(false);
}

Reader Reader::elevated_reader() const
{
    return m_caller->is_system() ? *this : Reader(*m_context, m_context->elevated_of(*m_caller));
}

}
