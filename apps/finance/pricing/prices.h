// The Prices port as the books answer it (finance.md 4.3): typed price, else trade agreement, else
// price list, else the product's list price; agreement discounts; header discounts and coupons;
// automatic charges; tax. The amounts themselves come from apps/catalog/pricing, for every document
// alike.
#pragma once

#include "apps/catalog/api.h"

namespace cashline::finance {

class FinancePrices final : public catalog::Prices {
public:
    // Refuses "price_missing" (naming the product), "coupon_unknown", "coupon_minimum_not_met" and
    // what the calculation and the tax set-up refuse.
    Result<catalog::PricedDocument> quote_prices(
        Reader& reader, catalog::PriceRequest const& request) override;
};

// The discount of one coupon code; its products are places in `lines`. Empty `lines` would mean all
// lines, so a coupon none of whose products is on the document is refused
// ("coupon_not_for_these_products").
struct CouponLines {
    std::vector<std::optional<Id>> products {}; // of each line
    Amount amount {}; // of the lines
};
Result<catalog::DiscountInput> coupon_discount(
    Reader&, catalog::CouponQuestion const&, CouponLines const&);

}
