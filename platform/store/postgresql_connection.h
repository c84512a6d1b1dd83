// One PostgreSQL connection through libpq. Statements are prepared once and cached by text;
// parameters travel in binary, results as text. Not thread-safe; one thread at a time.
#pragma once

#include "platform/store/driver_connection.h"
#include "platform/store/statement_cache.h"

struct pg_conn;
struct pg_result;

namespace cashline {

enum class PostgresqlRole : std::uint8_t { writer, reader };

struct PostgresqlStatement {
    std::string name {};
    std::size_t parameters {};
    // Object ids of the types; 0 while only NULL was seen, then the server guesses.
    std::vector<unsigned> types {};
    bool used {};
};

struct FinishConnection {
    void operator()(pg_conn*) const;
};
struct ClearResult {
    void operator()(pg_result*) const;
};

class PostgresqlConnection final : public DriverConnection {
public:
    static constexpr std::size_t statements_max = 256;

    static Result<std::unique_ptr<PostgresqlConnection>> open(
        std::string const& url, PostgresqlRole);
    ~PostgresqlConnection() override;
    PostgresqlConnection(PostgresqlConnection const&) = delete;
    PostgresqlConnection& operator=(PostgresqlConnection const&) = delete;

    using SqlConnection::each;
    using SqlConnection::run;
    Dialect dialect() const override { return Dialect::postgresql; }
    Result<std::int64_t> run(std::string_view sql, std::span<SqlValue const> values = {}) override;
    Result<void> each(std::string_view sql, std::span<SqlValue const>, OnRow const&) override;
    Result<void> script(std::string_view sql) override;

    Result<void> begin_read() override;
    Result<void> end_read() override;
    bool transaction_stands() const override;
    bool is_usable() const override;

    // Begins a unit: the schema lock (shared, or exclusive when `alone`), then the given advisory
    // locks in their order, all in one round trip. Answers the transaction's id.
    Result<std::string> begin_unit(std::span<std::int64_t const> locks, bool alone);
    Result<void> commit();
    Result<void> rollback();

    // Which run of which server this is: transaction ids mean the same only within one.
    struct Incarnation {
        std::string system {}; // the cluster and its timeline
        std::string started {}; // empty when this user may not see it
    };
    Incarnation const& incarnation() const { return m_incarnation; }

private:
    using Answer = std::unique_ptr<pg_result, ClearResult>;

    PostgresqlConnection() : m_statements(statements_max) { }
    Result<void> connect(std::string const& url);
    Result<void> configure(PostgresqlRole);
    Result<PostgresqlStatement*> prepared(std::string_view sql, std::span<SqlValue const>);
    Result<void> prepare(std::string_view sql, PostgresqlStatement&);
    Result<Answer> execute(std::string_view sql, std::span<SqlValue const>);
    Result<Answer> simple(std::string const& sql);
    Error error_of(pg_result const*) const;
    void forget_statements();

    std::unique_ptr<pg_conn, FinishConnection> m_connection {};
    StatementCache<PostgresqlStatement> m_statements;
    std::int64_t m_statement_number {};
    bool m_must_deallocate {};
    Incarnation m_incarnation {};
};

}
