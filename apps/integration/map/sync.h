// Keeps pairs in step inside one unit: what a change of one side does to the other.
#pragma once

#include "apps/integration/map/map.h"
#include "platform/pipeline/registry.h"

namespace cashline::integration {

// Brings the partner of this row in step; the partner's id, or empty when there is none and none
// was made.
Result<std::optional<Id>> send(Unit&, Map const&, Side from, Row const& row);
// The same, and makes the partner when there is none.
Result<std::optional<Id>> send_or_create(Unit&, Map const&, Side from, Row const& row);
// Registers the rules of a map: both directions, ownership of columns, the immutable key.
void register_map(Registry&, Map const&);

enum class MapMode : std::uint8_t { live, paused, stopped };
Result<MapMode> mode_of(Reader&, Map const&);

}
