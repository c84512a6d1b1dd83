// One execution of a unit of work, the same for both databases: its guarded connection, what it
// wants to happen after the commit, and the turning of exceptions into refusals. Internal to
// platform/store.
#pragma once

#include "platform/store/driver_connection.h"
#include "platform/store/store.h"

namespace cashline {

// A unit on its way through a store.
struct QueuedUnit {
    UnitOfWork work;
    WriteOptions options {};
    OnDone done;
    int attempt {};
};

// Holds the two databases to one behaviour: PostgreSQL refuses everything after a failed statement,
// and what SQLite ran after it rolled back on its own would commit by itself. Here the first error
// answers all that follows.
class GuardedConnection final : public SqlConnection {
public:
    explicit GuardedConnection(DriverConnection& driver) : m_driver(driver) { }

    Dialect dialect() const override { return m_driver.dialect(); }
    Result<std::int64_t> run(std::string_view sql, std::span<SqlValue const> values = {}) override;
    Result<void> each(std::string_view sql, std::span<SqlValue const>, OnRow const&) override;
    Result<void> script(std::string_view sql) override;

    std::optional<Error> const& first_error() const { return m_first_error; }

private:
    Result<void> may_go_on();
    template<class T>
    Result<T> noted(Result<T>);

    DriverConnection& m_driver;
    std::optional<Error> m_first_error {};
};

using AfterCommit = std::vector<std::function<void()>>;

struct UnitOutcome {
    Result<void> result {};
    std::optional<Error> sql_error {}; // what the database said first, whatever the unit made of it
    AfterCommit after_commit {};
};

// Runs the unit inside the transaction that the caller opened. Whatever it throws becomes an
// "internal_error".
UnitOutcome run_unit(QueuedUnit&, DriverConnection&);

// After a durable commit: the unit's own callbacks in order, then its answer.
void answer(QueuedUnit&, Result<void>, AfterCommit const& = {});

}
