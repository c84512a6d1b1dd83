#include "platform/web_api/odata/preconditions.h"

#include "core/text.h"

#include <charconv>

namespace cashline::odata {

namespace {

// No row ever has it: an unknown tag matches nothing.
constexpr std::int64_t no_version = -1;

std::int64_t version_of(std::string_view tag)
{
    if (tag.starts_with("W/")) {
        tag.remove_prefix(2);
    }
    if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') {
        return no_version;
    }
    tag = tag.substr(1, tag.size() - 2);
    std::int64_t version = 0;
    auto const* end = tag.data() + tag.size();
    auto const read = std::from_chars(tag.data(), end, version);
    return read.ec == std::errc {} && read.ptr == end && !tag.empty() ? version : no_version;
}

}

Preconditions parse_preconditions(http::Headers const& headers)
{
    Preconditions conditions;
    auto const match = text::trim(headers.value("If-Match"));
    if (!match.empty() && match != "null") {
        conditions.must_exist = true;
        if (match != "*") {
            conditions.version = version_of(match);
        }
    }
    auto const none_match = text::trim(headers.value("If-None-Match"));
    if (none_match == "*") {
        conditions.must_be_new = true;
    } else if (!none_match.empty() && none_match != "null") {
        conditions.known_version = version_of(none_match);
    }
    return conditions;
}

std::string entity_tag(std::int64_t version) { return "W/\"" + std::to_string(version) + "\""; }

}
