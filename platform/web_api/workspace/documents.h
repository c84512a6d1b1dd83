// The documents of the workspace's functions, made from the metadata and the caller's rights.
#pragma once

#include "platform/pipeline/reader.h"

namespace cashline::workspace {

// One column: type, bounds, options, targets.
json::Value column_document(Schema const& schema, Column const& column);

// Everything about a table. "PrivilegeDenied" when the caller may not read any row of it.
Result<json::Value> table_document(Reader& reader, Table const& table);
json::Array view_documents(Reader& reader, Table const& table);
json::Array form_documents(Reader& reader, Table const& table);
json::Array command_documents(Schema const& schema, Table const& table);

// Areas, groups and items; what the caller may not use is left out.
Result<json::Value> site_map_document(Reader& reader);

}
