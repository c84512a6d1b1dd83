// The store as the pipeline sees it: units of work are queued, run one after the other (SQLite) or
// beside each other with retries (PostgreSQL), and are acknowledged only after a durable commit.
// Nobody above sees a difference.
//
// SQLite: one writer thread owns the only read-write connection and is the only checkpointer; each
// unit runs in its own savepoint; whatever queued during the last fsync commits with one fsync.
// PostgreSQL: a bounded pool of connections, each unit one READ COMMITTED transaction; its lanes
// are locked in sorted order first.
#pragma once

#include "platform/store/sql.h"

#include <memory>
#include <vector>

namespace cashline {

// A hot row that a unit will change: a number series, the credit of an invoice account, the stock
// of an item at a site. Ignored on SQLite; on PostgreSQL an advisory transaction lock on (kind,
// hash of key), taken sorted.
struct Lane {
    std::string kind;
    std::string key;
    auto operator<=>(Lane const&) const = default;
};

// What a unit may do besides SQL.
class StoreTransaction {
public:
    virtual ~StoreTransaction() = default;
    virtual SqlConnection& sql() = 0;
    // Runs when this unit's commit is durable, on the committing thread, in unit order; must be
    // quick.
    virtual void after_commit(std::function<void()>) = 0;
    // 0 the first time; more when a former attempt of the same unit was undone (retries, batch
    // replay).
    virtual int attempt() const = 0;
};

// A unit must be a pure function of its input: it can be run again. A refusal (error) undoes only
// this unit.
using UnitOfWork = std::move_only_function<Result<void>(StoreTransaction&)>;
// Called exactly once, after the commit or with the refusal, from a store thread; must be quick. A
// unit that is not even queued ("store_busy", "store_stopped") is answered on the caller's thread,
// before write() returns.
using OnDone = std::move_only_function<void(Result<void>)>;

struct WriteOptions {
    std::vector<Lane> lanes {};
    bool alone {}; // the only unit of its batch (metadata, roles, teams, units); exclusive schema
                   // lock on PostgreSQL
};

// A reader's consistent view; holds a connection until destroyed. Never written through.
class Snapshot {
public:
    virtual ~Snapshot() = default;
    virtual SqlConnection& sql() = 0;
};

struct StoreStatistics {
    std::int64_t units_committed {};
    std::int64_t batches_committed {};
    std::int64_t units_refused {};
    std::int64_t queue_length {};
};

class Store {
public:
    virtual ~Store() = default;
    virtual Dialect dialect() const = 0;
    virtual void write(UnitOfWork, WriteOptions, OnDone) = 0;
    virtual Result<std::unique_ptr<Snapshot>> read() = 0;
    virtual StoreStatistics statistics() const = 0;
    // Online copy of a consistent state into a new file or folder (SQLite), or pg_dump-free logical
    // copy refused.
    virtual Result<void> copy_to(std::string const& path) = 0;
    virtual void stop() = 0; // drains the queue, then refuses ("store_stopped")

    // Waits for the answer; for start-up, commands and tests, never on an I/O thread.
    Result<void> write_and_wait(UnitOfWork, WriteOptions = {});
};

struct StoreOptions {
    std::string path {}; // SQLite: the database file; empty with postgresql
    std::string postgresql {}; // connection URL; empty for SQLite
    int readers { 4 }; // SQLite read connections / PostgreSQL pool size
    std::string sqlite_vfs {}; // tests: a VFS that forgets what was not synced
};

Result<std::unique_ptr<Store>> open_store(StoreOptions const&);

}
