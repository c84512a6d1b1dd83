// An electronic invoice in the words of EN 16931, one member per business term (BT) or group (BG).
// Plain data: filled from the posted invoice, checked by rules.h, written by ubl_writer.h.
#pragma once

#include "apps/catalog/api.h"

namespace cashline::finance {

using catalog::VATCategory;

struct Identifier {
    std::string value {};
    std::string scheme {};
};

struct PostalAddress {
    std::string street {};
    std::string additional_street {};
    std::string city {};
    std::string postal_zone {};
    std::string subdivision {};
    std::string country {}; // ISO 3166-1 alpha-2
};

// BG-4 seller, BG-7 buyer.
struct InvoiceParty {
    Identifier endpoint {}; // BT-34, BT-49
    std::vector<Identifier> identifiers {}; // BT-29, BT-46
    std::string name {}; // BT-27, BT-44
    std::string trade_name {}; // BT-28, BT-45
    Identifier legal_id {}; // BT-30, BT-47
    std::string vat_id {}; // BT-31, BT-48
    std::string tax_registration {}; // BT-32
    std::string legal_form {}; // BT-33
    std::optional<PostalAddress> address {};
    std::string contact_name {};
    std::string contact_phone {};
    std::string contact_mail {};
};

struct Payee { // BG-10
    std::string name {};
    Identifier identifier {};
    Identifier legal_id {};
};

struct TaxRepresentative { // BG-11
    std::string name {};
    std::string vat_id {};
    std::optional<PostalAddress> address {};
};

struct Period { // BG-14, BG-26
    std::optional<Date> start {};
    std::optional<Date> end {};
};

struct Delivery { // BG-13
    std::string name {};
    Identifier location {};
    std::optional<Date> date {};
    std::optional<PostalAddress> address {}; // BG-15
};

struct PaymentMeans { // BG-16
    std::string code {}; // BT-81
    std::string text {};
    std::string remittance {}; // BT-83
    std::string account {}; // BT-84
    std::string account_name {}; // BT-85
    std::string bank {}; // BT-86
    std::string mandate {}; // BT-89
    std::string debited_account {}; // BT-91
};

struct AllowanceCharge { // BG-20, 21, 27, 28
    bool is_charge {};
    Amount amount {};
    std::optional<Amount> base {};
    std::optional<Decimal> percent {};
    std::string reason {};
    std::string reason_code {};
    std::optional<VATCategory> category {}; // of the document's only
    std::optional<Decimal> rate {};
};

struct VATBreakdown { // BG-23
    Amount base {}; // BT-116
    Amount amount {}; // BT-117
    VATCategory category { VATCategory::standard };
    std::optional<Decimal> rate {};
    std::string reason {};
    std::string reason_code {};
};

struct PrecedingInvoice { // BG-3
    std::string number {};
    std::optional<Date> date {};
};

struct ItemAttribute { // BG-32
    std::string name {};
    std::string value {};
};

struct EInvoiceLine { // BG-25
    std::string id {}; // BT-126
    std::string note {}; // BT-127
    std::optional<Decimal> quantity {}; // BT-129
    std::string unit {}; // BT-130, UNECE rec. 20
    Amount net {}; // BT-131
    std::string order_line {}; // BT-132
    std::string accounting_reference {}; // BT-133
    std::optional<Period> period {};
    std::vector<AllowanceCharge> allowance_charges {};
    Decimal price {}; // BT-146
    std::optional<Decimal> price_discount {}; // BT-147
    std::optional<Decimal> price_gross {}; // BT-148
    std::optional<Decimal> base_quantity {}; // BT-149
    std::string base_unit {}; // BT-150
    std::optional<VATCategory> category {}; // BT-151
    std::optional<Decimal> rate {}; // BT-152
    std::string name {}; // BT-153
    std::string description {}; // BT-154
    std::string seller_id {}; // BT-155
    std::string buyer_id {}; // BT-156
    Identifier standard_id {}; // BT-157
    std::vector<Identifier> classes {}; // BT-158
    std::vector<ItemAttribute> attributes {};
};

struct EInvoice {
    std::string customization; // BT-24; see peppol_customization
    std::string profile; // BT-23
    std::string number {}; // BT-1
    std::optional<Date> issue_date {};
    std::optional<Date> due_date {}; // BT-9
    std::string type { "380" }; // BT-3
    std::string note {}; // BT-22
    std::optional<Date> tax_point_date {};
    std::string tax_point_code {}; // BT-8
    std::string currency {}; // BT-5
    std::string vat_currency {}; // BT-6
    std::string buyer_reference {}; // BT-10
    std::string purchase_order {}; // BT-13
    std::string sales_order {}; // BT-14
    std::optional<Period> period {};
    std::vector<PrecedingInvoice> preceding {};
    std::string despatch_advice {}; // BT-16
    std::string receipt_advice {}; // BT-15
    std::string contract {}; // BT-12
    std::string project {}; // BT-11
    InvoiceParty seller {};
    InvoiceParty buyer {};
    std::optional<Payee> payee {};
    std::optional<TaxRepresentative> representative {};
    std::optional<Delivery> delivery {};
    std::optional<PaymentMeans> payment {};
    std::string payment_terms {}; // BT-20
    std::vector<AllowanceCharge> allowance_charges {};
    std::vector<VATBreakdown> vat {};
    std::optional<Amount> vat_in_vat_currency {}; // BT-111
    Amount line_total {}; // BT-106
    Amount allowance_total {}; // BT-107
    Amount charge_total {}; // BT-108
    Amount total_without_vat {}; // BT-109
    Amount vat_total {}; // BT-110
    Amount total_with_vat {}; // BT-112
    Amount prepaid {}; // BT-113
    Amount rounding {}; // BT-114
    Amount payable {}; // BT-115
    std::vector<EInvoiceLine> lines {};
    // Prices with tax in them: no base of whole cents need give the tax exactly, so the VAT rule
    // allows one cent.
    bool prices_include_tax {};

    bool is_credit_note() const;
};

inline constexpr std::string_view peppol_customization =
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
inline constexpr std::string_view peppol_profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

}
