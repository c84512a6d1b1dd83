// What the shop shows: active products within their dates, in families.
#pragma once

#include "platform/pipeline/reader.h"

namespace cashline::commerce {

Filter sold_on(Date today);
bool is_sold(Row const& product, Date today);

struct Family {
    Id id {};
    std::string number {};
    std::string name {};
};
Result<std::vector<Family>> families(Reader&);

struct RangeQuestion {
    std::optional<Id> family {};
    std::string words {};
    std::string after {}; // product number the last page ended with
    std::int64_t page_size { 24 };
};
struct RangePage {
    std::vector<Row> products {};
    std::int64_t count {}; // of all pages
    std::string next {}; // for `after`; empty on the last page
};
Result<RangePage> range_page(Reader&, RangeQuestion const&);
// By number, only what is sold.
Result<std::optional<Row>> find_product(Reader&, std::string_view number);

}
