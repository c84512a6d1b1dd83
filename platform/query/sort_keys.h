// How rows are ordered, and the keyset that continues after a row: the values of its sort keys,
// with the primary key as the last one, so that page 20,000 costs what page 1 costs. Nulls come
// first ascending and last descending on both databases.
#pragma once

#include "platform/query/scope.h"
#include "platform/query/value_sql.h"

#include <variant>

namespace cashline {

struct SortKey {
    std::string sql {};
    Storage storage {};
    bool is_descending {};
    bool is_nullable {};
};

// The orders of the query, then the id. Lookups sort by the primary name of the row they point at,
// as far as the caller may read it; choices by number, or by label where asked.
Result<std::vector<SortKey>> sort_keys(Scope&, Query const&);
// For rows that are told apart by their values only (distinct): every selected column is a key.
Result<std::vector<SortKey>> distinct_keys(
    Scope&, Query const&, std::vector<ColumnIndex> const& columns);
// "a0.name desc nulls last, a0.id"; `expressions` replaces the keys' own SQL, position by position,
// when not empty.
std::string order_by(
    Dialect, std::vector<SortKey> const&, std::vector<std::string> const& expressions = {});

using KeyValue = std::variant<std::monostate, std::int64_t, std::string, Id>;

KeyValue read_key(SqlRow const&, int at, Storage);
// Identifies the order a cursor belongs to; a cursor of another order is refused.
std::uint32_t order_shape(Query const&);
std::string encode_cursor(std::uint32_t shape, std::vector<KeyValue> const&);
// "QueryBuilderInvalidPagingCookie" for anything that is not a cursor of this order.
Result<std::vector<KeyValue>> decode_cursor(
    std::string_view cursor, std::uint32_t shape, std::vector<SortKey> const&);
// Conditions for the rows after these values; a row meets at most one of them, and each can walk an
// index.
std::vector<std::string> keyset_branches(
    Parameters&, std::vector<SortKey> const&, std::vector<KeyValue> const&);

}
