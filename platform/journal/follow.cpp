#include "platform/journal/follow.h"

#include "platform/journal/journal.h"
#include "platform/pipeline/platform.h"
#include "platform/pipeline/unit_state.h"

#include <algorithm>
#include <chrono>

namespace cashline {

namespace {

constexpr std::int64_t change_sets_at_once = 64;
// Other processes commit without telling us; so does a PostgreSQL whose positions another process
// gives.
constexpr auto poll_interval = std::chrono::milliseconds { 250 };
constexpr auto sequencing_interval = std::chrono::milliseconds { 20 };
constexpr std::int64_t pause_seconds_max = 300;

std::int64_t pause_seconds(int failures)
{
    return std::min<std::int64_t>(pause_seconds_max, std::int64_t { 1 } << std::min(failures, 9));
}

Result<std::int64_t> stored_position(SqlConnection& sql, std::string_view name)
{
    auto const position = TRY(sql.find_integer(
        "select position from cl_follower where name = ?1", std::vector<SqlValue> { name }));
    return position.value_or(0);
}

Result<void> store_position(SqlConnection& sql, std::string_view name, std::int64_t position)
{
    TRY(sql.run("insert into cl_follower (name, position) values (?1, ?2) on conflict (name) do "
                "update set position = excluded.position, failures = 0, last_error = null",
        { SqlValue { name }, SqlValue { position } }));
    return {};
}

Result<std::vector<ChangeSet>> read_after(Platform& platform, std::int64_t position)
{
    return platform.read<std::vector<ChangeSet>>(system_caller(Door::job), [&](Reader& reader) {
        return journal::read(reader.context().sql, position, change_sets_at_once);
    });
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
        auto const pause = m_pauses.find(follower->name());
        if (patience == Patience::waits_after_failures && pause != m_pauses.end()
            && platform.environment().now() < pause->second.until) {
            continue;
        }
        auto const followed = follow(platform, *follower);
        if (followed) {
            total += *followed;
            m_pauses.erase(std::string(follower->name()));
        } else {
            note_failure(platform, *follower, followed.error());
            failure = followed.error();
        }
    }
    // Who drains wants to know; in the background the pause is the answer.
    if (failure && patience == Patience::tries_now && total == 0) {
        return std::unexpected(*failure);
    }
    return total;
}

Result<std::int64_t> JournalFollowers::follow(Platform& platform, Follower& follower)
{
    auto const start = TRY(platform.read<std::int64_t>(system_caller(Door::job),
        [&](Reader& reader) { return stored_position(reader.context().sql, follower.name()); }));
    auto const sets = TRY(read_after(platform, start));
    std::int64_t followed = 0;
    for (auto const& set : sets) {
        TRY(platform.write(system_caller(Door::job),
            std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
                auto& sql = state_of(unit).sql();
                // Another process may have been here first.
                if (TRY(stored_position(sql, follower.name())) >= set.position) {
                    return {};
                }
                TRY(store_position(sql, follower.name(), set.position));
                return follower.follow(unit, set);
            })));
        ++followed;
    }
    return followed;
}

void JournalFollowers::note_failure(Platform& platform, Follower& follower, Error const& error)
{
    auto& pause = m_pauses[std::string(follower.name())];
    ++pause.failures;
    pause.until = platform.environment().now().plus_seconds(pause_seconds(pause.failures));
    auto const text = error.code + ": " + error.text;
    std::vector<SqlValue> const values { follower.name(), std::int64_t { pause.failures },
        std::string_view(text) };
    // Only for people to read; when even this fails, the next try tells again.
    static_cast<void>(
        platform.store().write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
            TRY(transaction.sql().run(
                "insert into cl_follower (name, position, failures, last_error) values (?1, 0, ?2, "
                "?3) on conflict (name) do update set failures = excluded.failures, "
                "last_error = excluded.last_error",
                values));
            return {};
        }));
}

Result<void> JournalFollowers::tell_listeners(Platform& platform)
{
    if (m_listeners.empty()) {
        return {};
    }
    while (true) {
        auto const sets = TRY(read_after(platform, m_told));
        if (sets.empty()) {
            return {};
        }
        for (auto const& listener : m_listeners) {
            listener(sets);
        }
        m_told = sets.back().position;
    }
}

}
