// The stories' door through sockets: everybody signs in with a password and carries the session's
// cookie and CSRF token; the mail server's application user has an OAuth 2 token.
#pragma once

#include "tests/stories/door.h"

#include <condition_variable>
#include <mutex>

namespace cashline::story {

struct Client {
    std::string id {};
    std::string secret {};
};

class HttpDoor final : public Door {
public:
    HttpDoor(Platform& platform, std::uint16_t port, Client mail_client);

    Answer create(std::string_view who, std::string const& set, json::Value const& row) override;
    Answer update(std::string_view who, Record const& record, json::Value const& changes) override;
    Answer get(std::string_view who, std::string const& address) override;
    Answer call(std::string_view who, std::string const& name, json::Value const& parameters,
        Record const& bound) override;
    Answer hand_in_mail(std::string const& message) override;
    std::string download(std::string_view who, std::string const& address) override;
    std::unique_ptr<OpenPage> keep_open(std::string_view who, std::string const& tables) override;
    std::optional<std::string> paper(std::string_view who, std::string const& address) override;
    void settle() override;
    void wait_for_news() override;

private:
    struct Session {
        std::string cookie {};
        std::string csrf_token {};
    };

    // What the server's threads tell after each commit; shared with them.
    struct News {
        std::mutex mutex {};
        std::condition_variable heard {};
    };

    http::Response exchange(http::Request request) override;
    http::Response send(std::string_view who, http::Request request);
    Session const& session_of(std::string_view who);

    std::uint16_t m_port;
    Client m_mail_client;
    std::shared_ptr<News> m_news { std::make_shared<News>() };
    std::map<std::string, Session, std::less<>> m_sessions {};
};

}
