// One SQLite connection through the C API, set up as the store needs it: WAL, synchronous=FULL,
// foreign keys, strict SQL. Statements are cached by text. Not thread-safe; one thread at a time.
#pragma once

#include "platform/store/driver_connection.h"
#include "platform/store/statement_cache.h"

struct sqlite3;
struct sqlite3_stmt;

namespace cashline {

enum class SqliteRole : std::uint8_t { writer, reader };

struct SqliteSettings {
    std::string path {};
    std::string vfs {};
    SqliteRole role { SqliteRole::reader };
};

struct FinalizeStatement {
    void operator()(sqlite3_stmt*) const;
};
struct SqliteStatement {
    std::unique_ptr<sqlite3_stmt, FinalizeStatement> handle {};
    bool in_use {}; // a nested query with the same text must not reset the outer one
};

class SqliteConnection final : public DriverConnection {
public:
    static constexpr std::size_t statements_max = 256;

    static Result<std::unique_ptr<SqliteConnection>> open(SqliteSettings const&);
    ~SqliteConnection() override;
    SqliteConnection(SqliteConnection const&) = delete;
    SqliteConnection& operator=(SqliteConnection const&) = delete;

    using SqlConnection::each;
    using SqlConnection::run;
    Dialect dialect() const override { return Dialect::sqlite; }
    Result<std::int64_t> run(std::string_view sql, std::span<SqlValue const> values = {}) override;
    Result<void> each(std::string_view sql, std::span<SqlValue const>, OnRow const&) override;
    Result<void> script(std::string_view sql) override;

    Result<void> begin_read() override;
    Result<void> end_read() override;
    bool transaction_stands() const override;
    bool is_usable() const override { return true; }

    // Pages in the write-ahead log after this connection's last commit.
    std::int64_t wal_pages() const { return m_wal_pages; }
    // Copies the log into the database without waiting for anybody; true when nothing is left in
    // it.
    Result<bool> checkpoint();
    // Also empties the log file, if the readers of this moment end within the wait.
    Result<bool> checkpoint_and_truncate(int wait_ms);
    // A consistent copy into a new file.
    Result<void> copy_to(std::string const& path);
    std::size_t cached_statements() const { return m_statements.size(); }

private:
    struct Lease;

    SqliteConnection() : m_statements(statements_max) { }
    Result<void> configure(SqliteSettings const&);
    Result<void> demand_durability();
    Result<Lease> take(std::string_view sql);
    Result<sqlite3_stmt*> prepare(std::string_view sql, bool persistent);
    Result<void> bind(sqlite3_stmt*, std::span<SqlValue const>);
    Error error_of(int code);
    std::string unique_index_of(std::string_view message);
    std::optional<std::string> find_index(std::string_view table, std::string_view columns);

    sqlite3* m_database {};
    StatementCache<SqliteStatement> m_statements;
    std::int64_t m_wal_pages {};
};

}
