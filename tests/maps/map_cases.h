// The cases of the maps: for each mapped column what is written on the side that owns it, and what
// the other side must then hold. Values are text: amounts and numbers plain, choices their number,
// lookups "table/name".
#pragma once

#include "apps/integration/map/map.h"

#include <string_view>
#include <utility>
#include <vector>

namespace cashline {

inline constexpr std::string_view same_as_source { "=" };

struct MapCase {
    std::string_view map;
    std::string_view sales {}; // the paths as the map has them; none for a constant
    std::string_view finance {};
    integration::Side owner { integration::Side::sales };
    // Written → carried. None: the value is given when the pair is made and stays.
    std::vector<std::pair<std::string_view, std::string_view>> steps {};
    std::string_view written {}; // the column that is written, where the path's own one is derived
    std::string_view tried_by {}; // a test of its own
};

std::vector<MapCase> const& map_cases();

}
