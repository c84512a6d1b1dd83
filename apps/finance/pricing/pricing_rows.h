// Trade agreements and automatic charges of a company, from rows to what the searches take.
#pragma once

#include "apps/finance/customer/customers.h"
#include "apps/finance/pricing/charges.h"

namespace cashline::finance {

// An item of a document as the searches know it.
struct ItemFacts {
    std::string number {}; // empty: a write-in
    std::string unit {};
    std::string line_discount_group {};
    std::string multiline_discount_group {};
    std::string tax_item_group {};
    std::optional<Amount> list_price {};
    Id list_currency {};
};

// Newest first, so that of two agreements for the same customer and item the later one counts.
Result<std::vector<Agreement>> load_agreements(
    Reader&, std::string_view company, CustomerTerms const&, std::span<ItemFacts const>);
Result<std::vector<ChargeRule>> load_charge_rules(Reader&, std::string_view company);

}
