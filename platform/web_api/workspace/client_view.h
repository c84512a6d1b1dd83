// Filters and orders of views as text that clients can add to their own queries: what definitions
// write for people (docs/contracts/definitions.md) becomes plain OData for one caller.
#pragma once

#include "platform/pipeline/reader.h"

namespace cashline::workspace {

// Lookups by their value property; @me, @my_teams, @my_unit and @today as what they mean to this
// caller.
std::string client_filter(Table const& table, std::string_view written, Reader const& reader);
std::string client_order(Table const& table, std::string_view written); // "createdon desc"

}
