// The names Finance & Operations clients use (finance.md 23): public property names
// ("CustomerAccount"), enumerations by the name of their member ("Invoiced"), "Yes" and "No". What
// such a client writes becomes what the Web API reads everywhere else.
#pragma once

#include "core/json.h"
#include "platform/metadata/schema.h"

namespace cashline::odata {

Column const* find_public(Table const& table, std::string_view name);

// A piece of a URL: property names and enumeration members outside quotes, `eq '*text*'` as
// contains. "InvalidQueryOption" for a member that the enumeration does not have.
Result<std::string> translate_expression(Table const& table, std::string_view text);

// A body: members by public name, enumerations as numbers, blank dates as null.
// "ODataClientPayloadError" for an unknown member of an enumeration.
Result<json::Value> translate_body(Table const& table, json::Value const& body);

}
