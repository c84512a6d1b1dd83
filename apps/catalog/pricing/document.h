// The vocabulary of prices: what an app asks (PriceRequest) and what it gets back (PricedDocument),
// the same for opportunity, quote, order, invoice, cart and e-invoice. Plain values; who finds
// prices, agreements and taxes stands behind the port, and calculate.h turns what was found into
// amounts.
#pragma once

#include "apps/catalog/pricing/trace.h"

#include "core/time.h"

#include <cstddef>

namespace cashline::catalog {

// What is asked
// -----------------------------------------------------------------------------------------------

struct PriceLine {
    std::optional<Id> product {}; // none: a write-in, which needs a price
    std::optional<Id> unit {};
    std::string description {};
    Decimal quantity { 1, 0 };
    std::optional<Decimal> price_typed {}; // the seller's price; wins over every list and agreement
    Decimal price_quantity { 1, 0 }; // the price counts for this many units
    Amount discount_typed {}; // manualdiscountamount: taken once for the line
    std::optional<Decimal> percent_typed {};
};

struct PriceRequest {
    Id company {};
    std::optional<Id> customer {};
    Id currency {};
    std::optional<Id> price_list {};
    Date date {};
    std::vector<PriceLine> lines {};
    std::vector<std::string> coupons {};
    Amount discount_typed {}; // header discountamount
    std::optional<Decimal> discount_percent {}; // header discountpercentage
    std::optional<Amount> freight_typed {};
    std::string delivery_mode {};
};

// What comes back
// ----------------------------------------------------------------------------------------------

// EN 16931 code list for BT-151; the letters are the wire form.
enum class VATCategory : std::uint8_t {
    standard, // S
    zero, // Z
    exempt, // E
    reverse_charge, // AE
    intra_community, // K
    export_outside, // G
    not_subject, // O
};
std::string_view letters(VATCategory);
std::optional<VATCategory> vat_category(std::string_view letters);

struct TaxRate {
    std::string code {}; // the tax code of the books
    std::string label {};
    Decimal percent {};
    VATCategory category { VATCategory::standard };
    std::string reason {}; // exemption reason as text (BT-120)
    std::string reason_code {}; // VATEX-… (BT-121)
};

struct LineTax {
    std::size_t tax {}; // index into PricedDocument::taxes
    Amount amount {};
};

struct PricedLine {
    Decimal quantity {};
    Decimal price {};
    Decimal price_quantity { 1, 0 };
    Amount
        list_amount {}; // quantity × price, rounded, as entered (with tax where prices include tax)
    Amount line_discount {}; // everything taken off on the line, as entered; list − discount = line
                             // amount
    Amount net {}; // line amount without tax: BT-131
    Amount document_discount {}; // the line's share of discounts on the whole document, without tax
    Amount base {}; // net − document_discount: what tax is computed on
    Amount tax {};
    Amount gross {}; // base + tax
    std::vector<LineTax> taxes {};
    std::string price_source {};
};

struct PricedCharge {
    std::string code {};
    std::string label {};
    std::optional<std::size_t> line {}; // a charge of this line; none: of the whole document
    Amount net {};
    Amount tax {};
    std::vector<LineTax> taxes {};
};

// The part of a document discount that falls on one combination of taxes: a BG-20 group of the
// e-invoice.
struct DiscountShare {
    std::vector<std::size_t> taxes {};
    Amount net {};
};

struct PricedDiscount {
    std::string code {}; // "header", a total discount's name, a coupon code
    std::string label {};
    Amount net {}; // without tax
    Amount entered {}; // as taken from the entered amounts
    bool is_coupon {};
    std::vector<DiscountShare> shares {};
};

// One row per tax code: what the ledger posts and the VAT report reads.
struct PricedTax {
    TaxRate rate {};
    Amount base {};
    Amount amount {};
};

struct PricedDocument {
    Id currency {};
    std::uint8_t precision { 2 };
    bool prices_include_tax {};
    std::vector<PricedLine> lines {};
    std::vector<PricedCharge> charges {};
    std::vector<PricedDiscount> discounts {};
    std::vector<PricedTax> taxes {};
    Amount net {}; // Σ lines, before document discounts: BT-106
    Amount discount {}; // Σ document discounts: BT-107
    Amount charge {}; // Σ charges: BT-108
    Amount tax {}; // BT-110
    Amount gross {}; // net − discount + charge + tax: BT-112
    Trace trace {};
};

}
