// One of the threads that write to PostgreSQL, with a connection of its own. It runs a unit again
// after a conflict or a lost connection, and finds out what became of a commit whose answer never
// came. Internal to platform/store.
#pragma once

#include "platform/store/postgresql_connection.h"
#include "platform/store/unit_queue.h"

#include <atomic>

namespace cashline {

struct PostgresqlCounters {
    std::atomic<std::int64_t> units_committed {};
    std::atomic<std::int64_t> units_refused {};
};

// Locks of lanes as PostgreSQL takes them: each once, in one order for everybody.
std::vector<std::int64_t> lane_locks(std::vector<Lane> const&);

class PostgresqlWriter {
public:
    // `number` sets its pauses apart from those of its neighbours.
    PostgresqlWriter(std::string url, std::uint64_t number, UnitQueue&, PostgresqlCounters&);
    // Until the queue is stopped and drained.
    void work();

private:
    struct Attempt {
        Result<void> result {};
        bool may_repeat {};
        AfterCommit after_commit {};
    };

    void write(QueuedUnit);
    Attempt attempt(QueuedUnit&);
    Attempt run_in_transaction(QueuedUnit&);
    Attempt failed(Error);
    Result<void> ensure_connected();
    Attempt settle(std::string const& transaction_id);
    Result<std::string> find_status(std::string const& transaction_id);
    void pause(int attempt);

    std::string m_url;
    std::uint64_t m_random;
    UnitQueue& m_queue;
    PostgresqlCounters& m_counters;
    std::unique_ptr<PostgresqlConnection> m_connection {};
};

}
