// cl_PlaceOrder: the buyer's cart becomes an order on account, in one commit with the credit and
// limits it is checked against, the coupon it uses up and the mail that confirms it
// (docs/contracts/place-order.md). Only the shop calls it, for the buyer who is signed in there.
#pragma once

#include "apps/commerce/buyer/buyers.h"
#include "platform/pipeline/registry.h"

namespace cashline::commerce {

struct PlaceOrder {
    static constexpr char const* name = "cl_PlaceOrder";
    using Reply = EntityReply;

    Id checkout {}; // of the cart as it was shown: a repeat gives the same order
    Amount total {}; // as it was shown: another one is refused and shown first
    std::optional<std::string> purchase_order {};
    std::optional<std::string> comment {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("CheckoutId", &PlaceOrder::checkout);
        visit("Total", &PlaceOrder::total);
        visit("PurchaseOrder", &PlaceOrder::purchase_order);
        visit("Comment", &PlaceOrder::comment);
    }
};

// "buyer_signed_out", "buyer_disabled", "cart_changed", "cart_empty", "prices_changed", the
// refusals of on_account.h and of coupons.
Result<EntityReply> place_order(Unit&, PlaceOrder const&);

}
