// One column's value between JSON and Value, as the Web API writes it (bodies, message parameters,
// definitions). Lookups are not values in JSON: they come as bindings (row_json.h).
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "platform/metadata/schema.h"

namespace cashline {

// "ODataClientPayloadError" when the JSON is of the wrong kind for the column; ranges and lengths
// are the pipeline's.
Result<Value> value_from_json(Column const& column, json::Value const& value);
// Money and decimals keep their scale, moments whole seconds, lookups are their id.
void write_value(json::Writer& writer, Column const& column, Value const& value);
// The same as a document.
json::Value value_to_json(Column const& column, Value const& value);

}
