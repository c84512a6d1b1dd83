// Makes the database fit the snapshot: creates tables, adds columns, keys, indexes and foreign keys
// that are missing. Never drops or changes anything: a column that left the definitions stays. What
// exists is known from the catalogue tables cl_column and cl_index, written in the same
// transaction.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/store/sql.h"

namespace cashline {

Result<void> migrate_schema(SqlConnection&, Schema const&);

// SQL names. A folded shadow is <column>__f, the table number beside a polymorphic lookup
// <column>__t.
std::string sql_name(std::string_view name); // quoted
std::string folded_name(Column const&); // quoted
std::string target_name(Column const&); // quoted; only for polymorphic lookups

}
