// How one column's value stands in SQL: a polymorphic lookup is two SQL columns (id and table
// number), everything else one. The pipeline writes and reads whole rows with it.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/store/sql.h"

#include <string>
#include <vector>

namespace cashline {

// Logical names as SQL columns: "customerid", "customerid__t".
void append_sql_columns(std::vector<std::string>& names, Column const& column);
// One or two parameters; text parameters point into the value.
void append_parameters(std::vector<SqlValue>& parameters, Column const& column, Value const& value);
// Reads at `position` and moves it behind the column.
Value read_sql_value(SqlRow const& row, int& position, Column const& column);

}
