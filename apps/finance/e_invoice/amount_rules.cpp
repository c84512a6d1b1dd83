#include "apps/finance/e_invoice/rule_tables.h"

#include <array>

namespace cashline::finance {

namespace {

constexpr auto fatal = RuleSeverity::fatal;
constexpr std::int64_t one_cent = 100;

using I = EInvoice const&;

template<class Range, class Projection>
Decimal total(Range const& range, Projection projection)
{
    std::vector<Amount> amounts;
    for (auto const& each : range) {
        amounts.push_back(projection(each));
    }
    return sum_of(amounts);
}

bool equals(Amount amount, Decimal const& sum) { return amount.to_decimal() == sum; }

Decimal plus(Amount a, Amount b) { return sum_of(std::array { a, b }); }

bool has_cents(Amount amount) { return amount.ten_thousandths % one_cent == 0; }

bool has_cents(std::optional<Amount> const& amount) { return !amount || has_cents(*amount); }

template<class Projection>
bool entries_have_cents(std::vector<AllowanceCharge const*> const& entries, Projection projection)
{
    return all(entries, [&](auto* each) { return has_cents(std::invoke(projection, each)); });
}

// Exact, where the official check lets 0.99 pass; one cent only where the prices hold the tax.
bool vat_is_rate_of_base(EInvoice const& invoice, VATBreakdown const& vat)
{
    auto const rate = vat.rate.value_or(Decimal {}).without_trailing_zeros();
    Decimal const fraction { rate.coefficient(), static_cast<std::uint8_t>(rate.scale() + 2) };
    auto const expected = vat.base.times(fraction, 2, Rounding::half_away);
    return expected && is_close(*expected, vat.amount, invoice.prices_include_tax ? one_cent : 0);
}

constexpr std::array rules {
    EInvoiceRule { "BR-CO-10", fatal,
        "The sum of the lines is the sum of their net amounts (BT-106).",
        [](I i) {
            return equals(i.line_total, total(i.lines, [](auto& line) { return line.net; }));
        } },
    EInvoiceRule { "BR-CO-11", fatal, "The sum of allowances is that of the document's (BT-107).",
        [](I i) {
            return equals(i.allowance_total,
                total(document_entries(i, false), [](auto* each) { return each->amount; }));
        } },
    EInvoiceRule { "BR-CO-12", fatal, "The sum of charges is that of the document's (BT-108).",
        [](I i) {
            return equals(i.charge_total,
                total(document_entries(i, true), [](auto* each) { return each->amount; }));
        } },
    EInvoiceRule { "BR-CO-13", fatal,
        "The total without VAT is the lines less allowances plus charges (BT-109).",
        [](I i) {
            return equals(i.total_without_vat,
                sum_of(std::array { i.line_total, i.allowance_total.negated(), i.charge_total }));
        } },
    EInvoiceRule { "BR-CO-14", fatal, "The VAT is the sum of the breakdown (BT-110).",
        [](I i) {
            return equals(i.vat_total, total(i.vat, [](auto& vat) { return vat.amount; }));
        } },
    EInvoiceRule { "BR-CO-15", fatal,
        "The total with VAT is the total without it plus the VAT (BT-112).",
        [](I i) { return equals(i.total_with_vat, plus(i.total_without_vat, i.vat_total)); } },
    EInvoiceRule { "BR-CO-16", fatal,
        "The amount due is the total with VAT less what was paid plus rounding (BT-115).",
        [](I i) {
            return equals(i.payable,
                sum_of(std::array { i.total_with_vat, i.prepaid.negated(), i.rounding }));
        } },
    EInvoiceRule { "BR-CO-17", fatal, "Each VAT amount is its base times its rate (BT-117).",
        [](I i) { return all(i.vat, [&](auto& vat) { return vat_is_rate_of_base(i, vat); }); } },
    EInvoiceRule { "BR-DEC-01", fatal, "Allowances have at most two decimals (BT-92).",
        [](I i) {
            return entries_have_cents(document_entries(i, false), &AllowanceCharge::amount);
        } },
    EInvoiceRule { "BR-DEC-02", fatal, "Bases of allowances have at most two decimals (BT-93).",
        [](I i) {
            return entries_have_cents(document_entries(i, false), &AllowanceCharge::base);
        } },
    EInvoiceRule { "BR-DEC-05", fatal, "Charges have at most two decimals (BT-99).",
        [](I i) {
            return entries_have_cents(document_entries(i, true), &AllowanceCharge::amount);
        } },
    EInvoiceRule { "BR-DEC-06", fatal, "Bases of charges have at most two decimals (BT-100).",
        [](I i) { return entries_have_cents(document_entries(i, true), &AllowanceCharge::base); } },
    EInvoiceRule { "BR-DEC-09", fatal, "The sum of the lines has at most two decimals (BT-106).",
        [](I i) { return has_cents(i.line_total); } },
    EInvoiceRule { "BR-DEC-10", fatal, "The sum of allowances has at most two decimals (BT-107).",
        [](I i) { return has_cents(i.allowance_total); } },
    EInvoiceRule { "BR-DEC-11", fatal, "The sum of charges has at most two decimals (BT-108).",
        [](I i) { return has_cents(i.charge_total); } },
    EInvoiceRule { "BR-DEC-12", fatal, "The total without VAT has at most two decimals (BT-109).",
        [](I i) { return has_cents(i.total_without_vat); } },
    EInvoiceRule { "BR-DEC-13", fatal, "The VAT has at most two decimals (BT-110).",
        [](I i) { return has_cents(i.vat_total); } },
    EInvoiceRule { "BR-DEC-14", fatal, "The total with VAT has at most two decimals (BT-112).",
        [](I i) { return has_cents(i.total_with_vat); } },
    EInvoiceRule { "BR-DEC-15", fatal,
        "The VAT in its own currency has at most two decimals (BT-111).",
        [](I i) { return has_cents(i.vat_in_vat_currency); } },
    EInvoiceRule { "BR-DEC-16", fatal, "What was paid has at most two decimals (BT-113).",
        [](I i) { return has_cents(i.prepaid); } },
    EInvoiceRule { "BR-DEC-17", fatal, "The rounding has at most two decimals (BT-114).",
        [](I i) { return has_cents(i.rounding); } },
    EInvoiceRule { "BR-DEC-18", fatal, "The amount due has at most two decimals (BT-115).",
        [](I i) { return has_cents(i.payable); } },
    EInvoiceRule { "BR-DEC-19", fatal, "VAT bases have at most two decimals (BT-116).",
        [](I i) { return all(i.vat, [](auto& vat) { return has_cents(vat.base); }); } },
    EInvoiceRule { "BR-DEC-20", fatal, "VAT amounts have at most two decimals (BT-117).",
        [](I i) { return all(i.vat, [](auto& vat) { return has_cents(vat.amount); }); } },
    EInvoiceRule { "BR-DEC-23", fatal, "Net amounts of lines have at most two decimals (BT-131).",
        [](I i) { return all(i.lines, [](auto& line) { return has_cents(line.net); }); } },
    EInvoiceRule { "BR-DEC-24", fatal, "Allowances on lines have at most two decimals (BT-136).",
        [](I i) { return entries_have_cents(line_entries(i, false), &AllowanceCharge::amount); } },
    EInvoiceRule { "BR-DEC-25", fatal,
        "Bases of a line's allowances have at most two decimals (BT-137).",
        [](I i) { return entries_have_cents(line_entries(i, false), &AllowanceCharge::base); } },
    EInvoiceRule { "BR-DEC-27", fatal, "Charges on lines have at most two decimals (BT-141).",
        [](I i) { return entries_have_cents(line_entries(i, true), &AllowanceCharge::amount); } },
    EInvoiceRule { "BR-DEC-28", fatal,
        "Bases of a line's charges have at most two decimals (BT-142).",
        [](I i) { return entries_have_cents(line_entries(i, true), &AllowanceCharge::base); } },
};

}

std::span<EInvoiceRule const> amount_rules() { return rules; }

}
