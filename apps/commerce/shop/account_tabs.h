// The menu of the account pages and the tables several of them show.
#pragma once

#include "apps/commerce/shop/texts.h"
#include "apps/commerce/shop/visit.h"

namespace cashline::commerce {

void set_account_menu(json::Value& page, Visit const&);
// Orders as rows of a table: url, number, reference, by, date, status, total.
Result<json::Array> order_rows(Reader&, std::vector<Row> const& orders);
// Sums of a priced or stored document, as they are shown below its lines.
void add_total(json::Array& totals, std::string_view label, std::string value, bool is_strong);
std::string order_url(Row const& order);

}
