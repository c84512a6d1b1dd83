// Counters in memory that slow down guessing and flooding: failures per account or address,
// requests per address. They forget on restart, which an attacker cannot cause; the number of keys
// is bounded.
#pragma once

#include "platform/environment/environment.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cashline::sign_in {

struct WindowOptions {
    std::size_t events_max { 5 };
    std::chrono::seconds window { 15 * 60 };
    std::size_t keys_max { 100'000 }; // beyond, the key that was quiet for longest is forgotten
};

// Events of each key within the last window.
class SlidingWindows {
public:
    SlidingWindows(Environment& environment, WindowOptions options);

    // Counts one event and gives nothing; or counts nothing and gives the seconds to wait, at
    // least 1.
    std::optional<std::chrono::seconds> take(std::string_view key);
    // The seconds to wait until take would succeed; nothing when it would now.
    std::optional<std::chrono::seconds> wait_of(std::string_view key);
    void forget(std::string_view key);
    std::size_t keys() const;

private:
    struct Entry {
        std::deque<Timestamp> events {};
        std::list<std::string>::iterator place {};
    };

    void drop_old(Entry& entry, Timestamp now) const;
    std::optional<std::chrono::seconds> wait_of(Entry const& entry, Timestamp now) const;

    Environment& m_environment;
    WindowOptions const m_options;
    mutable std::mutex m_mutex {};
    std::list<std::string> m_by_activity {}; // the quietest first
    std::unordered_map<std::string, Entry> m_entries {};
};

struct LockOutOptions {
    WindowOptions account { .events_max = 5, .window = std::chrono::minutes { 15 } };
    // Many people may sit behind one address.
    WindowOptions address { .events_max = 50, .window = std::chrono::minutes { 15 } };
};

// Failed sign-ins. An account locks for whoever tries, so the answer must not tell whether it
// exists.
class LockOut {
public:
    explicit LockOut(Environment& environment, LockOutOptions options = {});

    // Seconds until another try is worth it; nothing when it may be made now.
    std::optional<std::chrono::seconds> wait_of(std::string_view account, std::string_view address);
    void note_failure(std::string_view account, std::string_view address);
    void note_success(std::string_view account); // the address stays under watch

private:
    SlidingWindows m_accounts;
    SlidingWindows m_addresses;
};

}
