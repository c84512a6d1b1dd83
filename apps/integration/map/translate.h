// Values of one side of a pair as the other side writes them.
#pragma once

#include "apps/integration/map/map.h"
#include "platform/pipeline/reader.h"

namespace cashline::integration {

// The company a partner is looked for in; only maps with one partner per company need it.
struct CompanyScope {
    std::string code {};
    std::optional<Id> currency {};
};

struct Translation {
    Map const& map;
    Side from {};
    CompanyScope const* company {};
};

// The value the other side's column must have: read on `from`, mapped, and turned into a lookup of
// the other side where its path leads through one. "value_not_mapped" and "partner_missing" say
// what to do.
Result<Value> translate(Reader&, Translation const&, MapColumn const&, Row const& row);
// The row of the other side that belongs to this one; empty when there is none, or when the key is
// not complete yet.
Result<std::optional<Row>> find_partner(Reader&, Translation const&, Row const& row);
// A value at a path, read through its lookups.
Result<Value> read_path(Reader&, TableId table, MapPath const&, Row const& row);
// The companies a map has partners in: every company, or one nameless scope.
Result<std::vector<CompanyScope>> scopes_of(Reader&, Map const&, Side from);

}
