// Values inside URLs: keys, arguments of functions, parameter aliases (web-api.md 1.5, 2.20).
#pragma once

#include "core/json.h"

#include <string_view>

namespace cashline::odata {

// 'text', numbers, true, false, null, ids, dates and enum members (Namespace.Type'Member') as text,
// and JSON objects and arrays whose strings may stand in single or double quotes.
Result<json::Value> parse_literal(std::string_view text);

// Where the quoted text that begins at `start` ends (behind the closing quote, '' is a quote
// inside); npos when it does not.
std::size_t end_of_quoted(std::string_view text, std::size_t start);

}
