#include "apps/commerce/api.h"
#include "apps/commerce/buyer/welcome_buyer.h"
#include "apps/commerce/buyer_link/buyer_links.h"
#include "apps/commerce/coupon/coupon_messages.h"
#include "apps/commerce/coupon/coupon_table.h"
#include "apps/commerce/coupon/redeem_coupon.h"
#include "apps/commerce/order/place_order.h"
#include "apps/sales/api.h"
#include "apps/sales/sales_order/sales_order_table.h"

namespace cashline::commerce {

namespace {

void register_coupons(Registry& registry)
{
    auto const draft = static_cast<std::int64_t>(CouponState::draft);
    auto const active = static_cast<std::int64_t>(CouponState::active);
    auto const inactive = static_cast<std::int64_t>(CouponState::inactive);
    registry.before_save(coupon::table, normalise_coupon_code, { coupon::code });
    registry.transitions(coupon::state,
        { { draft, active, "cl_ActivateCoupon" }, { inactive, active, "cl_ActivateCoupon" },
            { active, inactive, "cl_DeactivateCoupon" } });
    registry.frozen_when(coupon::table, { active }, "coupon_is_active",
        { coupon::state, coupon::status, coupon::description });
    registry.message<ActivateCoupon>(activate_coupon)
        .bound_to(coupon::table, &ActivateCoupon::coupon)
        .requires_privilege("prvManageCoupons");
    registry.message<DeactivateCoupon>(deactivate_coupon)
        .bound_to(coupon::table, &DeactivateCoupon::coupon)
        .requires_privilege("prvManageCoupons");
    registry.provide<catalog::Coupons>(std::make_unique<ShopCoupons>());
    registry.after(Operation::update, sales_order::table, give_back_coupon, { sales_order::state });
}

}

void register_commerce(Registry& registry)
{
    register_coupons(registry);
    registry.after_message<sales::WinOpportunity>(welcome_buyer);
    registry.message<SendBuyerLink>(send_buyer_link).bound_to(buyer::table, &SendBuyerLink::buyer);
    registry.message<PlaceOrder>(place_order);
}

}
