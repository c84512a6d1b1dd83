// Values of one side of a pair as the other side writes them.
#pragma once

#include "apps/integration/map/map.h"
#include "platform/pipeline/reader.h"

namespace cashline::integration {

// The value the other side's column must have: read on `from`, mapped, and turned into a lookup of
// the other side where its path leads through one. "value_not_mapped" and "partner_missing" say
// what to do.
Result<Value> translate(Reader&, Map const&, MapColumn const&, Side from, Row const& row);
// The row of the other side that belongs to this one; empty when there is none, or when the key is
// not complete yet.
Result<std::optional<Row>> find_partner(Reader&, Map const&, Side from, Row const& row);
// A value at a path, read through its lookup.
Result<Value> read_path(Reader&, MapPath const&, Row const& row);

}
