// Sales tax on the positions of a document: exclusive and inclusive prices, per document or per
// line, several codes on one position, any rounding mode and step (finance.md 6.2). The result adds
// up in both directions: Σ positions = Σ codes = document tax, to the last cent.
#pragma once

#include "apps/catalog/pricing/calculate.h"

#include <span>

namespace cashline::catalog {

struct TaxPosition {
    std::string label {};
    Amount amount {}; // after discounts; with tax where prices include tax
    std::vector<std::size_t> taxes {};
};

struct TaxedPosition {
    Amount base {};
    Amount tax {};
    std::vector<LineTax> taxes {};
};

struct TaxResult {
    std::vector<TaxedPosition> positions {};
    std::vector<PricedTax> taxes {}; // one per code, in the order of the rates
    Amount tax {};
    std::vector<Trace> trace {};
};

struct TaxQuestion {
    std::span<TaxPosition const> positions {};
    std::span<TaxRate const> rates {};
    TaxRules rules {};
    std::uint8_t precision { 2 };
};

Result<TaxResult> compute_tax(TaxQuestion const&);

// The amount without tax of an amount that includes the given codes, rounded half away from zero.
Result<Amount> without_tax(TaxQuestion const&, Amount, std::span<std::size_t const> taxes);

std::string_view name_of(Rounding);

}
