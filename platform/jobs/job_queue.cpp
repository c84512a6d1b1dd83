#include "platform/jobs/job_queue.h"

#include "platform/pipeline/unit_state.h"
#include "platform/store/dialect.h"

namespace cashline::jobs {

namespace {

constexpr std::string_view sqlite_table = R"(
create table if not exists cl_job (
    id blob not null unique,
    name text not null,
    input text,
    key text,
    state integer not null,
    attempts integer not null,
    run_at integer not null,
    lease_until integer,
    last_error text,
    created integer not null,
    finished integer) strict;
)";

constexpr std::string_view postgresql_table = R"(
create table if not exists cl_job (
    id uuid not null unique,
    name text not null,
    input text,
    key text,
    state integer not null,
    attempts integer not null,
    run_at bigint not null,
    lease_until bigint,
    last_error text,
    created bigint not null,
    finished bigint);
)";

constexpr std::string_view indexes = R"(
create unique index if not exists cl_job__waiting_key
    on cl_job (name, key) where state = 0 and key is not null;
create index if not exists cl_job__due on cl_job (run_at) where state = 0;
create index if not exists cl_job__lease on cl_job (lease_until) where state = 1;
)";

struct NewJob {
    Id id {};
    std::string_view name {};
    std::string_view input {};
    std::string_view key {};
    Timestamp due {};
    Timestamp created {};
};

Result<void> insert(SqlConnection& sql, NewJob const& job)
{
    std::vector<SqlValue> const values { job.id, job.name,
        job.input.empty() ? SqlValue {} : SqlValue { job.input },
        job.key.empty() ? SqlValue {} : SqlValue { job.key }, job.due.microseconds,
        job.created.microseconds };
    TRY(sql.run("insert into cl_job (id, name, input, key, state, attempts, run_at, created) "
                "values (?1, ?2, ?3, ?4, 0, 0, ?5, ?6) "
                "on conflict (name, key) where state = 0 and key is not null do nothing",
        values));
    return {};
}

Result<std::optional<TakenJob>> find_due(
    SqlConnection& sql, std::string_view condition, Timestamp now)
{
    auto const statement = "select id, name, input, attempts from cl_job where "
        + std::string(condition) + " limit 1"
        + std::string(dialect::row_lock_skipping(sql.dialect()));
    std::optional<TakenJob> found;
    std::string input;
    TRY(sql.each(statement, { SqlValue { now.microseconds } }, [&](SqlRow const& row) {
        found = TakenJob { .id = row.id(0),
            .name = std::string(row.text(1)),
            .attempt = static_cast<int>(row.integer(3)) + 1 };
        input = row.is_null(2) ? "" : row.text(2);
        return Walk::stop;
    }));
    if (found && !input.empty()) {
        found->input = TRY(json::parse(input));
    }
    return found;
}

// 30 s, 1 min, 2 min … about an hour before the last try.
std::int64_t pause_seconds(int attempt) { return std::int64_t { 30 } << (attempt - 1); }

}

Result<void> create_tables(SqlConnection& sql)
{
    TRY(sql.script(sql.dialect() == Dialect::sqlite ? sqlite_table : postgresql_table));
    return sql.script(indexes);
}

Result<void> store_jobs(UnitState& unit)
{
    auto const now = unit.context.now;
    for (auto const& job : unit.jobs) {
        auto const input = job.input.is_null() ? std::string {} : job.input.to_string();
        TRY(insert(unit.sql(),
            { .id = unit.context.environment.new_id(),
                .name = job.name,
                .input = input,
                .key = job.key,
                .due = now.plus_seconds(job.delay_seconds),
                .created = now }));
    }
    return {};
}

Result<std::optional<TakenJob>> take(Store& store, Timestamp now)
{
    // Idle runners look on a snapshot, so that they do not trouble the writer.
    auto snapshot = TRY(store.read());
    auto const due =
        TRY(snapshot->sql().find_integer("select 1 from cl_job where (state = 0 and run_at <= ?1) "
                                         "or (state = 1 and lease_until < ?1) limit 1",
            std::vector<SqlValue> { now.microseconds }));
    snapshot.reset();
    std::optional<TakenJob> taken;
    if (!due) {
        return taken;
    }
    TRY(store.write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        auto& sql = transaction.sql();
        taken = TRY(find_due(sql, "state = 1 and lease_until < ?1 order by lease_until", now));
        if (!taken) {
            taken = TRY(find_due(sql, "state = 0 and run_at <= ?1 order by run_at", now));
        }
        if (!taken) {
            return {};
        }
        TRY(sql.run("update cl_job set state = 1, attempts = ?2, lease_until = ?3 where id = ?1",
            { SqlValue { taken->id }, SqlValue { std::int64_t { taken->attempt } },
                SqlValue { now.plus_seconds(lease_seconds).microseconds } }));
        return {};
    }));
    return taken;
}

Result<void> take_over(Store& store)
{
    return store.write_and_wait([](StoreTransaction& transaction) -> Result<void> {
        TRY(transaction.sql().run("update cl_job set lease_until = 0 where state = 1"));
        return {};
    });
}

Result<void> finish(Store& store, Id job, Timestamp now)
{
    return store.write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        TRY(transaction.sql().run("update cl_job set state = 2, finished = ?2, lease_until = null, "
                                  "last_error = null where id = ?1",
            { SqlValue { job }, SqlValue { now.microseconds } }));
        return {};
    });
}

Result<void> fail(Store& store, TakenJob const& job, Timestamp now, Error const& error)
{
    auto const text = error.code + ": " + error.text;
    auto const is_dead = job.attempt >= attempts_max;
    auto const due = now.plus_seconds(is_dead ? 0 : pause_seconds(job.attempt));
    return store.write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        // A job with the same key may have been asked for meanwhile: that one will do the work.
        auto const waits_already = TRY(transaction.sql().find_integer(
            "select 1 from cl_job w join cl_job j on j.name = w.name and j.key = w.key "
            "where j.id = ?1 and w.state = 0",
            std::vector<SqlValue> { job.id }));
        auto const state = is_dead ? JobState::dead
            : waits_already        ? JobState::done
                                   : JobState::waiting;
        TRY(transaction.sql().run("update cl_job set state = ?2, run_at = ?3, last_error = ?4, "
                                  "finished = ?5, lease_until = null where id = ?1",
            { SqlValue { job.id }, SqlValue { static_cast<std::int64_t>(state) },
                SqlValue { due.microseconds }, SqlValue { std::string_view(text) },
                state == JobState::waiting ? SqlValue {} : SqlValue { now.microseconds } }));
        return {};
    });
}

Result<void> ensure_repeating(Store& store, std::string_view name, Id id, Timestamp due)
{
    return store.write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        return insert(transaction.sql(),
            { .id = id, .name = name, .key = "repeating", .due = due, .created = due });
    });
}

Result<void> forget_done(Store& store, Timestamp before)
{
    return store.write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        TRY(transaction.sql().run("delete from cl_job where state = 2 and finished < ?1",
            { SqlValue { before.microseconds } }));
        return {};
    });
}

Result<std::int64_t> count_waiting(SqlConnection& sql)
{
    return TRY(sql.find_integer("select count(*) from cl_job where state in (0, 1)", {}))
        .value_or(0);
}

}
