// Saved views as queries. A view is a definition of kind "view" (docs/contracts/definitions.md);
// its filter is OData text in which @me, @my_teams, @my_unit and @today stand for the caller who
// looks at it.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/query/query.h"
#include "platform/security/caller.h"

namespace cashline {

// Id::from_name("view/<name>"), as for every shipped row.
Id view_id(json::Value const& view);
json::Value const* find_view(Schema const&, Id);
json::Value const* find_view(Schema const&, std::string_view name);
// "missing" when the view's table is not there; the query has the view's columns, filter and order.
Result<Query> view_query(Schema const&, json::Value const& view, Caller const&, Date today);

}
