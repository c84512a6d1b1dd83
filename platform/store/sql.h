// SQL values and connections as both drivers give them. Statements are written once with ?1 ?2 …;
// the PostgreSQL driver rewrites them to $1 $2. Only platform/store, platform/query and the
// platform pieces that own system tables (journal, jobs, security, numbers, files) may include
// this; apps never do (tools/tidy checks).
//
// Representation, the same on both: ids BLOB(16) / uuid, money and scaled decimals int64 / bigint,
// moments int64 microseconds / bigint, dates int32 days / integer, booleans 0/1 / smallint, text
// TEXT / text with C collation.
#pragma once

#include "core/id.h"
#include "core/result.h"

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace cashline {

// A parameter. string_view must outlive the call; Bytes is for blobs.
struct Bytes {
    std::string_view data;
};
using SqlValue = std::variant<std::monostate, std::int64_t, std::string_view, Bytes, Id>;

enum class Dialect : std::uint8_t { sqlite, postgresql };

// The current row of a running statement; views are valid until the callback returns.
class SqlRow {
public:
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string_view bytes(int column) const = 0;
    virtual Id id(int column) const = 0;

protected:
    ~SqlRow() = default;
};

enum class Walk : std::uint8_t { on, stop };
using OnRow = std::function<Walk(SqlRow const&)>;

// Errors: "sql_unique" (column = index name, <table>__<key>), "sql_foreign_key", "sql_not_null"
// (column = column), "sql_check" (column = constraint name), "sql_busy", "sql_conflict" (40001,
// 40P01: run the unit again), "sql_lost" (connection or transaction), "sql_full" (disk),
// "sql_error" otherwise. After a failed statement a unit or snapshot is over: later statements
// answer the same error, on both databases. Name the columns you read: "SELECT *" in a snapshot may
// answer sql_conflict after a schema change.
class SqlConnection {
public:
    virtual ~SqlConnection() = default;
    virtual Dialect dialect() const = 0;
    // Rows affected.
    virtual Result<std::int64_t> run(
        std::string_view sql, std::span<SqlValue const> values = {}) = 0;
    virtual Result<void> each(
        std::string_view sql, std::span<SqlValue const> values, OnRow const&) = 0;
    // Several statements without parameters (DDL).
    virtual Result<void> script(std::string_view sql) = 0;

    Result<std::int64_t> run(std::string_view sql, std::initializer_list<SqlValue> values)
    {
        return run(sql, std::span(values.begin(), values.size()));
    }
    Result<void> each(
        std::string_view sql, std::initializer_list<SqlValue> values, OnRow const& on_row)
    {
        return each(sql, std::span(values.begin(), values.size()), on_row);
    }
    // First column of the first row.
    Result<std::optional<std::int64_t>> find_integer(
        std::string_view sql, std::span<SqlValue const> values = {});
    Result<std::optional<std::string>> find_text(
        std::string_view sql, std::span<SqlValue const> values = {});
};

}
