// The stories' door into this process: rows through the pipeline, lists through the query compiler,
// messages by their name, the shop's handler; no sockets and no sessions of users.
#pragma once

#include "platform/web_api/sign_in/passwords.h"
#include "platform/web_api/sign_in/sessions.h"
#include "tests/stories/door.h"

namespace cashline::story {

class InProcessDoor final : public Door {
public:
    // The user who hands in mails.
    InProcessDoor(Platform& platform, Id mail_user);

    Answer create(std::string_view who, std::string const& set, json::Value const& row) override;
    Answer update(std::string_view who, Record const& record, json::Value const& changes) override;
    Answer get(std::string_view who, std::string const& address) override;
    Answer call(std::string_view who, std::string const& name, json::Value const& parameters,
        Record const& bound) override;
    Answer hand_in_mail(std::string const& message) override;
    std::string download(std::string_view who, std::string const& address) override;
    void settle() override;

private:
    http::Response exchange(http::Request request) override;
    Answer run(std::string_view who, http::Request request);
    Caller caller(std::string_view who);

    Id m_mail_user;
    sign_in::Sessions m_sessions;
    sign_in::Passwords m_passwords;
    http::Handler m_shop {};
    http::Handler m_meetings {};
};

}
