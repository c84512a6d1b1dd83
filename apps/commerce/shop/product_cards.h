// Products as lists of the shop show them: guests see the list price or are asked to ask, buyers
// their own.
#pragma once

#include "apps/commerce/shop/visit.h"

namespace cashline::commerce {

struct ShownPrice {
    std::string price {}; // empty: to be asked for
    std::string was {}; // the list price, where the buyer pays another
    bool is_agreed {};
};
// For these products, in their order.
Result<std::vector<ShownPrice>> shown_prices(
    Reader&, Visit const&, std::vector<Row> const& products);
Result<json::Array> product_cards(Reader&, Visit const&, std::vector<Row> const& products);
// The picture's members: tint and place of the sun, from the number.
void set_picture(json::Value& item, std::string_view number);
std::string product_url(Row const& product);

}
