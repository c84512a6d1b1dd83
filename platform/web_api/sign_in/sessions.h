// Who is signed in. Sessions and access tokens live in the database by the hash of their secret and
// in memory for a minute, so that a request costs no query; signing out and changing a password
// take effect at once in this process and within that minute in others.
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/web_api/sign_in/session/session_table.h"

#include <chrono>
#include <functional>
#include <mutex>
#include <unordered_map>

namespace cashline::sign_in {

struct Session {
    Id principal {};
    SessionKind kind { SessionKind::browser };
    Timestamp expires {};
};

inline constexpr std::chrono::seconds browser_session_lifetime = std::chrono::hours { 12 };
inline constexpr std::chrono::seconds access_token_lifetime = std::chrono::hours { 1 };

class Sessions {
public:
    explicit Sessions(Platform& platform) : m_platform(platform) { }

    // Nothing when the secret opens nothing, or no longer.
    Result<std::optional<Session>> find(std::string_view secret);
    // Both answer after the commit, from a store thread; start with the secret for the client.
    void start(Session session, std::move_only_function<void(Result<std::string>)> done);
    void end(std::string_view secret, std::move_only_function<void(Result<void>)> done);

    // After a password was changed: in that unit, then, when it is committed, forget_all. `kept` is
    // the session that changed it, or empty.
    static Result<void> end_all_of(Unit& unit, Id principal, std::string_view kept = {});
    void forget_all();

private:
    struct Known {
        Session session {};
        Timestamp read_at {};
    };

    std::optional<Session> known(std::string const& hash);
    void forget(std::string const& hash);

    Platform& m_platform;
    std::mutex m_mutex {};
    std::unordered_map<std::string, Known> m_known {}; // by hash
    std::uint64_t m_generation {}; // counts what was forgotten
};

// Rows that open nothing any more, some at a time; a job calls it now and then.
Result<void> forget_expired_sessions(Unit& unit);

}
