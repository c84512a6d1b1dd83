#include "apps/catalog/product/product_table.h"
#include "apps/commerce/cart/carts.h"
#include "apps/commerce/coupon/redeem_coupon.h"
#include "apps/commerce/shop/customer_prices.h"

namespace cashline::commerce {

Result<PricedCart> price_cart(Reader& reader, Buyer const& buyer, Cart const& cart)
{
    auto elevated = reader.elevated_reader();
    auto request = TRY(price_question(elevated, buyer));
    for (auto const& item : cart.items) {
        if (item.is_sold) {
            request.lines.push_back(
                { .product = item.product, .description = item.name, .quantity = item.quantity });
        }
    }
    if (request.lines.empty()) {
        return conflict("cart_empty", "There is nothing in the cart yet.");
    }
    PricedCart priced { .currency = request.currency };
    if (!cart.coupon.empty()) {
        auto const coupon = usable_coupon(elevated,
            { .code = cart.coupon, .customer = buyer.customer(), .currency = request.currency });
        if (coupon) {
            request.coupons.push_back(cart.coupon);
        } else {
            priced.coupon_problem = coupon.error();
        }
    }
    priced.document = TRY(elevated.port<catalog::Prices>().quote_prices(elevated, request));
    return priced;
}

}
