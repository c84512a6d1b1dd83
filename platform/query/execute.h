// Runs queries: rows as values for rules, counts. Rows for clients go straight from SQL into JSON
// (json/json_rows.h).
#pragma once

#include "platform/metadata/row.h"
#include "platform/query/compiler.h"

namespace cashline {

// Expands are left out: a Row holds the columns of one table. The page size is a limit like any
// other here.
Result<std::vector<Row>> select_rows(ReadContext&, Caller const&, Query const&);
// The first row; empty when there is none that the caller may read.
Result<std::optional<Row>> find_row(ReadContext&, Caller const&, Query);
Result<std::optional<Row>> find_row(
    ReadContext&, Caller const&, Lookup const&, std::vector<ColumnIndex> columns = {});
// Exact without a cap, otherwise at most `cap` (count_max for what clients see).
Result<std::int64_t> count_rows(
    ReadContext&, Caller const&, Query const&, std::optional<std::int64_t> cap = {});

// One row of a compiled query as values.
Row read_row(Selection const&, SqlRow const&);

}
