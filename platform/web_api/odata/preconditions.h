// If-Match and If-None-Match as the Web API means them (web-api.md 2.6).
#pragma once

#include "platform/web_api/http/message.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace cashline::odata {

struct Preconditions {
    bool must_exist {}; // If-Match: * or an ETag
    std::optional<std::int64_t> version {}; // If-Match: W/"n"
    bool must_be_new {}; // If-None-Match: *
    std::optional<std::int64_t> known_version {}; // If-None-Match: W/"n"
};

// The bare word null, which some clients send with everything, means nothing.
Preconditions parse_preconditions(http::Headers const& headers);
std::string entity_tag(std::int64_t version); // W/"123"

}
