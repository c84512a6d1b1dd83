// The ten rules that each VAT category has, written once and named per category.
#include "apps/finance/e_invoice/rule_tables.h"

#include <array>

namespace cashline::finance {

namespace {

constexpr auto fatal = RuleSeverity::fatal;

using I = EInvoice const&;

bool line_has(EInvoice const& invoice, VATCategory category)
{
    return any(invoice.lines, [=](auto& line) { return line.category == category; });
}

bool entry_has(EInvoice const& invoice, VATCategory category, bool is_charge)
{
    return any(document_entries(invoice, is_charge),
        [=](auto* each) { return each->category == category; });
}

auto count_of(EInvoice const& invoice, VATCategory category)
{
    return std::ranges::count(invoice.vat, category, &VATBreakdown::category);
}

bool is_zero_rate(std::optional<Decimal> const& rate) { return rate && rate->is_zero(); }
bool is_above_zero(std::optional<Decimal> const& rate) { return rate && rate->sign() > 0; }

// x-01: what the lines use stands in the breakdown. Only the standard category may stand there at
// several rates.
template<VATCategory C>
bool breakdown_is_there(I i)
{
    auto const is_used = line_has(i, C) || entry_has(i, C, false) || entry_has(i, C, true);
    auto const count = count_of(i, C);
    return C == VATCategory::standard ? !is_used || count >= 1 : count == (is_used ? 1 : 0);
}

// x-02 to x-04: which tax numbers the category needs.
template<VATCategory C>
bool parties_are_identified(I i)
{
    auto const representative = i.representative && !i.representative->vat_id.empty();
    auto const seller_vat = !i.seller.vat_id.empty() || representative;
    switch (C) {
    case VATCategory::standard:
    case VATCategory::zero:
    case VATCategory::exempt:
        return seller_vat || !i.seller.tax_registration.empty();
    case VATCategory::reverse_charge:
        return (seller_vat || !i.seller.tax_registration.empty())
            && (!i.buyer.vat_id.empty() || !i.buyer.legal_id.value.empty());
    case VATCategory::intra_community:
        return seller_vat && !i.buyer.vat_id.empty();
    case VATCategory::export_outside:
        return seller_vat;
    case VATCategory::not_subject:
        return i.seller.vat_id.empty() && !representative && i.buyer.vat_id.empty();
    }
    return false;
}

template<VATCategory C>
bool lines_identify(I i)
{
    return !line_has(i, C) || parties_are_identified<C>(i);
}
template<VATCategory C>
bool allowances_identify(I i)
{
    return !entry_has(i, C, false) || parties_are_identified<C>(i);
}
template<VATCategory C>
bool charges_identify(I i)
{
    return !entry_has(i, C, true) || parties_are_identified<C>(i);
}

// x-05 to x-07: the rate that goes with the category.
template<VATCategory C>
bool rate_fits(std::optional<Decimal> const& rate)
{
    if (C == VATCategory::not_subject) {
        return !rate;
    }
    return C == VATCategory::standard ? is_above_zero(rate) : is_zero_rate(rate);
}

template<VATCategory C>
bool line_rates_fit(I i)
{
    return all(i.lines, [](auto& line) { return line.category != C || rate_fits<C>(line.rate); });
}

template<VATCategory C, bool IsCharge>
bool entry_rates_fit(I i)
{
    return all(document_entries(i, IsCharge),
        [](auto* each) { return each->category != C || rate_fits<C>(each->rate); });
}

// x-08: per category (and rate) the base is lines + charges − allowances. Exact; the official check
// allows 1.00.
template<VATCategory C>
bool base_is_sum(I i)
{
    return all(i.vat, [&](VATBreakdown const& vat) {
        if (vat.category != C) {
            return true;
        }
        std::vector<Amount> parts;
        for (auto const& line : i.lines) {
            if (line.category == C && (C != VATCategory::standard || line.rate == vat.rate)) {
                parts.push_back(line.net);
            }
        }
        for (auto const& each : i.allowance_charges) {
            if (each.category == C && (C != VATCategory::standard || each.rate == vat.rate)) {
                parts.push_back(each.is_charge ? each.amount : each.amount.negated());
            }
        }
        return vat.base.to_decimal() == sum_of(parts);
    });
}

// x-09: no tax where the category has none. (S-09 is BR-CO-17.)
template<VATCategory C>
bool tax_fits(I i)
{
    return all(i.vat, [&](VATBreakdown const& vat) {
        if (vat.category != C) {
            return true;
        }
        if (C != VATCategory::standard) {
            return vat.amount.is_zero();
        }
        auto const rate = vat.rate.value_or(Decimal {}).without_trailing_zeros();
        Decimal const fraction { rate.coefficient(), static_cast<std::uint8_t>(rate.scale() + 2) };
        auto const expected = vat.base.times(fraction, 2, Rounding::half_away);
        return expected && is_close(*expected, vat.amount, i.prices_include_tax ? 100 : 0);
    });
}

// x-10: a reason where no tax is charged for one, none where the rate says it all.
template<VATCategory C>
bool reason_fits(I i)
{
    constexpr auto needs_none = C == VATCategory::standard || C == VATCategory::zero;
    return all(i.vat, [](VATBreakdown const& vat) {
        auto const has_reason = !vat.reason.empty() || !vat.reason_code.empty();
        return vat.category != C || has_reason != needs_none;
    });
}

struct Names {
    std::array<std::string_view, 10> ids {};
};

constexpr std::array<std::string_view, 10> texts {
    "The VAT breakdown has the category that lines, allowances and charges use.",
    "Lines of the category need the tax numbers it asks for (none where VAT does not apply).",
    "Allowances of the category need the tax numbers it asks for.",
    "Charges of the category need the tax numbers it asks for.",
    "The lines' rate fits the category (above zero for S, zero for Z, E, AE, K, G, none for O).",
    "The allowances' rate fits the category.",
    "The charges' rate fits the category.",
    "The VAT base is the sum of lines and charges less allowances of the category and rate.",
    "The VAT amount fits the category (zero where no VAT is charged).",
    "The reason for charging no VAT is given where there is one, and only there.",
};

template<VATCategory C>
void add_family(std::vector<EInvoiceRule>& rules, Names const& names)
{
    constexpr std::array<bool (*)(I), 10> predicates { breakdown_is_there<C>, lines_identify<C>,
        allowances_identify<C>, charges_identify<C>, line_rates_fit<C>, entry_rates_fit<C, false>,
        entry_rates_fit<C, true>, base_is_sum<C>, tax_fits<C>, reason_fits<C> };
    for (std::size_t n = 0; n < predicates.size(); ++n) {
        rules.push_back({ names.ids.at(n), fatal, texts.at(n), predicates.at(n) });
    }
}

constexpr auto o = VATCategory::not_subject;
constexpr auto k = VATCategory::intra_community;

constexpr std::array extra_rules {
    EInvoiceRule { "BR-IC-11", fatal,
        "An intra-community supply has a delivery date or an invoice period (BT-72, BG-14).",
        [](I i) {
            return count_of(i, k) == 0 || (i.delivery && i.delivery->date)
                || (i.period && (i.period->start || i.period->end));
        } },
    EInvoiceRule { "BR-IC-12", fatal,
        "An intra-community supply names the country it goes to (BT-80).",
        [](I i) {
            return count_of(i, k) == 0
                || (i.delivery && i.delivery->address && is_country(i.delivery->address->country));
        } },
    EInvoiceRule { "BR-O-11", fatal, "Not subject to VAT: no other category in the breakdown.",
        [](I i) { return count_of(i, o) == 0 || i.vat.size() == 1; } },
    EInvoiceRule { "BR-O-12", fatal, "Not subject to VAT: no line of another category.",
        [](I i) {
            return count_of(i, o) == 0
                || all(i.lines, [](auto& line) { return line.category == o; });
        } },
    EInvoiceRule { "BR-O-13", fatal, "Not subject to VAT: no allowance of another category.",
        [](I i) {
            return count_of(i, o) == 0
                || all(document_entries(i, false), [](auto* each) { return each->category == o; });
        } },
    EInvoiceRule { "BR-O-14", fatal, "Not subject to VAT: no charge of another category.",
        [](I i) {
            return count_of(i, o) == 0
                || all(document_entries(i, true), [](auto* each) { return each->category == o; });
        } },
};

std::vector<EInvoiceRule> joined()
{
    std::vector<EInvoiceRule> rules;
    add_family<VATCategory::standard>(rules,
        { { "BR-S-01", "BR-S-02", "BR-S-03", "BR-S-04", "BR-S-05", "BR-S-06", "BR-S-07", "BR-S-08",
            "BR-S-09", "BR-S-10" } });
    add_family<VATCategory::zero>(rules,
        { { "BR-Z-01", "BR-Z-02", "BR-Z-03", "BR-Z-04", "BR-Z-05", "BR-Z-06", "BR-Z-07", "BR-Z-08",
            "BR-Z-09", "BR-Z-10" } });
    add_family<VATCategory::exempt>(rules,
        { { "BR-E-01", "BR-E-02", "BR-E-03", "BR-E-04", "BR-E-05", "BR-E-06", "BR-E-07", "BR-E-08",
            "BR-E-09", "BR-E-10" } });
    add_family<VATCategory::reverse_charge>(rules,
        { { "BR-AE-01", "BR-AE-02", "BR-AE-03", "BR-AE-04", "BR-AE-05", "BR-AE-06", "BR-AE-07",
            "BR-AE-08", "BR-AE-09", "BR-AE-10" } });
    add_family<VATCategory::intra_community>(rules,
        { { "BR-IC-01", "BR-IC-02", "BR-IC-03", "BR-IC-04", "BR-IC-05", "BR-IC-06", "BR-IC-07",
            "BR-IC-08", "BR-IC-09", "BR-IC-10" } });
    add_family<VATCategory::export_outside>(rules,
        { { "BR-G-01", "BR-G-02", "BR-G-03", "BR-G-04", "BR-G-05", "BR-G-06", "BR-G-07", "BR-G-08",
            "BR-G-09", "BR-G-10" } });
    add_family<VATCategory::not_subject>(rules,
        { { "BR-O-01", "BR-O-02", "BR-O-03", "BR-O-04", "BR-O-05", "BR-O-06", "BR-O-07", "BR-O-08",
            "BR-O-09", "BR-O-10" } });
    rules.insert(rules.end(), extra_rules.begin(), extra_rules.end());
    return rules;
}

}

std::span<EInvoiceRule const> vat_rules()
{
    static std::vector<EInvoiceRule> const rules = joined();
    return rules;
}

}
