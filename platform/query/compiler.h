// Turns a Query into SQL for the connection's database, with the caller's access predicate in it.
// The statement walks the sort index where the caller sees everything; otherwise each way to see a
// row (owner, unit, share) is a branch of its own with its own limit, merged by the order, since
// one OR over them would read the whole table.
#pragma once

#include "platform/pipeline/read_context.h"
#include "platform/query/sort_keys.h"

namespace cashline {

inline constexpr std::int64_t page_size_max = 5'000;
inline constexpr std::int64_t count_max =
    5'001; // what a capped count answers at most: "more than 5,000"
inline constexpr std::size_t expands_max = 15;

struct SelectedColumn {
    Column const* column {}; // as the query names it
    int at {};
    int table_at { -1 }; // polymorphic lookups
    std::string_view key {}; // of a NamedColumn, else empty
    Table const* table {}; // that has the column
};

// Where the parts of one row stand in the result.
struct Selection {
    Table const* table {};
    Expand const* expand {}; // the expand that joined this row, null for the row itself
    int id_at { -1 }; // -1: distinct rows have no identity
    int version_at { -1 };
    std::vector<SelectedColumn> columns {};
    std::vector<Selection> singles {}; // of single-valued expands
    std::vector<Expand const*> collections {}; // read later, one query for all rows

    bool is_absent(SqlRow const& row) const { return id_at >= 0 && row.is_null(id_at); }
};

struct SelectedKey {
    int at {};
    Storage storage {};
};

struct CompiledQuery {
    std::string sql {};
    Parameters parameters {};
    Selection selection {};
    std::vector<Storage> storages {}; // of each column of the result
    std::vector<SelectedKey> keys {}; // only with a page size
    std::uint32_t shape {};
    std::optional<std::int64_t>
        page_size {}; // one row more is read, to know whether there are more
    int parent_at { -1 }; // children: the row they belong to
};

// Which columns come when the query names none.
enum class EmptySelect : std::uint8_t {
    stored, // for rules: what the table keeps
    everything, // for clients: calculated ones too, but no pictures
};

// Refused when a table is not readable at all ("PrivilegeDenied") or a limit is passed.
Result<CompiledQuery> compile(
    ReadContext const&, Caller const&, Query const&, EmptySelect = EmptySelect::stored);

// One row by its id, which the statement takes as its first parameter: compiled once, it serves
// every row of the table for this caller. The query names what to bring, no rows.
Result<CompiledQuery> compile_row(ReadContext const&, Caller const&, Query const&, EmptySelect);

// The rows of a collection-valued expand for many parents in one statement. `top` counts per
// parent.
struct ChildrenOf {
    TableId parent_table {};
    std::string relationship {};
    std::vector<Id> parents {};
};
Result<CompiledQuery> compile_children(
    ReadContext const&, Caller const&, Query const&, ChildrenOf const&);

struct CompiledCount {
    std::string sql {};
    Parameters parameters {};
};
// Counts without limit, page and order; at most `cap` when given.
Result<CompiledCount> compile_count(
    ReadContext const&, Caller const&, Query const&, std::optional<std::int64_t> cap);

}
