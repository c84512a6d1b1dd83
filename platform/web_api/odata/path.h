// The path of a request behind the service root, cut into segments. What the names mean is decided
// against the metadata in resource.h.
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace cashline::odata {

struct Argument {
    std::string name {}; // empty for a bare key
    std::string text {}; // the literal as written, or an alias (@p1)
};

struct Segment {
    std::string name {};
    bool has_parentheses {};
    std::vector<Argument> arguments {};
};

// Takes the raw text: percent escapes are resolved first, so that an escaped slash inside a quoted
// key is part of the key. Empty segments (a slash too many) are passed over.
Result<std::vector<Segment>> parse_path(std::string_view raw);

// "Microsoft.Dynamics.CRM.QualifyLead" → "QualifyLead"; names without the namespace stay.
std::string_view without_namespace(std::string_view name);

inline constexpr std::string_view type_namespace = "Microsoft.Dynamics.CRM.";

}
