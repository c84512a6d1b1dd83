// A dual-write map as a value, parsed from its definition (docs/contracts/dual-write.md).
#pragma once

#include "platform/metadata/schema.h"
#include "platform/query/query.h"

namespace cashline::integration {

enum class Flow : std::uint8_t { both, to_finance, to_sales };
enum class Side : std::uint8_t { sales, finance };

inline Side other(Side side) { return side == Side::sales ? Side::finance : Side::sales; }

// A column of one side, possibly read through one lookup.
struct MapPath {
    std::optional<ColumnIndex> lookup {};
    TableId target {}; // of the lookup
    ColumnIndex column {}; // of the target, or of the row itself
    std::string text {}; // as written, for messages
};

struct MapColumn {
    MapPath sales {};
    MapPath finance {};
    Flow flow { Flow::both };
    bool is_customer {};
    std::vector<std::pair<std::int64_t, std::int64_t>> values {}; // sales → finance

    MapPath const& at(Side side) const { return side == Side::sales ? sales : finance; }
    bool flows_from(Side side) const
    {
        return flow == Flow::both || (side == Side::sales) == (flow == Flow::to_finance);
    }
};

struct MapConstant {
    ColumnIndex column {}; // finance side
    Value value {};
};

struct Map {
    std::string name {};
    std::string label {};
    std::int64_t order {};
    TableId sales {};
    TableId finance {};
    bool sales_creates {};
    bool finance_creates {};
    bool only_customers_of_deals {};
    std::vector<MapColumn> key {};
    std::vector<MapColumn> columns {};
    std::vector<MapConstant> constants {};

    TableId table(Side side) const { return side == Side::sales ? sales : finance; }
    bool creates_from(Side side) const
    {
        return side == Side::sales ? sales_creates : finance_creates;
    }
};

// Every map of the snapshot in its order; a definition that names unknown tables or columns is
// refused ("bad_definition").
Result<std::vector<Map>> load_maps(Schema const&);

}
