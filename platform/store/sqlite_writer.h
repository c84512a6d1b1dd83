// The one thread that writes to a SQLite database. It owns the only read-write connection and is
// the only checkpointer (SQLite before 3.51.3 can corrupt a database when two connections write and
// checkpoint at once). Internal to platform/store.
#pragma once

#include "platform/store/sqlite_connection.h"
#include "platform/store/unit_queue.h"

#include <atomic>
#include <thread>

namespace cashline {

class SqliteWriter {
public:
    explicit SqliteWriter(std::unique_ptr<SqliteConnection>);
    ~SqliteWriter();
    SqliteWriter(SqliteWriter const&) = delete;
    SqliteWriter& operator=(SqliteWriter const&) = delete;

    void write(QueuedUnit unit) { m_queue.push(std::move(unit)); }
    // Drains the queue, ends the thread, folds the log into the database and closes it.
    void stop();
    StoreStatistics statistics() const;

private:
    struct Work {
        QueuedUnit unit;
        UnitOutcome outcome {};
        bool is_out {}; // it took the transaction down with it and is not run again
    };
    enum class Pass : std::uint8_t { ready_to_commit, lost };

    void work();
    void write_batch(std::vector<QueuedUnit>);
    Result<std::size_t> run_batch(std::vector<Work>&);
    Pass run_pass(std::vector<Work>&, std::size_t& run_count);
    void run_in_savepoint(Work&);
    Result<void> release_or_undo(Result<void> const&);
    void abandon_transaction();
    void put_back(std::vector<Work>&, std::size_t first);
    Result<void> commit();
    Error commit_failed(Error const& cause);
    void answer_batch(std::vector<Work>&, Result<void> const& committed);
    void keep_log_small();

    std::unique_ptr<SqliteConnection> m_connection;
    std::int64_t m_log_pages {};
    std::int64_t m_checkpoint_due;
    UnitQueue m_queue {};
    std::atomic<std::int64_t> m_units_committed {};
    std::atomic<std::int64_t> m_units_refused {};
    std::atomic<std::int64_t> m_batches_committed {};
    std::thread m_thread {};
};

}
