#include "platform/web_api/sign_in/attempt_limits.h"

#include "core/text.h"

#include <algorithm>

namespace cashline::sign_in {

SlidingWindows::SlidingWindows(Environment& environment, WindowOptions options)
    : m_environment(environment)
    , m_options(options)
{
}

std::optional<std::chrono::seconds> SlidingWindows::take(std::string_view key)
{
    auto const now = m_environment.now();
    std::scoped_lock const lock(m_mutex);
    auto const [found, is_new] = m_entries.try_emplace(std::string(key));
    auto& entry = found->second;
    if (is_new) {
        entry.place = m_by_activity.insert(m_by_activity.end(), found->first);
    } else {
        m_by_activity.splice(m_by_activity.end(), m_by_activity, entry.place);
    }
    drop_old(entry, now);
    if (auto const wait = wait_of(entry, now)) {
        return wait;
    }
    entry.events.push_back(now);
    if (m_entries.size() > m_options.keys_max) {
        m_entries.erase(m_by_activity.front());
        m_by_activity.pop_front();
    }
    return std::nullopt;
}

std::optional<std::chrono::seconds> SlidingWindows::wait_of(std::string_view key)
{
    auto const now = m_environment.now();
    std::scoped_lock const lock(m_mutex);
    auto const found = m_entries.find(std::string(key));
    if (found == m_entries.end()) {
        return std::nullopt;
    }
    drop_old(found->second, now);
    return wait_of(found->second, now);
}

void SlidingWindows::forget(std::string_view key)
{
    std::scoped_lock const lock(m_mutex);
    auto const found = m_entries.find(std::string(key));
    if (found != m_entries.end()) {
        m_by_activity.erase(found->second.place);
        m_entries.erase(found);
    }
}

std::size_t SlidingWindows::keys() const
{
    std::scoped_lock const lock(m_mutex);
    return m_entries.size();
}

void SlidingWindows::drop_old(Entry& entry, Timestamp now) const
{
    while (!entry.events.empty()
        && entry.events.front().plus_seconds(m_options.window.count()) <= now) {
        entry.events.pop_front();
    }
}

std::optional<std::chrono::seconds> SlidingWindows::wait_of(Entry const& entry, Timestamp now) const
{
    if (entry.events.size() < m_options.events_max) {
        return std::nullopt;
    }
    auto const free_at = entry.events.front().plus_seconds(m_options.window.count());
    auto const microseconds = free_at.microseconds - now.microseconds;
    return std::chrono::seconds { (microseconds + 999'999) / 1'000'000 };
}

LockOut::LockOut(Environment& environment, LockOutOptions options)
    : m_accounts(environment, options.account)
    , m_addresses(environment, options.address)
{
}

std::optional<std::chrono::seconds> LockOut::wait_of(
    std::string_view account, std::string_view address)
{
    // Folded as names are compared when signing in: another spelling is no second chance.
    return std::max(m_accounts.wait_of(text::fold(account)), m_addresses.wait_of(address));
}

void LockOut::note_failure(std::string_view account, std::string_view address)
{
    m_accounts.take(text::fold(account));
    m_addresses.take(address);
}

void LockOut::note_success(std::string_view account) { m_accounts.forget(text::fold(account)); }

}
