#include "platform/journal/follow.h"

#include "platform/journal/journal.h"
#include "platform/pipeline/platform.h"
#include "platform/pipeline/unit_state.h"
#include "platform/store/dialect.h"

#include <algorithm>
#include <chrono>

namespace cashline {

namespace {

// In one unit of a follower: few enough that the writer is not held up, enough that a busy journal
// is not followed with a commit for each commit.
constexpr std::int64_t change_sets_at_once = 32;
// A follower that wants nothing of what passes stores its position only so often; looking twice
// does no harm.
constexpr std::int64_t unstored_max = 1'000;
// Other processes commit without telling us; so does a PostgreSQL whose positions another process
// gives.
constexpr auto poll_interval = std::chrono::milliseconds { 250 };
constexpr auto sequencing_interval = std::chrono::milliseconds { 20 };
constexpr std::int64_t pause_seconds_max = 300;

std::int64_t pause_seconds(int failures)
{
    return std::min<std::int64_t>(pause_seconds_max, std::int64_t { 1 } << std::min(failures, 9));
}

Result<std::int64_t> stored_position(
    SqlConnection& sql, std::string_view name, std::string_view lock)
{
    auto const position =
        TRY(sql.find_integer("select position from cl_follower where name = ?1" + std::string(lock),
            std::vector<SqlValue> { name }));
    return position.value_or(0);
}

// The row stands before the first unit, so that two processes meet at its lock.
Result<std::int64_t> ensure_position(Platform& platform, std::string_view name)
{
    std::int64_t position = 0;
    TRY(platform.store().write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        auto& sql = transaction.sql();
        TRY(sql.run(
            "insert into cl_follower (name, position) values (?1, 0) on conflict (name) do nothing",
            { SqlValue { name } }));
        position = TRY(stored_position(sql, name, {}));
        return {};
    }));
    return position;
}

Result<void> store_position(SqlConnection& sql, std::string_view name, std::int64_t position)
{
    TRY(sql.run(
        "update cl_follower set position = ?2, failures = 0, last_error = null where name = ?1",
        { SqlValue { name }, SqlValue { position } }));
    return {};
}

bool wants(std::vector<TableId> const& tables, ChangeSet const& set)
{
    return tables.empty() || std::ranges::any_of(set.entries, [&](JournalEntry const& entry) {
        return std::ranges::find(tables, entry.table) != tables.end();
    });
}

struct Portion {
    std::vector<ChangeSet const*> sets {};
    std::int64_t end {}; // the position afterwards
};

// One unit: what the follower does and where it stands now, or nothing of both.
Result<void> follow_portion(Platform& platform, Follower& follower, Portion const& portion)
{
    return platform.write(system_caller(Door::job),
        std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
            auto& sql = state_of(unit).sql();
            // Another process may have been here first.
            auto const stored =
                TRY(stored_position(sql, follower.name(), dialect::row_lock(sql.dialect())));
            if (stored >= portion.end) {
                return {};
            }
            for (auto const* set : portion.sets) {
                if (set->position > stored) {
                    Nested const nested(state_of(unit));
                    TRY(follower.follow(unit, *set));
                }
            }
            return store_position(sql, follower.name(), portion.end);
        }));
}

void note_failure(Platform& platform, Follower& follower, int failures, Error const& error)
{
    auto const text = error.code + ": " + error.text;
    std::vector<SqlValue> const values { follower.name(), std::int64_t { failures },
        std::string_view(text) };
    // Only for people to read; when even this fails, the next try tells again.
    static_cast<void>(
        platform.store().write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
            TRY(transaction.sql().run(
                "update cl_follower set failures = ?2, last_error = ?3 where name = ?1", values));
            return {};
        }));
}

}

Result<void> JournalFollowers::create_tables(SqlConnection& sql)
{
    return sql.script("create table if not exists cl_follower (name text not null primary key, "
                      "position bigint not null, failures integer, last_error text)");
}

Result<void> JournalFollowers::listen_from_now(Platform& platform)
{
    // Without positions yet, what was committed before would seem new.
    TRY(journal::give_positions(platform.store()));
    m_told = TRY(platform.read<std::int64_t>(system_caller(Door::job),
        [](Reader& reader) { return journal::last_position(reader.context().sql); }));
    return {};
}

void JournalFollowers::start(Platform& platform)
{
    if (m_thread.joinable()) {
        return;
    }
    m_thread =
        std::jthread([this, &platform](std::stop_token const& stopped) { run(platform, stopped); });
}

void JournalFollowers::stop()
{
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_woken.notify_all();
        m_thread.join();
    }
}

void JournalFollowers::wake()
{
    {
        auto const lock = std::scoped_lock { m_mutex };
        m_is_due = true;
    }
    m_woken.notify_all();
}

