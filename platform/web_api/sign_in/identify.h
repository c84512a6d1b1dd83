// Who sends a request: the session of a cookie or the program behind a bearer token. Writes with a
// cookie must carry the session's CSRF token. Everything that answers signed-in people goes through
// `signed_in`.
#pragma once

#include "platform/web_api/http/message.h"
#include "platform/web_api/sign_in/sessions.h"

namespace cashline::sign_in {

inline constexpr std::string_view session_cookie = "cashline_session";
inline constexpr std::string_view csrf_header = "X-CSRF-Token";

struct Identity {
    Caller caller {};
    Session session {};
    std::string secret {}; // of the session
    bool came_by_cookie {};
};

// "unauthenticated" faults: nobody ("not_signed_in"), ended ("AccessTokenExpired"), a forged write
// ("csrf_token_missing").
Result<Identity> identify(Platform& platform, Sessions& sessions, http::Request const& request);

// The 401 in the form that clients' tools scrape, or the refusal as it is.
http::Response refusal(http::Request const& request, Error const& error);

using SignedInHandler = std::function<void(http::Request, Identity, http::Respond)>;
http::Handler signed_in(Platform& platform, Sessions& sessions, SignedInHandler handler);

// Acting for another user, as the headers MSCRMCallerID and CallerObjectId ask: with the rights
// that both of them have.
Result<Caller> acting_as(Platform& platform, Caller const& caller, http::Headers const& headers);

}
