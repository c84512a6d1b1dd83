#include "platform/web_api/http/cookies.h"

#include "core/check.h"
#include "core/text.h"

#include <algorithm>
#include <utility>

namespace cashline::http {

namespace {

bool is_cookie_value(std::string_view value)
{
    return std::ranges::all_of(value, [](char character) {
        auto const byte = static_cast<std::uint8_t>(character);
        return byte > 0x20 && byte < 0x7f && !std::string_view("\",;\\").contains(character);
    });
}

std::string_view name_of(SameSite same_site)
{
    switch (same_site) {
    case SameSite::strict:
        return "Strict";
    case SameSite::lax:
        return "Lax";
    case SameSite::none:
        return "None";
    }
    std::unreachable();
}

}

std::optional<std::string> find_cookie(Request const& request, std::string_view name)
{
    for (auto const header : request.headers.all("Cookie")) {
        for (auto const raw : text::split(header, ';')) {
            auto const pair = text::trim(raw);
            auto const equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
                auto value = pair.substr(equals + 1);
                if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) {
                    value = value.substr(1, value.size() - 2);
                }
                return std::string(value);
            }
        }
    }
    return std::nullopt;
}

std::string to_header_value(SetCookie const& cookie)
{
    CHECK(is_token(cookie.name));
    CHECK(is_cookie_value(cookie.value));
    auto out = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
    if (cookie.max_age) {
        out += "; Max-Age=" + std::to_string(cookie.max_age->count());
    }
    if (cookie.is_http_only) {
        out += "; HttpOnly";
    }
    if (cookie.is_secure) {
        out += "; Secure";
    }
    return out.append("; SameSite=").append(name_of(cookie.same_site));
}

void set_cookie(Response& response, SetCookie const& cookie)
{
    response.headers.add("Set-Cookie", to_header_value(cookie));
}

}
