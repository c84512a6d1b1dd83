#include "apps/integration/map/verify_maps.h"

#include "apps/integration/map/compare.h"

namespace cashline::integration {

namespace {

// A row that has no partner is named on the side where it stands.
Lookup place_of(Difference const& difference)
{
    switch (difference.kind) {
    case Difference::Kind::missing_in_finance:
        return difference.sales;
    case Difference::Kind::missing_in_sales:
        return difference.finance;
    case Difference::Kind::value:
    case Difference::Kind::error:
        return difference.wrong_side == Side::sales ? difference.sales : difference.finance;
    }
    return {};
}

std::string sentence(Map const& map, Difference const& difference)
{
    auto const about = "Map " + map.label + ", " + difference.key + ": ";
    switch (difference.kind) {
    case Difference::Kind::value:
        if (difference.sales_column.empty()) {
            return about + "a row of this map always has the same " + difference.finance_column
                + ".";
        }
        return about + "Sales (" + difference.sales_column + ") and Finance ("
            + difference.finance_column + ") differ; "
            + (difference.owner == Side::sales ? "Sales" : "Finance") + " keeps this value.";
    case Difference::Kind::missing_in_finance:
        return about + "there is no such row in Finance.";
    case Difference::Kind::missing_in_sales:
        return about + "there is no such row in Sales.";
    case Difference::Kind::error:
        return about + difference.message;
    }
    return about;
}

VerifyFinding as_finding(Schema const& schema, Map const& map, Difference const& difference)
{
    auto const place = place_of(difference);
    auto const* table = schema.find(place.table);
    VerifyFinding finding { .check = "maps",
        .table = table ? table->name : std::string {},
        .row = place.id,
        .expected = difference.expected,
        .found = difference.found,
        .text = sentence(map, difference) };
    if (difference.kind == Difference::Kind::value) {
        finding.column = wrong_column(difference);
    }
    return finding;
}

}

Result<std::vector<VerifyFinding>> verify_maps(Reader& reader)
{
    std::vector<VerifyFinding> findings;
    for (auto const& map : TRY(load_maps(reader.schema()))) {
        for (auto const& difference : TRY(compare(reader, map)).differences) {
            findings.push_back(as_finding(reader.schema(), map, difference));
        }
    }
    return findings;
}

}
