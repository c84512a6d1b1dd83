// @odata.context: which set, columns and expands an answer holds. Clients derive names from it, so
// it says the truth (web-api.md 1.9).
#pragma once

#include "platform/metadata/schema.h"
#include "platform/query/query.h"

#include <string>

namespace cashline::odata {

// "#accounts(name,primarycontactid(fullname))"; the list only with $select or $expand.
std::string context_fragment(
    Schema const& schema, Table const& table, Query const& query, bool has_select);
// The same with public names (public_names.h).
std::string public_context_fragment(Table const& table, Query const& query, bool has_select);

// "name", or "_primarycontactid_value" for a lookup.
std::string property_name(Column const& column);

}
