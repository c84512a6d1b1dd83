// OData's query options as a Query (web-api.md 2.8 to 2.13). Codes of refusals: "UnknownProperty"
// for a column or navigation property that does not exist, "InvalidQueryOption" for an option that
// is malformed or not offered, "DuplicateOrderBy", and what the compiler refuses later.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/query/aggregate.h"

#include <map>

namespace cashline::odata {

// The query string of a request, decoded: + is a space, percent signs are resolved once.
struct RawOption {
    std::string name {};
    std::string value {};
};
Result<std::vector<RawOption>> split_query_string(std::string_view raw);

struct Options {
    Query query {};
    bool has_select {};
    bool has_top {};
    std::optional<AggregateQuery> apply {};
    std::optional<Id> saved_query {};
    std::optional<Id> user_query {};
    std::optional<std::string> fetch_xml {};
    std::optional<std::string> delta_token {};
};

// A collection: every option. Options that are not of the query ($apply's chain, savedQuery …)
// stand beside it.
Result<Options> parse_options(Schema const&, Table const&, std::vector<RawOption> const&);
// A single row: $select and $expand only.
Result<Query> parse_row_options(Schema const&, Table const&, std::vector<RawOption> const&);

// Values of parameter aliases (@p1=…); an alias that was not assigned counts as null.
using Aliases = std::map<std::string, std::string, std::less<>>;

Result<Filter> parse_filter(
    Schema const&, Table const&, std::string_view text, Aliases const& = {});
Result<std::vector<Order>> parse_order_by(Schema const&, Table const&, std::string_view text);
Result<std::vector<ColumnIndex>> parse_select(Schema const&, Table const&, std::string_view text);
Result<std::vector<Expand>> parse_expand(Schema const&, Table const&, std::string_view text);
Result<AggregateQuery> parse_apply(
    Schema const&, Table const&, std::string_view text, Aliases const& = {});

}
