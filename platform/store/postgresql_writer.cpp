#include "platform/store/postgresql_writer.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace cashline {

namespace {

constexpr int attempts_max = 6; // the first and five more
constexpr std::chrono::milliseconds settle_pause { 100 };
constexpr int settle_tries_max = 50;

// FNV-1a, since the value must be the same in every process.
std::int64_t hash_of(Lane const& lane)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    auto const add = [&hash](std::string_view text) {
        for (char const c : text) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        }
    };
    add(lane.kind);
    add(std::string_view("\0", 1));
    add(lane.key);
    return static_cast<std::int64_t>(hash);
}

bool may_repeat(Error const& error)
{
    return error.code == "sql_conflict" || error.code == "sql_lost";
}

}

std::vector<std::int64_t> lane_locks(std::vector<Lane> const& lanes)
{
    std::vector<std::int64_t> locks;
    locks.reserve(lanes.size());
    for (auto const& lane : lanes) {
        locks.push_back(hash_of(lane));
    }
    std::ranges::sort(locks);
    auto const repeated = std::ranges::unique(locks);
    locks.erase(repeated.begin(), repeated.end());
    return locks;
}

PostgresqlWriter::PostgresqlWriter(
    std::string url, std::uint64_t number, UnitQueue& queue, PostgresqlCounters& counters)
    : m_url(std::move(url))
    , m_random(0x9e3779b97f4a7c15 * (number + 1))
    , m_queue(queue)
    , m_counters(counters)
{
}

void PostgresqlWriter::work()
{
    for (;;) {
        auto units = m_queue.take(1);
        if (units.empty()) {
            return;
        }
        write(std::move(units.front()));
    }
}

void PostgresqlWriter::write(QueuedUnit unit)
{
    auto last = attempt(unit);
    for (int count = 1; count < attempts_max && last.may_repeat; ++count) {
        pause(count);
        last = attempt(unit);
    }
    ++(last.result ? m_counters.units_committed : m_counters.units_refused);
    answer(unit, std::move(last.result), last.after_commit);
}

PostgresqlWriter::Attempt PostgresqlWriter::attempt(QueuedUnit& unit)
{
    if (auto const connected = ensure_connected(); !connected) {
        return failed(connected.error());
    }
    auto attempt = run_in_transaction(unit);
    if (m_connection != nullptr) {
        auto const ended = m_connection->rollback();
        if (!ended || !m_connection->is_usable()) {
            m_connection.reset();
        }
    }
    return attempt;
}

PostgresqlWriter::Attempt PostgresqlWriter::run_in_transaction(QueuedUnit& unit)
{
    auto const locks = lane_locks(unit.options.lanes);
    auto const transaction_id = m_connection->begin_unit(locks, unit.options.alone);
    if (!transaction_id) {
        return failed(transaction_id.error());
    }
    auto outcome = run_unit(unit, *m_connection);
    // What the database said decides about another try, whatever the unit made of it.
    if (outcome.sql_error && may_repeat(*outcome.sql_error)) {
        return failed(*outcome.sql_error);
    }
    if (!outcome.result) {
        return { .result = std::move(outcome.result) };
    }
    if (!m_connection->transaction_stands()) {
        return { .result =
                     internal("internal_error", "A unit of work must not end the transaction.") };
    }
    auto const committed = m_connection->commit();
    if (committed) {
        return { .after_commit = std::move(outcome.after_commit) };
    }
    if (committed.error().code != "sql_lost") {
        return failed(committed.error());
    }
    auto settled = settle(*transaction_id);
    settled.after_commit = std::move(outcome.after_commit);
    return settled;
}

PostgresqlWriter::Attempt PostgresqlWriter::failed(Error error)
{
    bool const again = may_repeat(error);
    return { .result = std::unexpected(std::move(error)), .may_repeat = again };
}

Result<void> PostgresqlWriter::ensure_connected()
{
    if (m_connection == nullptr) {
        m_connection = TRY(PostgresqlConnection::open(m_url, PostgresqlRole::writer));
    }
    return {};
}

// The connection broke while the commit was under way. A transaction id that was never written to
// the log can be given out again after a crash, so "committed" counts only within one run of the
// server; "aborted" always does.
PostgresqlWriter::Attempt PostgresqlWriter::settle(std::string const& transaction_id)
{
    auto const before = m_connection->incarnation();
    for (int i = 0; i < settle_tries_max; ++i) {
        m_connection.reset();
        auto const status = find_status(transaction_id);
        if (!status && status.error().code != "sql_lost") {
            break;
        }
        if (status && m_connection->incarnation().system != before.system) {
            break;
        }
        if (status == "aborted") {
            return failed({ .fault = Fault::unavailable,
                .code = "sql_lost",
                .text = "The connection broke before the commit." });
        }
        if (status == "committed") {
            bool const same_run =
                !before.started.empty() && m_connection->incarnation().started == before.started;
            if (same_run) {
                return {};
            }
            break;
        }
        std::this_thread::sleep_for(settle_pause);
    }
    return {
        .result = refuse(Fault::unavailable, "store_unknown_outcome",
            "The database went away while saving; it is not known whether the change was kept.")
    };
}

Result<std::string> PostgresqlWriter::find_status(std::string const& transaction_id)
{
    TRY(ensure_connected());
    SqlValue const values[] = { std::string_view(transaction_id) };
    auto const status = TRY(m_connection->find_text("SELECT pg_xact_status(?1::xid8)", values));
    return status.value_or("unknown");
}

// A little longer each time, never in step with a neighbour.
void PostgresqlWriter::pause(int attempt)
{
    m_random ^= m_random << 13U;
    m_random ^= m_random >> 7U;
    m_random ^= m_random << 17U;
    auto const longest_us = std::uint64_t { 2'000 } << static_cast<unsigned>(attempt);
    std::this_thread::sleep_for(
        std::chrono::microseconds(longest_us / 2 + m_random % (longest_us / 2)));
}

}
