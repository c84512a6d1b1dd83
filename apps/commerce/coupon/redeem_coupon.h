// May this customer use this code now, and using it: checked when it is typed into the cart and
// again, with the coupon locked, in the commit of the order. A use that the order's refusal undoes
// never happened.
#pragma once

#include "apps/catalog/api.h"
#include "platform/pipeline/registry.h"

namespace cashline::commerce {

struct CouponUseQuestion {
    std::string code {};
    Lookup customer {};
    Id currency {};
};

// Refuses with one code per reason: "coupon_unknown", "coupon_inactive", "coupon_not_started",
// "coupon_expired", "coupon_currency_differs", "coupon_exhausted", "coupon_used_by_customer".
// Gives the coupon's row.
Result<Row> usable_coupon(Reader&, CouponUseQuestion const&);
// Counts one use. The same refusals, decided with the row locked.
Result<void> redeem_coupon(Unit&, CouponUseQuestion const&, Id order);
// A rule of orders: a canceled order gives its uses back.
Result<void> give_back_coupon(Unit&, Change&);

// What a code takes off a document, for whoever computes prices.
class ShopCoupons : public catalog::Coupons {
public:
    Result<catalog::CouponDiscount> coupon(Reader&, catalog::CouponQuestion const&) override;
};

}
