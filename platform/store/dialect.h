// Where the two databases want different words. Statements are otherwise the same: both have
// RETURNING, ON CONFLICT, common table expressions, window functions, IS DISTINCT FROM and LIMIT …
// OFFSET.
#pragma once

#include "platform/store/sql.h"

#include <vector>

namespace cashline::dialect {

enum class ColumnKind : std::uint8_t { id, int64, int32, boolean, text, blob };

// "BLOB" or "uuid", … without NOT NULL. Text compares bytewise on both.
std::string_view column_type(Dialect, ColumnKind);
// Ends a CREATE TABLE: " STRICT" on SQLite.
std::string_view table_suffix(Dialect);
// Wrapped in double quotes; both databases then keep its case.
std::string quoted(std::string_view identifier);
// A text constant in single quotes, for DDL that cannot take parameters.
std::string text_constant(std::string_view text);
inline std::string_view boolean_constant(bool value) { return value ? "1" : "0"; }

// Ends a SELECT of rows that the unit will change. Empty on SQLite, where the one writer has them
// all.
std::string_view row_lock(Dialect);
// The same for workers that share a queue of jobs and do not want to wait for each other.
std::string_view row_lock_skipping(Dialect);

// Makes %, _ and \ in a text stand for themselves in a pattern used with `like`.
std::string like_escaped(std::string_view text);
// "column LIKE ?1 ESCAPE '\'": case-sensitive on both.
std::string like(std::string_view expression, std::string_view pattern);

// The largest or smallest of several expressions, NULL when … differs: give non-null ones.
std::string_view greatest(Dialect);
std::string_view least(Dialect);

struct Upsert {
    std::string_view table {};
    std::vector<std::string_view> keys {};
    std::vector<std::string_view> others {}; // none: an existing row stays as it is
};
// INSERT with ?1 … for keys, then others, that replaces the others of an existing row.
std::string upsert(Upsert const&);

// Rows of one text column: the tables of the database; the columns of table ?1, the indexes of
// table ?1.
std::string_view tables_query(Dialect);
std::string_view columns_query(Dialect);
std::string_view indexes_query(Dialect);

}
