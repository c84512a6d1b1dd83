// A dual-write map as a value, parsed from its definition (docs/contracts/dual-write.md).
#pragma once

#include "platform/metadata/schema.h"
#include "platform/query/query.h"

namespace cashline::integration {

enum class Flow : std::uint8_t { both, to_finance, to_sales };
enum class Side : std::uint8_t { sales, finance };

inline Side other(Side side) { return side == Side::sales ? Side::finance : Side::sales; }

// A column of one side, read through any number of lookups; written through at most one.
struct MapPath {
    std::vector<Hop> hops {};
    ColumnIndex column {}; // of the last target, or of the row itself
    std::string text {}; // as written, for messages

    // The column of the row itself that this path begins at.
    ColumnIndex own_column() const { return hops.empty() ? column : hops.front().lookup; }
};

struct MapColumn {
    MapPath sales {};
    MapPath finance {};
    Flow flow { Flow::both };
    bool is_customer {};
    std::vector<std::pair<std::int64_t, std::int64_t>> values {}; // sales → finance
    std::optional<std::int64_t> otherwise {}; // finance value of sales values that are not listed
    bool only_in_company_currency {}; // left empty in companies that keep their books in another
                                      // currency

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
    bool per_company {}; // one partner in every company (released products)
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
