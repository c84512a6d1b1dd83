// Cookies in both directions (RFC 6265). Values are opaque tokens: nothing is quoted or escaped
// here.
#pragma once

#include "platform/web_api/http/message.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cashline::http {

enum class SameSite : std::uint8_t { strict, lax, none };

struct SetCookie {
    std::string name {};
    std::string value {};
    std::string path { "/" };
    std::optional<std::chrono::seconds>
        max_age {}; // nothing: until the browser closes; zero: remove
    bool is_http_only { true };
    bool is_secure {}; // set whenever the client came by https
    SameSite same_site { SameSite::lax };
};

// The first cookie of that name over all Cookie headers.
std::optional<std::string> find_cookie(Request const& request, std::string_view name);
void set_cookie(Response& response, SetCookie const& cookie);
std::string to_header_value(SetCookie const& cookie);

}
