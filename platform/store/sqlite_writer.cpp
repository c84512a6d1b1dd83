#include "platform/store/sqlite_writer.h"

#include "core/check.h"

#include <fmt/format.h>

namespace cashline {

namespace {

constexpr std::size_t batch_max = 256;
// A batch that runs longer commits and lets the others see its answers.
constexpr std::chrono::milliseconds slice_max { 50 };
// Pages of 4 kB: the log is folded into the database every 16 MB. Readers that follow each other
// closely can keep it from starting anew; from 64 MB the writer waits a moment for those that are
// reading.
constexpr std::int64_t checkpoint_pages = 4'096;
constexpr std::int64_t truncate_pages = 16'384;
constexpr int truncate_wait_ms = 20;

}

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteConnection> connection)
    : m_connection(std::move(connection))
    , m_checkpoint_due(checkpoint_pages)
{
    m_thread = std::thread([this] { work(); });
}

SqliteWriter::~SqliteWriter() { stop(); }

void SqliteWriter::stop()
{
    m_queue.stop();
    if (m_thread.joinable()) {
        m_thread.join();
        m_connection.reset();
    }
}

StoreStatistics SqliteWriter::statistics() const
{
    return {
        .units_committed = m_units_committed,
        .batches_committed = m_batches_committed,
        .units_refused = m_units_refused,
        .queue_length = m_queue.length(),
    };
}

void SqliteWriter::work()
{
    for (;;) {
        auto units = m_queue.take(batch_max);
        if (units.empty()) {
            return;
        }
        write_batch(std::move(units));
        keep_log_small();
    }
}

void SqliteWriter::write_batch(std::vector<QueuedUnit> units)
{
    std::vector<Work> batch;
    batch.reserve(units.size());
    for (auto& unit : units) {
        batch.push_back({ .unit = std::move(unit) });
    }
    auto const run_count = run_batch(batch);
    if (!run_count) {
        answer_batch(batch, std::unexpected(run_count.error()));
        return;
    }
    put_back(batch, *run_count);
    answer_batch(batch, commit());
}

// Runs units until the slice is over and answers how many were run; those wait for the commit.
Result<std::size_t> SqliteWriter::run_batch(std::vector<Work>& batch)
{
    for (;;) {
        std::size_t run_count = 0;
        TRY(m_connection->run("BEGIN IMMEDIATE"));
        if (run_pass(batch, run_count) == Pass::ready_to_commit) {
            return run_count;
        }
    }
}

SqliteWriter::Pass SqliteWriter::run_pass(std::vector<Work>& batch, std::size_t& run_count)
{
    auto const slice_end = std::chrono::steady_clock::now() + slice_max;
    bool any_run = false;
    for (auto& work : batch) {
        if (!work.is_out) {
            if (any_run && std::chrono::steady_clock::now() > slice_end) {
                return Pass::ready_to_commit;
            }
            run_in_savepoint(work);
            any_run = true;
            // A full or failing disk or want of memory can make SQLite roll back everything, also
            // what the units before this one did. They did nothing wrong and run again, without the
            // one that met the trouble.
            if (!m_connection->transaction_stands()) {
                work.is_out = true;
                return Pass::lost;
            }
        }
        ++run_count;
    }
    return Pass::ready_to_commit;
}

// Afterwards the unit is wholly applied or wholly undone, or the transaction is gone.
void SqliteWriter::run_in_savepoint(Work& work)
{
    if (auto const begun = m_connection->run("SAVEPOINT unit"); !begun) {
        work.outcome = { .result = std::unexpected(begun.error()) };
        abandon_transaction();
        return;
    }
    work.outcome = run_unit(work.unit, *m_connection);
    if (!m_connection->transaction_stands()) {
        if (work.outcome.result) {
            work.outcome.result =
                internal("internal_error", "A unit of work must not end the transaction.");
        }
        return;
    }
    if (auto const ended = release_or_undo(work.outcome.result); !ended) {
        work.outcome.result = std::unexpected(ended.error());
        abandon_transaction();
    }
}

Result<void> SqliteWriter::release_or_undo(Result<void> const& result)
{
    if (!result) {
        TRY(m_connection->run("ROLLBACK TO unit"));
    }
    TRY(m_connection->run("RELEASE unit"));
    return {};
}

void SqliteWriter::abandon_transaction()
{
    if (m_connection->transaction_stands()) {
        auto const undone = m_connection->run("ROLLBACK");
        VERIFY(undone || !m_connection->transaction_stands());
    }
}

void SqliteWriter::put_back(std::vector<Work>& batch, std::size_t first)
{
    std::vector<QueuedUnit> rest;
    for (auto i = first; i < batch.size(); ++i) {
        rest.push_back(std::move(batch[i].unit));
    }
    batch.erase(batch.begin() + static_cast<std::ptrdiff_t>(first), batch.end());
    m_queue.put_back(std::move(rest));
}

Result<void> SqliteWriter::commit()
{
    auto const committed = m_connection->run("COMMIT");
    if (!committed) {
        abandon_transaction();
        return std::unexpected(commit_failed(committed.error()));
    }
    ++m_batches_committed;
    return {};
}

// When the log could be written but not synced, its frames end in a valid commit mark: after a
// crash they might come to life although everybody was told otherwise. Another commit from the same
// place writes over them.
Error SqliteWriter::commit_failed(Error const& cause)
{
    auto const seal = [this]() -> Result<void> {
        auto const version = TRY(m_connection->find_integer("PRAGMA user_version"));
        return m_connection->script(fmt::format("PRAGMA user_version = {}", version.value_or(0)));
    };
    auto const sealed = seal();
    abandon_transaction();
    if (!sealed) {
        return { .fault = Fault::unavailable,
            .code = "store_unknown_outcome",
            .text = "The disk failed while saving; it is not known whether the change was kept. "
                + cause.text };
    }
    return { .fault = Fault::unavailable,
        .code = "store_commit_failed",
        .text = "The disk failed while saving; nothing was changed. " + cause.text };
}

void SqliteWriter::answer_batch(std::vector<Work>& batch, Result<void> const& committed)
{
    for (auto& work : batch) {
        // A refusal may rest on what an earlier unit of the batch did, so it fails with the batch
        // as well.
        if (!committed && !work.is_out) {
            work.outcome.result = committed;
        }
        ++(work.outcome.result ? m_units_committed : m_units_refused);
    }
    for (auto& work : batch) {
        answer(work.unit, std::move(work.outcome.result), work.outcome.after_commit);
    }
}

// A checkpoint that fails or is held up by a reader is tried again when the log has grown by as
// much again; until then the log has everything.
void SqliteWriter::keep_log_small()
{
    auto const pages = m_connection->wal_pages();
    if (pages < m_log_pages) {
        m_checkpoint_due = checkpoint_pages; // the log began anew
    }
    m_log_pages = pages;
    if (pages < m_checkpoint_due) {
        return;
    }
    m_checkpoint_due = pages + checkpoint_pages;
    if (pages >= truncate_pages) {
        std::ignore = m_connection->checkpoint_and_truncate(truncate_wait_ms);
    } else {
        std::ignore = m_connection->checkpoint();
    }
}

}