void JournalFollowers::listen(Listener listener)
{
    auto const lock = std::scoped_lock { m_following };
    m_listeners.push_back(std::move(listener));
}

void JournalFollowers::run(Platform& platform, std::stop_token const& stopped)
{
    while (!stopped.stop_requested()) {
        {
            auto lock = std::unique_lock { m_mutex };
            m_woken.wait_for(lock, stopped, poll_interval, [&] { return m_is_due; });
            m_is_due = false;
        }
        if (platform.store().dialect() == Dialect::postgresql && !stopped.stop_requested()) {
            // What commits meanwhile shares the next round: one update for many commits.
            auto lock = std::unique_lock { m_mutex };
            m_woken.wait_for(lock, stopped, sequencing_interval, [] { return false; });
        }
        auto followed = follow_once(platform, Patience::waits_after_failures);
        while (!stopped.stop_requested() && followed && *followed > 0) {
            followed = follow_once(platform, Patience::waits_after_failures);
        }
    }
}

Result<std::int64_t> JournalFollowers::catch_up(Platform& platform)
{
    std::int64_t total = 0;
    while (true) {
        auto const followed = TRY(follow_once(platform, Patience::tries_now));
        if (followed == 0) {
            return total;
        }
        total += followed;
    }
}

Result<std::int64_t> JournalFollowers::follow_once(Platform& platform, Patience patience)
{
    auto const lock = std::scoped_lock { m_following };
    TRY(journal::give_positions(platform.store()));
    TRY(tell_listeners(platform));
    std::int64_t total = 0;
    std::optional<Error> failure;
    for (auto const& follower : platform.registry().followers()) {
        auto& progress = *TRY(progress_of(platform, *follower));
        auto const now = platform.environment().now();
        if (patience == Patience::waits_after_failures && now < progress.paused_until) {
            continue;
        }
        auto const followed = follow(platform, *follower, progress);
        if (followed) {
            total += *followed;
            progress.failures = 0;
        } else {
            failure = followed.error();
            progress.paused_until = now.plus_seconds(pause_seconds(++progress.failures));
            note_failure(platform, *follower, progress.failures, *failure);
        }
    }
    // Who drains wants to know; in the background the pause is the answer.
    if (failure && patience == Patience::tries_now && total == 0) {
        return std::unexpected(*failure);
    }
    return total;
}

Result<JournalFollowers::Progress*> JournalFollowers::progress_of(
    Platform& platform, Follower& follower)
{
    auto const known = m_progress.find(follower.name());
    if (known != m_progress.end()) {
        return &known->second;
    }
    auto const position = TRY(ensure_position(platform, follower.name()));
    return &m_progress
                .emplace(
                    std::string(follower.name()), Progress { .seen = position, .stored = position })
                .first->second;
}

Result<std::int64_t> JournalFollowers::follow(
    Platform& platform, Follower& follower, Progress& progress)
{
    auto const batch = TRY(read_after(platform, progress.seen));
    if (batch->empty()) {
        return 0;
    }
    auto const tables = follower.tables();
    Portion portion { .end = batch->back().position };
    for (auto const& set : *batch) {
        if (wants(tables, set)) {
            portion.sets.push_back(&set);
        }
    }
    if (!portion.sets.empty() || portion.end - progress.stored > unstored_max) {
        auto const followed = follow_portion(platform, follower, portion);
        if (!followed && portion.sets.size() <= 1) {
            return std::unexpected(followed.error());
        }
        // One of them is refused: the ones before it are not its fault.
        for (std::size_t place = 0; !followed && place < portion.sets.size(); ++place) {
            auto const* set = portion.sets[place];
            TRY(follow_portion(platform, follower, { { set }, set->position }));
            progress.seen = progress.stored = set->position;
        }
        progress.stored = portion.end;
    }
    progress.seen = portion.end;
    return static_cast<std::int64_t>(batch->size());
}

Result<JournalFollowers::Batch> JournalFollowers::read_after(
    Platform& platform, std::int64_t position)
{
    // Followers mostly stand at one place: what the first has read serves the others.
    if (m_batch && m_batch_after == position && !m_batch->empty()) {
        return m_batch;
    }
    auto sets =
        TRY(platform.read<std::vector<ChangeSet>>(system_caller(Door::job), [&](Reader& reader) {
            return journal::read(reader.context().sql, position, change_sets_at_once);
        }));
    m_batch = std::make_shared<std::vector<ChangeSet> const>(std::move(sets));
    m_batch_after = position;
    return m_batch;
}

Result<void> JournalFollowers::tell_listeners(Platform& platform)
{
    if (m_listeners.empty()) {
        return {};
    }
    while (true) {
        auto const batch = TRY(read_after(platform, m_told));
        if (batch->empty()) {
            return {};
        }
        for (auto const& listener : m_listeners) {
            listener(*batch);
        }
        m_told = batch->back().position;
    }
}

}
