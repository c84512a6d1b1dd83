// Jobs as rows of cl_job: written in the commit that asks for them, taken with a lease, kept when
// they are given up so that people can see what did not happen.
#pragma once

#include "core/json.h"
#include "core/time.h"
#include "platform/store/store.h"

namespace cashline {

struct UnitState;

namespace jobs {

enum class JobState : std::uint8_t { waiting, running, done, dead };

struct TakenJob {
    Id id {};
    std::string name {};
    json::Value input {};
    int attempt {};
};

inline constexpr int attempts_max = 8;
inline constexpr std::int64_t lease_seconds = 300;

Result<void> create_tables(SqlConnection& sql);
// Writes the jobs the unit asked for. One with a key that waits already is not doubled.
Result<void> store_jobs(UnitState& unit);

// The next due job, or one whose lease ran out because its process died; empty when nothing is due.
Result<std::optional<TakenJob>> take(Store& store, Timestamp now);
Result<void> finish(Store& store, Id job, Timestamp now);
// At the start of a process that has the database for itself: whoever ran a job before is dead, and
// nobody has to wait for the end of his lease.
Result<void> take_over(Store& store);
// Tries again after a pause that doubles each time; after the last try the job is dead and stays
// for people to see.
Result<void> fail(Store& store, TakenJob const& job, Timestamp now, Error const& error);

// A repeating job waits once; its next run is due after its period.
Result<void> ensure_repeating(Store& store, std::string_view name, Id id, Timestamp due);
// Forgets jobs that were done before this moment.
Result<void> forget_done(Store& store, Timestamp before);
Result<std::int64_t> count_waiting(SqlConnection& sql);

}

}
