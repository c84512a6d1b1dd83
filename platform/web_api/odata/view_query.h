// Saved views: definitions of kind "view", written for people, as queries and as filters that
// clients can add to their own.
#pragma once

#include "platform/web_api/odata/reading.h"

namespace cashline::odata {

// The id under which clients know a shipped view.
Id view_id(json::Value const& definition);

// The filter of a view as plain OData text: lookups by their value property, @me, @my_teams,
// @my_unit and @today as what they mean to this caller.
std::string client_filter(Table const& table, std::string_view written, Reader const& reader);
// Likewise the order: "createdon desc".
std::string client_order(Table const& table, std::string_view written);

// savedQuery=<id>: the view's columns, filter and order go into the query.
Result<void> apply_view(Reader& reader, CollectionRead& read);

}
