// Collections asked for in other ways than query options: saved views and FetchXML.
#pragma once

#include "platform/web_api/odata/reading.h"

namespace cashline::odata {

// savedQuery=<id>: the view's columns, filter and order. The other options stay as they are.
Result<void> apply_view(Reader& reader, CollectionRead& read);
// The filter of a view with @me, @my_unit and @today filled in for this caller.
std::string filled_filter(std::string_view filter, Reader const& reader);

// fetchXml=…: the rows, with the cookie of the next page where annotations are asked for.
Result<http::Response> fetch_answer(Reader& reader, Call const& call, CollectionRead read);

}
