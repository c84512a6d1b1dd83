// Compares both sides of a map from the rows, for verify and the maps screen.
#pragma once

#include "apps/integration/map/map.h"
#include "platform/pipeline/reader.h"

namespace cashline::integration {

struct Difference {
    enum class Kind : std::uint8_t { value, missing_in_finance, missing_in_sales, error };
    Kind kind {};
    std::string key {}; // the business key as people know it
    Lookup sales {}; // nil id: no row on this side
    Lookup finance {};
    std::string column {}; // the column that is wrong, on the side that does not own it
    Side wrong_side { Side::finance };
    std::string sales_value {};
    std::string finance_value {};
    std::string message {};
};

struct Comparison {
    std::int64_t pairs {};
    std::vector<Difference> differences {};
};

Result<Comparison> compare(Reader&, Map const&);

}
