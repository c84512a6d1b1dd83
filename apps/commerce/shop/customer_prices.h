// What a signed-in buyer pays: asked from the Prices port, as everywhere in the house.
#pragma once

#include "apps/catalog/api.h"
#include "apps/commerce/buyer/buyers.h"

namespace cashline::commerce {

// A question to the port for this buyer's customer, still without lines.
Result<catalog::PriceRequest> price_question(Reader&, Buyer const&);

struct CustomerPrices {
    Id currency {};
    std::vector<std::optional<Decimal>> prices {}; // of one unit; empty: there is none for him
    std::vector<bool> is_agreed {}; // from an agreement, not from a list
};
// For these products, in their order.
Result<CustomerPrices> customer_prices(Reader&, Buyer const&, std::vector<Row> const& products);

}
