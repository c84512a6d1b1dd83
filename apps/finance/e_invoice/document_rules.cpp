#include "apps/finance/e_invoice/rule_tables.h"

#include <array>

namespace cashline::finance {

namespace {

constexpr auto fatal = RuleSeverity::fatal;

bool has_reason(AllowanceCharge const* each)
{
    return !each->reason.empty() || !each->reason_code.empty();
}

bool is_forward(std::optional<Period> const& period)
{
    return !period || !period->start || !period->end || *period->start <= *period->end;
}

bool has_bound(std::optional<Period> const& period)
{
    return !period || period->start || period->end;
}

bool is_credit_transfer(EInvoice const& i)
{
    return i.payment && is_one_of(i.payment->code, { "30", "58" });
}

// Greece is EL in VAT numbers, Northern Ireland XI.
bool has_country_prefix(std::string const& vat_id)
{
    return vat_id.empty() || (vat_id.size() > 2 && is_country(vat_id.substr(0, 2)));
}

bool vat_prefix_is_its_country(InvoiceParty const& party)
{
    if (party.vat_id.empty() || !party.address || !is_country(party.address->country)) {
        return true;
    }
    auto const prefix = party.vat_id.substr(0, 2);
    auto const& country = party.address->country;
    return prefix == country || (country == "GR" && prefix == "EL")
        || (country == "GB" && prefix == "XI");
}

bool currency_is_three_letters(std::string const& code)
{
    return code.size() == 3
        && all(code, [](char letter) { return letter >= 'A' && letter <= 'Z'; });
}

using I = EInvoice const&;

constexpr std::array head_rules {
    EInvoiceRule { "BR-01", fatal, "The invoice names its specification (BT-24).",
        [](I i) { return !i.customization.empty(); } },
    EInvoiceRule {
        "BR-02", fatal, "The invoice has a number (BT-1).", [](I i) { return !i.number.empty(); } },
    EInvoiceRule { "BR-03", fatal, "The invoice has an issue date (BT-2).",
        [](I i) { return i.issue_date.has_value(); } },
    EInvoiceRule { "BR-04", fatal, "The invoice has a type code (BT-3).",
        [](I i) { return !i.type.empty(); } },
    EInvoiceRule { "BR-05", fatal, "The invoice has a currency (BT-5).",
        [](I i) { return !i.currency.empty(); } },
    EInvoiceRule { "BR-06", fatal, "The seller has a name (BT-27).",
        [](I i) { return !i.seller.name.empty(); } },
    EInvoiceRule { "BR-07", fatal, "The buyer has a name (BT-44).",
        [](I i) { return !i.buyer.name.empty(); } },
    EInvoiceRule { "BR-08", fatal, "The seller has a postal address (BG-5).",
        [](I i) { return i.seller.address.has_value(); } },
    EInvoiceRule { "BR-09", fatal, "The seller's address has a country of two letters (BT-40).",
        [](I i) { return !i.seller.address || is_country(i.seller.address->country); } },
    EInvoiceRule { "BR-10", fatal, "The buyer has a postal address (BG-8).",
        [](I i) { return i.buyer.address.has_value(); } },
    EInvoiceRule { "BR-11", fatal, "The buyer's address has a country of two letters (BT-55).",
        [](I i) { return !i.buyer.address || is_country(i.buyer.address->country); } },
    EInvoiceRule { "BR-16", fatal, "The invoice has at least one line (BG-25).",
        [](I i) { return !i.lines.empty(); } },
    EInvoiceRule { "BR-17", fatal, "A payee other than the seller has a name (BT-59).",
        [](I i) { return !i.payee || !i.payee->name.empty(); } },
    EInvoiceRule { "BR-18", fatal, "The tax representative has a name (BT-62).",
        [](I i) { return !i.representative || !i.representative->name.empty(); } },
    EInvoiceRule { "BR-19", fatal, "The tax representative has an address (BG-12).",
        [](I i) { return !i.representative || i.representative->address.has_value(); } },
    EInvoiceRule { "BR-20", fatal, "The tax representative's address has a country (BT-69).",
        [](I i) {
            return !i.representative || !i.representative->address
                || is_country(i.representative->address->country);
        } },
    EInvoiceRule { "BR-29", fatal, "The invoice period ends after it starts (BT-74).",
        [](I i) { return is_forward(i.period); } },
    EInvoiceRule { "BR-31", fatal, "An allowance on the document has an amount above zero (BT-92).",
        [](I i) {
            return all(
                document_entries(i, false), [](auto* e) { return !e->amount.is_negative(); });
        } },
    EInvoiceRule { "BR-32", fatal, "An allowance on the document has a VAT category (BT-95).",
        [](I i) {
            return all(document_entries(i, false), [](auto* e) { return e->category.has_value(); });
        } },
    EInvoiceRule { "BR-33", fatal, "An allowance on the document has a reason (BT-97, BT-98).",
        [](I i) { return all(document_entries(i, false), has_reason); } },
    EInvoiceRule { "BR-36", fatal, "A charge on the document has an amount above zero (BT-99).",
        [](I i) {
            return all(document_entries(i, true), [](auto* e) { return !e->amount.is_negative(); });
        } },
    EInvoiceRule { "BR-37", fatal, "A charge on the document has a VAT category (BT-102).",
        [](I i) {
            return all(document_entries(i, true), [](auto* e) { return e->category.has_value(); });
        } },
    EInvoiceRule { "BR-38", fatal, "A charge on the document has a reason (BT-104, BT-105).",
        [](I i) { return all(document_entries(i, true), has_reason); } },
};

constexpr std::array line_rules {
    EInvoiceRule { "BR-21", fatal, "Each line has an identifier (BT-126).",
        [](I i) { return all(i.lines, [](auto& line) { return !line.id.empty(); }); } },
    EInvoiceRule { "BR-22", fatal, "Each line has a quantity (BT-129).",
        [](I i) { return all(i.lines, [](auto& line) { return line.quantity.has_value(); }); } },
    EInvoiceRule { "BR-23", fatal, "Each line has a unit (BT-130).",
        [](I i) { return all(i.lines, [](auto& line) { return !line.unit.empty(); }); } },
    EInvoiceRule { "BR-25", fatal, "Each line names its item (BT-153).",
        [](I i) { return all(i.lines, [](auto& line) { return !line.name.empty(); }); } },
    EInvoiceRule { "BR-27", fatal, "A net price is never negative (BT-146).",
        [](I i) { return all(i.lines, [](auto& line) { return !line.price.is_negative(); }); } },
    EInvoiceRule { "BR-28", fatal, "A gross price is never negative (BT-148).",
        [](I i) {
            return all(i.lines,
                [](auto& line) { return !line.price_gross || !line.price_gross->is_negative(); });
        } },
    EInvoiceRule { "BR-30", fatal, "A line's period ends after it starts (BT-135).",
        [](I i) { return all(i.lines, [](auto& line) { return is_forward(line.period); }); } },
    EInvoiceRule { "BR-41", fatal, "An allowance on a line has an amount above zero (BT-136).",
        [](I i) {
            return all(line_entries(i, false), [](auto* e) { return !e->amount.is_negative(); });
        } },
    EInvoiceRule { "BR-42", fatal, "An allowance on a line has a reason (BT-139, BT-140).",
        [](I i) { return all(line_entries(i, false), has_reason); } },
    EInvoiceRule { "BR-43", fatal, "A charge on a line has an amount above zero (BT-141).",
        [](I i) {
            return all(line_entries(i, true), [](auto* e) { return !e->amount.is_negative(); });
        } },
    EInvoiceRule { "BR-44", fatal, "A charge on a line has a reason (BT-144, BT-145).",
        [](I i) { return all(line_entries(i, true), has_reason); } },
    EInvoiceRule { "BR-54", fatal, "An item attribute has a name and a value (BT-160, BT-161).",
        [](I i) {
            return all(i.lines, [](auto& line) {
                return all(line.attributes,
                    [](auto& each) { return !each.name.empty() && !each.value.empty(); });
            });
        } },
    EInvoiceRule { "BR-64", fatal, "A standard item number names its scheme (BT-157).",
        [](I i) {
            return all(i.lines, [](auto& line) {
                return line.standard_id.value.empty() || !line.standard_id.scheme.empty();
            });
        } },
    EInvoiceRule { "BR-65", fatal, "An item class names its scheme (BT-158).",
        [](I i) {
            return all(i.lines, [](auto& line) {
                return all(line.classes,
                    [](auto& each) { return each.value.empty() || !each.scheme.empty(); });
            });
        } },
    EInvoiceRule { "BR-CO-04", fatal, "Each line has a VAT category (BT-151).",
        [](I i) { return all(i.lines, [](auto& line) { return line.category.has_value(); }); } },
    EInvoiceRule { "BR-CO-20", fatal, "A line's period has a start or an end.",
        [](I i) { return all(i.lines, [](auto& line) { return has_bound(line.period); }); } },
};

constexpr std::array reference_rules {
    EInvoiceRule { "BR-48", fatal,
        "Each VAT breakdown has a rate, except what is not subject (BT-119).",
        [](I i) {
            return all(i.vat, [](auto& vat) {
                return vat.rate.has_value() || vat.category == VATCategory::not_subject;
            });
        } },
    EInvoiceRule { "BR-49", fatal, "Payment instructions name the means of payment (BT-81).",
        [](I i) { return !i.payment || !i.payment->code.empty(); } },
    EInvoiceRule { "BR-50", fatal, "An account to pay to has its number (BT-84).",
        [](I i) {
            return !i.payment || !i.payment->account.empty()
                || (i.payment->account_name.empty() && i.payment->bank.empty());
        } },
    EInvoiceRule { "BR-53", fatal, "With a VAT currency the VAT is stated in it (BT-111).",
        [](I i) { return i.vat_currency.empty() || i.vat_in_vat_currency.has_value(); } },
    EInvoiceRule { "BR-55", fatal, "A preceding invoice has its number (BT-25).",
        [](I i) { return all(i.preceding, [](auto& each) { return !each.number.empty(); }); } },
    EInvoiceRule { "BR-56", fatal, "The tax representative has a VAT number (BT-63).",
        [](I i) { return !i.representative || !i.representative->vat_id.empty(); } },
    EInvoiceRule { "BR-57", fatal, "A delivery address has a country (BT-80).",
        [](I i) {
            return !i.delivery || !i.delivery->address || is_country(i.delivery->address->country);
        } },
    EInvoiceRule { "BR-61", fatal, "A credit transfer names the account to pay to (BT-84).",
        [](I i) { return !is_credit_transfer(i) || !i.payment->account.empty(); } },
    EInvoiceRule { "BR-62", fatal, "The seller's electronic address names its scheme (BT-34).",
        [](I i) { return i.seller.endpoint.value.empty() || !i.seller.endpoint.scheme.empty(); } },
    EInvoiceRule { "BR-63", fatal, "The buyer's electronic address names its scheme (BT-49).",
        [](I i) { return i.buyer.endpoint.value.empty() || !i.buyer.endpoint.scheme.empty(); } },
    EInvoiceRule { "BR-CL-01", fatal,
        "The type code is one of the list for invoices and credit notes.",
        [](I i) {
            return i.is_credit_note()
                || is_one_of(i.type,
                    { "71", "80", "82", "84", "102", "218", "219", "326", "331", "380", "382",
                        "383", "384", "386", "388", "389", "393", "395", "553", "575", "623", "780",
                        "817", "870", "875", "876", "877" });
        } },
    EInvoiceRule { "BR-CL-04", fatal, "The currency is a code of three letters (ISO 4217).",
        [](I i) { return i.currency.empty() || currency_is_three_letters(i.currency); } },
    EInvoiceRule { "BR-CO-03", fatal,
        "Tax point date and tax point code exclude each other (BT-7, BT-8).",
        [](I i) { return !i.tax_point_date || i.tax_point_code.empty(); } },
    EInvoiceRule { "BR-CO-09", fatal, "VAT numbers begin with a country code (EL for Greece).",
        [](I i) {
            auto const of_representative = i.representative ? i.representative->vat_id : "";
            return has_country_prefix(i.seller.vat_id) && has_country_prefix(i.buyer.vat_id)
                && has_country_prefix(of_representative);
        } },
    EInvoiceRule { "CASHLINE-VAT-COUNTRY", RuleSeverity::warning,
        "The VAT number's country differs from the address; check that this is meant.",
        [](I i) {
            return vat_prefix_is_its_country(i.seller) && vat_prefix_is_its_country(i.buyer);
        } },
    EInvoiceRule { "BR-CO-18", fatal, "The invoice has at least one VAT breakdown (BG-23).",
        [](I i) { return !i.vat.empty(); } },
    EInvoiceRule { "BR-CO-19", fatal, "The invoice period has a start or an end.",
        [](I i) { return has_bound(i.period) || !i.tax_point_code.empty(); } },
    EInvoiceRule { "BR-CO-25", fatal,
        "With an amount due there is a due date or terms (BT-9, BT-20).",
        [](I i) {
            return i.payable.ten_thousandths <= 0 || i.due_date || !i.payment_terms.empty();
        } },
    EInvoiceRule { "BR-CO-26", fatal,
        "The seller has an identifier, a legal registration or a VAT number (BT-29, 30, 31).",
        [](I i) {
            return any(i.seller.identifiers, [](auto& each) { return !each.value.empty(); })
                || !i.seller.legal_id.value.empty() || !i.seller.vat_id.empty();
        } },
};

std::vector<EInvoiceRule> joined()
{
    std::vector<EInvoiceRule> rules { head_rules.begin(), head_rules.end() };
    rules.insert(rules.end(), line_rules.begin(), line_rules.end());
    rules.insert(rules.end(), reference_rules.begin(), reference_rules.end());
    return rules;
}

}

std::span<EInvoiceRule const> document_rules()
{
    static std::vector<EInvoiceRule> const rules = joined();
    return rules;
}

}
