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
    Side wrong_side { Side::finance }; // where the wrong value stands, as far as can be told
    Side owner { Side::sales }; // whose value counts
    std::string sales_column {};
    std::string finance_column {};
    std::string expected {}; // at the wrong side's column, as the other side has it
    std::string found {};
    std::string message {};
};

inline std::string const& wrong_column(Difference const& difference)
{
    return difference.wrong_side == Side::sales ? difference.sales_column
                                                : difference.finance_column;
}

struct Comparison {
    std::int64_t pairs {};
    std::vector<Difference> differences {};
};

// Of two values that differ the journal tells which one was written past the pipeline; where it
// says nothing, the books are named when their row was never changed, else the side that does not
// own the value.
Result<Comparison> compare(Reader&, Map const&);

}
