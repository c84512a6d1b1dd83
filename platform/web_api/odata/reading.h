// What the answers to reads share: how rows are written for this request.
#pragma once

#include "platform/query/json/json_rows.h"
#include "platform/query/odata/options.h"
#include "platform/web_api/odata/operation.h"

namespace cashline::odata {

JsonOptions json_options(Call const& call);

// The part of @odata.context behind the service root, in the manner of the call.
struct Shown {
    Table const& table;
    Query const& query;
    bool has_select {};
};
std::string fragment_of(Schema const& schema, Call const& call, Shown const& shown);

// The start of an answer: {"@odata.context":"…". The writer stands inside the object.
void begin_answer(json::Writer& writer, Call const& call, std::string_view fragment);

// The link to the next page: the request as it came, with another cursor.
std::string next_link(Call const& call, std::string_view cursor);

// A collection: the query with what the request adds to it.
struct CollectionRead {
    Table const* table {};
    Options options {};
    Filter scope {}; // what the path says: children of this row
    bool references_only {};
    bool omits_nulls {};
};
Result<http::Response> collection_answer(Reader& reader, Call const& call, CollectionRead read);
Result<http::Response> count_answer(Reader& reader, CollectionRead const& read);

// savedQuery=<id>: the view's columns, filter and order go into the query.
Result<void> apply_view(Reader& reader, CollectionRead& read);
// fetchXml=…: the rows, with the cookie of the next page where annotations are asked for.
Result<http::Response> fetch_answer(
    Reader& reader, Call const& call, Table const& table, std::string_view xml);
// $apply=…
Result<http::Response> aggregate_answer(
    Reader& reader, Call const& call, Table const& table, AggregateQuery const& query);

}
