// The Prefer header (RFC 7240) as clients of the Web API use it. Unknown preferences are ignored.
#pragma once

#include "platform/web_api/http/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cashline::odata {

struct Preferences {
    bool returns_representation {};
    bool continues_on_error {};
    bool tracks_changes {};
    // Nothing when not asked; an empty list asks for none.
    std::optional<std::string> annotations {};
    std::optional<std::int64_t> page_size {};

    // Whether this annotation is asked for: by name, "*", or a prefix with "*" behind it.
    bool wants(std::string_view annotation) const;
};

inline constexpr std::string_view formatted_value = "OData.Community.Display.V1.FormattedValue";
inline constexpr std::string_view lookup_logical_name = "Microsoft.Dynamics.CRM.lookuplogicalname";
inline constexpr std::string_view associated_navigation =
    "Microsoft.Dynamics.CRM.associatednavigationproperty";

// The header may repeat; commas inside quotes do not separate.
Preferences parse_preferences(http::Headers const& headers);

// What Preference-Applied says. Only preferences that had an effect are named.
enum class Applies : std::uint8_t { to_reading, to_writing };
void add_applied(http::Response& response, Preferences const& preferences, Applies applies);

}
