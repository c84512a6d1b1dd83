// Computes a document: lines, line discounts, document discounts, charges, tax. One pure function
// for every document of the house, so that quote, order, invoice and e-invoice cannot differ by a
// cent. What applies (which price, agreement, coupon, charge and tax code) is found elsewhere and
// comes in as data.
//
// Steps (finance.md 4.3 and 6.2, sales.md 5.3 and 5.4):
// 1. line amount = quantity / price quantity × (price − unit discount) × Π(1 − percent) + fixed
// charge
//    − line discount, rounded once to the currency;
// 2. document discounts in the order given, each on the original or the remaining amount;
// 3. charges, percent ones on the amount after discounts;
// 4. tax per document and code (or per line), half away from zero, line shares by largest
// remainder.
#pragma once

#include "apps/catalog/pricing/document.h"

namespace cashline::catalog {

struct LineInput {
    std::string label {};
    Decimal quantity { 1, 0 };
    Decimal price {};
    Decimal price_quantity { 1, 0 };
    Decimal unit_discount {}; // off the price, per price quantity
    std::vector<Decimal> percents {}; // one after the other: 1 − (1 − p1)(1 − p2)
    Amount fixed_charge {}; // an agreement's fixed amount, added once
    Amount line_discount {}; // taken once for the line
    std::optional<Amount>
        typed_amount {}; // a typed line amount makes price and discounts irrelevant
    std::vector<std::size_t> taxes {}; // indices into DocumentInput::taxes
    bool keeps_price {}; // no document discount touches this line
    std::string price_source {}; // "agreement", "price_list", "typed"; for the trace
};

enum class DiscountBase : std::uint8_t {
    remaining, // on what earlier discounts left: 10 % then 20 % of 100 leave 72
    original, // on the line amounts: they leave 70
};

enum class Excess : std::uint8_t {
    refuse, // a typed discount larger than the lines is a mistake: InvalidTotalDiscount
    cap, // a coupon of 50 on a cart of 30 takes 30
};

struct DiscountInput {
    std::string code {};
    std::string label {};
    std::optional<Decimal> percent {}; // else `amount`
    Amount amount {};
    DiscountBase base { DiscountBase::remaining };
    Excess excess { Excess::cap };
    std::vector<std::size_t>
        lines {}; // the lines it may touch; empty: all that do not keep their price
    bool is_coupon {};
};

enum class ChargeKind : std::uint8_t {
    fixed,
    percent, // of the amount after discounts (of the line, or of the document)
    per_piece, // value × Σ quantity
};

struct ChargeInput {
    std::string code {};
    std::string label {};
    ChargeKind kind { ChargeKind::fixed };
    Decimal value {};
    std::optional<Amount> amount_max {};
    std::optional<std::size_t> line {};
    std::vector<std::size_t> taxes {};
};

enum class TaxMethod : std::uint8_t {
    per_document, // per tax code on the document's total: the only one EN 16931 always accepts
    per_line,
};

enum class TaxGrouping : std::uint8_t {
    per_code,
    per_combination, // the codes of a line rounded together
};

struct TaxRules {
    TaxMethod method { TaxMethod::per_document };
    TaxGrouping grouping { TaxGrouping::per_code };
    Rounding rounding { Rounding::half_away };
    std::optional<Amount> step {}; // rounding step: 0.05, 1.00; none: the currency's precision
    bool prices_include_tax {};
};

struct DocumentInput {
    Id currency {};
    std::uint8_t precision { 2 };
    std::vector<LineInput> lines {};
    std::vector<DiscountInput> discounts {};
    std::vector<ChargeInput> charges {};
    std::vector<TaxRate> taxes {};
    TaxRules tax_rules {};
};

// Refuses: "line_price_quantity_invalid", "line_percent_invalid", "tax_unknown",
// "discount_line_unknown", "charge_line_unknown", "InvalidTotalDiscount",
// "discount_percent_invalid", "tax_step_invalid", and overflow.
Result<PricedDocument> calculate(DocumentInput const&);

}
