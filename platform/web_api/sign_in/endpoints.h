// The doors of sign-in: /auth/… for browsers, the OAuth 2 token endpoint for programs.
#pragma once

#include "platform/web_api/http/router.h"
#include "platform/web_api/sign_in/attempt_limits.h"
#include "platform/web_api/sign_in/identify.h"
#include "platform/web_api/sign_in/passwords.h"

namespace cashline::sign_in {

// What the sign-in page shows while a demo company is installed; whoever installs it provides this.
class DemoSignIn {
public:
    virtual ~DemoSignIn() = default;
    // {"password", "people": [{"username", "fullName", "title"}], "buyer"?: {"email", "fullName",
    // "organisation"}}; null when it is not installed. The buyer signs in to the shop.
    virtual Result<json::Value> sign_in_help(Reader& reader) = 0;
};

class Endpoints {
public:
    Endpoints(Platform& platform, Sessions& sessions, Passwords& passwords);

    // /auth, /oauth2 and /<tenant>/oauth2; the object outlives the router.
    void add_to(http::Router& router);
    // For tenants: /{tenant}/oauth2/v2.0/token is no prefix, so the rest of all paths passes here.
    bool is_token_path(std::string_view path) const;
    void token(http::Request request, http::Respond respond);

private:
    void auth(http::Request request, http::Respond respond);
    void sign_in(http::Request request, http::Respond respond);
    void sign_out(http::Request request, http::Respond respond);
    void change_password(http::Request request, http::Respond respond);
    http::Response session(http::Request const& request);
    Result<Id> check_password(http::Request const& request, json::Value const& body);

    Platform& m_platform;
    Sessions& m_sessions;
    Passwords& m_passwords;
    LockOut m_lock_out;
};

}
