// Grouped figures as the Web API writes them: one object for each group, without etag and key
// (web-api.md 2.13).
#pragma once

#include "platform/query/aggregate.h"
#include "platform/query/json/json_rows.h"

namespace cashline {

struct JsonAggregateQuery {
    AggregateQuery const& query;
    JsonOptions const& options;
};

// Writes the array of rows as the next value and answers how many there are.
Result<std::int64_t> write_json_aggregates(
    ReadContext&, Caller const&, JsonAggregateQuery const&, json::Writer&);

}
