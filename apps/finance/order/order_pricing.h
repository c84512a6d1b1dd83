// The amounts of a stored order: its typed prices and discounts through the same calculation as
// every document, and what came of it kept in rows, so that invoices take the discounts and charges
// that were confirmed.
#pragma once

#include "apps/catalog/api.h"
#include "apps/finance/order/order_work.h"

namespace cashline::finance {

struct PricedOrder {
    catalog::DocumentInput input {};
    catalog::PricedDocument priced {};
};

// Today's charges and taxes; coupons as they were granted when the order came.
Result<PricedOrder> price_order(Reader&, Row const& order, std::vector<Row> const& lines);
// Amounts on lines and header; discount and charge rows anew.
Result<void> save_pricing(OrderWork&, PricedOrder const&);

// The discounts of an order as the calculation takes them, in the order they are taken.
struct GrantedDiscount {
    Row row {};
    catalog::DiscountInput input {};
};
Result<std::vector<GrantedDiscount>> granted_discounts(
    Reader&, Id order, std::vector<Row> const& lines);

void register_order_pricing(Registry&);

}
