// Automatic charges: which charges a document gets by customer, delivery mode and order amount
// (finance.md 5). The most specific rule per charge code wins; brackets are contiguous: from ≤ x <
// to.
#pragma once

#include "apps/catalog/api.h"
#include "apps/finance/pricing/agreements.h"

#include <span>

namespace cashline::finance {

struct ChargeRule {
    Id id {};
    std::string code {};
    std::string label {};
    Scope account_scope { Scope::all };
    std::string account {}; // customer or charges group
    Scope delivery_scope { Scope::all };
    std::string delivery_mode {}; // mode or group of modes
    std::string currency {};
    catalog::ChargeKind kind { catalog::ChargeKind::fixed };
    Decimal value {};
    std::optional<Amount> amount_max {};
    Amount amount_from {};
    std::optional<Amount> amount_to {};
    std::string tax_item_group {};
    bool keep {}; // stays on the order after an invoice took it
};

struct ChargeQuestion {
    std::string customer {};
    std::string charges_group {};
    std::string delivery_mode {};
    std::string delivery_group {};
    std::string currency {};
    Amount order_amount {}; // after discounts, before charges and tax
};

// One rule per charge code, in the order of first appearance.
std::vector<ChargeRule> find_charges(std::span<ChargeRule const>, ChargeQuestion const&);

}
