// Values as Finance & Operations writes them: members of enumerations by name, blanks instead of
// null (finance.md 23).
#pragma once

#include "platform/metadata/schema.h"

namespace cashline {

inline constexpr std::string_view blank_date = "1900-01-01";

// "partially_picked" → "PartiallyPicked"
std::string public_member_name(Option const& option);
// What stands in JSON for an empty value of this column.
std::string_view public_blank(Column const& column);
// Shown to such clients: what Finance calls its own, not the bookkeeping of the platform.
bool is_public(Table const& table, Column const& column);

}
