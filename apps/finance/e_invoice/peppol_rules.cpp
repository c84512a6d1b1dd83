#include "apps/finance/e_invoice/amounts.h"
#include "apps/finance/e_invoice/rule_tables.h"

#include <array>

namespace cashline::finance {

namespace {

constexpr auto fatal = RuleSeverity::fatal;
constexpr auto warning = RuleSeverity::warning;
constexpr std::int64_t two_cents = 200;

using I = EInvoice const&;

bool all_entries(EInvoice const& invoice, bool (*predicate)(AllowanceCharge const&))
{
    return all(invoice.allowance_charges, predicate)
        && all(invoice.lines, [=](auto& line) { return all(line.allowance_charges, predicate); });
}

bool amount_is_percent_of_base(AllowanceCharge const& each)
{
    if (!each.base || !each.percent) {
        return true;
    }
    auto const percent = each.percent->without_trailing_zeros();
    Decimal const fraction { percent.coefficient(),
        static_cast<std::uint8_t>(percent.scale() + 2) };
    auto const expected = each.base->times(fraction, 2, Rounding::half_away);
    return expected && is_close(*expected, each.amount, two_cents);
}

bool price_is_gross_less_discount(EInvoiceLine const& line)
{
    if (!line.price_gross) {
        return !line.price_discount;
    }
    auto const net = line.price_gross->minus(line.price_discount.value_or(Decimal {}));
    return net && *net == line.price;
}

bool line_net_is_computed(EInvoiceLine const& line)
{
    if (line.base_quantity && line.base_quantity->is_zero()) {
        return true; // R121 says it.
    }
    auto const expected = expected_line_net(line);
    return expected && is_close(*expected, line.net, two_cents);
}

bool is_inside(
    std::optional<Period> const& inner, std::optional<Period> const& outer, bool at_start)
{
    if (!inner || !outer) {
        return true;
    }
    if (at_start) {
        return !inner->start || !outer->start || *inner->start >= *outer->start;
    }
    return !inner->end || !outer->end || *inner->end <= *outer->end;
}

bool is_digits(std::string_view text)
{
    return !text.empty() && all(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Weighted sum of the digits before the last one.
int weighted(std::string_view digits, std::span<int const> weights)
{
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += (digits[i] - '0') * weights[i];
    }
    return sum;
}

bool is_gln(std::string_view text) // GS1, 13 digits, weights 1 and 3 from the left.
{
    if (!is_digits(text) || text.size() != 13) {
        return false;
    }
    constexpr std::array weights { 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3 };
    return (10 - weighted(text, weights) % 10) % 10 == text.back() - '0';
}

bool is_norwegian(std::string_view text) // Organisasjonsnummer, modulo 11.
{
    if (!is_digits(text) || text.size() != 9) {
        return false;
    }
    constexpr std::array weights { 3, 2, 7, 6, 5, 4, 3, 2 };
    return (11 - weighted(text, weights) % 11) % 11 == text.back() - '0';
}

bool is_danish(std::string_view text) // CVR: DK and eight digits, or the digits alone.
{
    auto const digits = text.starts_with("DK") ? text.substr(2) : text;
    if (!is_digits(digits) || digits.size() != 8) {
        return false;
    }
    constexpr std::array weights { 2, 7, 6, 5, 4, 3, 2, 1 };
    return weighted(digits, weights) % 11 == 0;
}

bool is_belgian(std::string_view text) // Ten digits, the last two are 97 minus the rest modulo 97.
{
    if (!is_digits(text) || text.size() != 10) {
        return false;
    }
    std::int64_t number = 0;
    for (auto const digit : text.substr(0, 8)) {
        number = number * 10 + (digit - '0');
    }
    return 97 - number % 97 == (text[8] - '0') * 10 + (text[9] - '0');
}

bool is_swedish(std::string_view text) // Ten digits, Luhn.
{
    if (!is_digits(text) || text.size() != 10) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const digit = (text[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

bool is_australian(std::string_view text) // ABN: eleven digits, one off the first, modulo 89.
{
    if (!is_digits(text) || text.size() != 11) {
        return false;
    }
    constexpr std::array weights { 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 };
    return (weighted(text, weights) - weights[0]) % 89 == 0;
}

bool identifiers_of_scheme(
    EInvoice const& invoice, std::string_view scheme, bool (*is_valid)(std::string_view))
{
    auto const holds = [&](Identifier const& each) {
        return each.scheme != scheme || is_valid(each.value);
    };
    return all(std::array { &invoice.seller, &invoice.buyer }, [&](InvoiceParty const* party) {
        return holds(party->endpoint) && holds(party->legal_id) && all(party->identifiers, holds);
    });
}

// A reason code of the VATEX list forces its category.
bool vatex_fits(EInvoice const& invoice, std::string_view code, VATCategory category)
{
    return all(invoice.vat, [=](VATBreakdown const& vat) {
        return vat.reason_code != code || vat.category == category;
    });
}

constexpr std::array rules {
    EInvoiceRule { "PEPPOL-EN16931-R001", fatal, "The business process is stated (BT-23).",
        [](I i) { return !i.profile.empty(); } },
    EInvoiceRule { "PEPPOL-EN16931-R003", fatal,
        "A buyer reference or a purchase order is stated (BT-10, BT-13).",
        [](I i) { return !i.buyer_reference.empty() || !i.purchase_order.empty(); } },
    EInvoiceRule { "PEPPOL-EN16931-R004", fatal,
        "The specification is Peppol BIS Billing 3.0 (BT-24).",
        [](I i) { return i.customization == peppol_customization; } },
    EInvoiceRule { "PEPPOL-EN16931-R005", fatal,
        "The VAT currency differs from the invoice's (BT-6).",
        [](I i) { return i.vat_currency.empty() || i.vat_currency != i.currency; } },
    EInvoiceRule { "PEPPOL-EN16931-R007", fatal, "The business process is one of Peppol's (BT-23).",
        [](I i) {
            return i.profile.empty()
                || i.profile.starts_with("urn:fdc:peppol.eu:2017:poacc:billing:");
        } },
    EInvoiceRule { "PEPPOL-EN16931-R010", fatal, "The buyer has an electronic address (BT-49).",
        [](I i) { return !i.buyer.endpoint.value.empty(); } },
    EInvoiceRule { "PEPPOL-EN16931-R020", fatal, "The seller has an electronic address (BT-34).",
        [](I i) { return !i.seller.endpoint.value.empty(); } },
    EInvoiceRule { "PEPPOL-EN16931-R040", fatal,
        "An allowance or charge with base and percent is their product.",
        [](I i) { return all_entries(i, amount_is_percent_of_base); } },
    EInvoiceRule { "PEPPOL-EN16931-R041", fatal,
        "A percent of an allowance or charge has its base.",
        [](I i) {
            return all_entries(
                i, [](auto& each) { return !each.percent || each.base.has_value(); });
        } },
    EInvoiceRule { "PEPPOL-EN16931-R042", fatal,
        "A base of an allowance or charge has its percent.",
        [](I i) {
            return all_entries(
                i, [](auto& each) { return !each.base || each.percent.has_value(); });
        } },
    EInvoiceRule { "PEPPOL-EN16931-R046", fatal,
        "The net price is the gross price less its discount.",
        [](I i) { return all(i.lines, price_is_gross_less_discount); } },
    EInvoiceRule { "PEPPOL-EN16931-R054", fatal,
        "The VAT is stated in a second currency only where there is one.",
        [](I i) { return !i.vat_in_vat_currency || !i.vat_currency.empty(); } },
    EInvoiceRule { "PEPPOL-EN16931-R055", fatal, "Both VAT totals have the same sign.",
        [](I i) {
            return !i.vat_in_vat_currency || i.vat_total.is_zero()
                || i.vat_in_vat_currency->is_negative() == i.vat_total.is_negative();
        } },
    EInvoiceRule { "PEPPOL-EN16931-R061", fatal, "A direct debit has its mandate (BT-89).",
        [](I i) {
            return !i.payment || !is_one_of(i.payment->code, { "49", "59" })
                || !i.payment->mandate.empty();
        } },
    EInvoiceRule { "PEPPOL-EN16931-R110", fatal,
        "A line's period starts within the invoice period.",
        [](I i) {
            return all(i.lines, [&](auto& line) { return is_inside(line.period, i.period, true); });
        } },
    EInvoiceRule { "PEPPOL-EN16931-R111", fatal, "A line's period ends within the invoice period.",
        [](I i) {
            return all(
                i.lines, [&](auto& line) { return is_inside(line.period, i.period, false); });
        } },
    EInvoiceRule { "PEPPOL-EN16931-R120", fatal,
        "A line's net is quantity × price, plus its charges, less its allowances.",
        [](I i) { return all(i.lines, line_net_is_computed); } },
    EInvoiceRule { "PEPPOL-EN16931-R121", fatal, "A base quantity is above zero (BT-149).",
        [](I i) {
            return all(i.lines,
                [](auto& line) { return !line.base_quantity || line.base_quantity->sign() > 0; });
        } },
    EInvoiceRule { "PEPPOL-EN16931-R130", fatal,
        "The base quantity has the unit of the line (BT-150).",
        [](I i) {
            return all(i.lines,
                [](auto& line) { return line.base_unit.empty() || line.base_unit == line.unit; });
        } },
    EInvoiceRule { "PEPPOL-EN16931-P0104", fatal, "VATEX-EU-G goes with category G.",
        [](I i) { return vatex_fits(i, "VATEX-EU-G", VATCategory::export_outside); } },
    EInvoiceRule { "PEPPOL-EN16931-P0105", fatal, "VATEX-EU-O goes with category O.",
        [](I i) { return vatex_fits(i, "VATEX-EU-O", VATCategory::not_subject); } },
    EInvoiceRule { "PEPPOL-EN16931-P0106", fatal, "VATEX-EU-IC goes with category K.",
        [](I i) { return vatex_fits(i, "VATEX-EU-IC", VATCategory::intra_community); } },
    EInvoiceRule { "PEPPOL-EN16931-P0107", fatal, "VATEX-EU-AE goes with category AE.",
        [](I i) { return vatex_fits(i, "VATEX-EU-AE", VATCategory::reverse_charge); } },
    EInvoiceRule { "PEPPOL-EN16931-P0108", fatal, "VATEX-EU-D goes with category E.",
        [](I i) { return vatex_fits(i, "VATEX-EU-D", VATCategory::exempt); } },
    EInvoiceRule { "PEPPOL-EN16931-P0109", fatal, "VATEX-EU-F goes with category E.",
        [](I i) { return vatex_fits(i, "VATEX-EU-F", VATCategory::exempt); } },
    EInvoiceRule { "PEPPOL-EN16931-P0110", fatal, "VATEX-EU-I goes with category E.",
        [](I i) { return vatex_fits(i, "VATEX-EU-I", VATCategory::exempt); } },
    EInvoiceRule { "PEPPOL-EN16931-P0111", fatal, "VATEX-EU-J goes with category E.",
        [](I i) { return vatex_fits(i, "VATEX-EU-J", VATCategory::exempt); } },
    EInvoiceRule { "PEPPOL-COMMON-R040", fatal,
        "A GLN has 13 digits and the right check digit (0088).",
        [](I i) { return identifiers_of_scheme(i, "0088", is_gln); } },
    EInvoiceRule { "PEPPOL-COMMON-R041", fatal,
        "A Norwegian number has the right check digit (0192).",
        [](I i) { return identifiers_of_scheme(i, "0192", is_norwegian); } },
    EInvoiceRule { "PEPPOL-COMMON-R042", fatal,
        "A Danish number has the right check digits (0184).",
        [](I i) { return identifiers_of_scheme(i, "0184", is_danish); } },
    EInvoiceRule { "PEPPOL-COMMON-R043", fatal,
        "A Belgian number has the right check digits (0208).",
        [](I i) { return identifiers_of_scheme(i, "0208", is_belgian); } },
    EInvoiceRule { "PEPPOL-COMMON-R049", fatal,
        "A Swedish number has the right check digit (0007).",
        [](I i) { return identifiers_of_scheme(i, "0007", is_swedish); } },
    EInvoiceRule { "PEPPOL-COMMON-R050", warning,
        "An Australian number has the right check digits (0151).",
        [](I i) { return identifiers_of_scheme(i, "0151", is_australian); } },
};

}

std::span<EInvoiceRule const> peppol_rules() { return rules; }

}
