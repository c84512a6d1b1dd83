// FetchXML as a Query (web-api.md 2.23). Tables and columns by their logical names; links become
// joins, a link inside a filter a condition on related rows. Refusals carry the real service's
// names (QueryBuilderNoAttribute …).
#pragma once

#include "platform/metadata/schema.h"
#include "platform/query/aggregate.h"

namespace cashline::fetchxml {

struct Fetch {
    Query query {};
    std::optional<AggregateQuery> aggregate {}; // then the query is not looked at
    std::int64_t page { 1 };
    bool wants_total {}; // returntotalrecordcount
};

// The query comes with its page: page size, and the cookie's place or the rows to pass over.
Result<Fetch> parse(Schema const&, std::string_view xml);
// The table of the root entity, for routing; the rest is not checked.
Result<Table const*> root_table(Schema const&, std::string_view xml);

// The value of @Microsoft.Dynamics.CRM.fetchxmlpagingcookie after page `page`: the inner cookie
// encoded twice, and in it nothing but letters that survive what clients do to it (web-api.md 5,
// traps 11 and 12).
std::string paging_cookie(std::int64_t page, std::string_view cursor);

}
