// The OAuth 2 token endpoint's wire form (RFC 6749) for programs that sign in as themselves. Parses
// the request and writes both answers; who a client is and what it may do is decided elsewhere.
#pragma once

#include "platform/web_api/http/message.h"

#include <chrono>
#include <expected>
#include <string>
#include <string_view>

namespace cashline::sign_in {

struct TokenRequest {
    std::string client_id {};
    std::string client_secret {};
    std::string scope {}; // as asked for; "<environment URL>/.default" in practice
    std::string resource {}; // the older clients' way of saying the same
};

struct TokenRefusal {
    std::string error {}; // one of RFC 6749, 5.2
    std::string description {};
    bool wants_basic {}; // the client used the Authorization header, so the answer names it
};

std::expected<TokenRequest, TokenRefusal> parse_token_request(http::Request const& request);

// For a client that is unknown, has another secret or was disabled: one answer for all of them.
TokenRefusal unknown_client(http::Request const& request);

http::Response token_response(
    std::string_view access_token, std::chrono::seconds lifetime, std::string_view scope);
http::Response refusal_response(TokenRefusal const& refusal);

}
