// A buyer's cart: lines, coupon, and what it costs him today. Prices are asked anew whenever it is
// shown and once more in the commit of the order.
#pragma once

#include "apps/catalog/api.h"
#include "apps/commerce/buyer/buyers.h"

namespace cashline::commerce {

struct CartItem {
    Id line {};
    Id product {};
    std::string number {};
    std::string name {};
    std::int64_t decimals {};
    Decimal quantity {};
    bool is_sold { true }; // no longer, when the product has left the range since
};

struct Cart {
    std::optional<Id> id {}; // nothing was ever put into it
    Id checkout {};
    std::string coupon {};
    std::vector<CartItem> items {};
};

Result<Cart> cart_of(Reader&, Buyer const&);
Result<std::int64_t> count_cart_lines(Reader&, Buyer const&);

struct CartChange {
    Id product {};
    std::string quantity {}; // as typed
};
enum class CartMode : std::uint8_t { add, replace };
// "quantity_invalid", "product_not_sold". Zero takes the product out when it replaces.
Result<void> change_cart(Unit&, Buyer const&, CartChange const&, CartMode);
Result<void> set_cart_coupon(Unit&, Buyer const&, std::string const& code);
// Empties it for the next order.
Result<void> finish_cart(Unit&, Cart const&);

// What was typed as a quantity of a product with so many decimals.
Result<Decimal> parse_quantity(std::string_view typed, std::int64_t decimals);

struct PricedCart {
    Id currency {};
    catalog::PricedDocument document {}; // lines in the order of the items
    std::optional<Error> coupon_problem {}; // then priced without it
};
// Only what is sold; "cart_empty", and what the Prices port refuses.
Result<PricedCart> price_cart(Reader&, Buyer const&, Cart const&);

}
