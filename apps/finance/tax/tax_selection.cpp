#include "apps/finance/tax/tax_selection.h"

#include <algorithm>

namespace cashline::finance {

namespace {

Result<Decimal> percent_on(TaxCode const& code, Date date)
{
    // The latest row that has begun wins, so that a new rate needs no end date on the old one.
    TaxRateRow const* found = nullptr;
    for (auto const& row : code.rates) {
        auto const is_valid = row.from <= date && (!row.to || date <= *row.to);
        if (is_valid && (!found || row.from > found->from)) {
            found = &row;
        }
    }
    if (!found) {
        return conflict("tax_rate_missing",
            "Tax code " + code.code + " has no rate on " + date.to_string()
                + ". Add one to the code, or use another tax group.");
    }
    return found->percent;
}

Result<catalog::TaxRate> rate_of(TaxCode const& code, TaxGroupCode const& member, Date date)
{
    catalog::TaxRate rate { .code = code.code,
        .label = code.label,
        .category = code.category,
        .reason = member.reason.empty() ? code.reason : member.reason,
        .reason_code = member.reason_code.empty() ? code.reason_code : member.reason_code };
    switch (member.treatment) {
    case TaxTreatment::normal:
        rate.percent = TRY(percent_on(code, date));
        // A rate of zero is never "standard" in an e-invoice (BR-S-05 asks for more than zero).
        if (rate.percent.is_zero() && rate.category == catalog::VATCategory::standard) {
            rate.category = catalog::VATCategory::zero;
        }
        return rate;
    case TaxTreatment::exempt:
        rate.category = catalog::VATCategory::exempt;
        if (rate.reason.empty() && rate.reason_code.empty()) {
            rate.reason = "Exempt from tax"; // BR-E-10 wants a reason.
        }
        return rate;
    case TaxTreatment::reverse_charge:
        rate.category = catalog::VATCategory::reverse_charge;
        if (rate.reason.empty()) {
            rate.reason = "Reverse charge";
        }
        if (rate.reason_code.empty()) {
            rate.reason_code = "VATEX-EU-AE";
        }
        return rate;
    }
    return rate;
}

bool is_same_rate(catalog::TaxRate const& a, catalog::TaxRate const& b)
{
    return a.code == b.code && a.percent == b.percent && a.category == b.category;
}

}

Result<std::vector<catalog::TaxRate>> applicable_taxes(TaxQuestion const& question)
{
    std::vector<catalog::TaxRate> rates;
    for (auto const& member : question.customer_group) {
        if (std::ranges::find(question.item_group, member.code) == question.item_group.end()) {
            continue;
        }
        auto const code = std::ranges::find(question.codes, member.code, &TaxCode::code);
        if (code == question.codes.end()) {
            return conflict("tax_code_missing",
                "A tax group names the code " + member.code + ", which does not exist.");
        }
        rates.push_back(TRY(rate_of(*code, member, question.date)));
    }
    return rates;
}

std::vector<std::size_t> add_rates(
    std::vector<catalog::TaxRate>& all, std::span<catalog::TaxRate const> rates)
{
    std::vector<std::size_t> indices;
    for (auto const& rate : rates) {
        auto const found =
            std::ranges::find_if(all, [&](auto const& other) { return is_same_rate(rate, other); });
        indices.push_back(static_cast<std::size_t>(found - all.begin()));
        if (found == all.end()) {
            all.push_back(rate);
        }
    }
    return indices;
}

}
