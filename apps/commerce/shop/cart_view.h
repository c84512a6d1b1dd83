// The cart as the cart page and the checkout show it.
#pragma once

#include "apps/commerce/cart/carts.h"
#include "apps/commerce/shop/texts.h"
#include "core/json.h"

namespace cashline::commerce {

struct CartView {
    Cart cart {};
    std::optional<PricedCart> priced {};
    std::optional<Error> problem {}; // why it could not be priced
};
Result<CartView> view_cart(Reader&, Buyer const&);

// label, number, url, quantity, price, amount, gone; without prices where there are none.
json::Array cart_items_json(CartView const&, MoneyTexts const&);
json::Array cart_totals_json(catalog::PricedDocument const&, MoneyTexts const&);

}
