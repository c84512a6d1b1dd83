#include "apps/finance/e_invoice/rules.h"

#include "apps/finance/e_invoice/rule_tables.h"

namespace cashline::finance {

namespace {

std::vector<EInvoiceRule> joined()
{
    std::vector<EInvoiceRule> rules;
    for (auto const table : { document_rules(), amount_rules(), vat_rules(), peppol_rules() }) {
        rules.insert(rules.end(), table.begin(), table.end());
    }
    return rules;
}

}

std::span<EInvoiceRule const> e_invoice_rules()
{
    static std::vector<EInvoiceRule> const rules = joined();
    return rules;
}

std::vector<EInvoiceFinding> check_e_invoice(EInvoice const& invoice)
{
    std::vector<EInvoiceFinding> findings;
    for (auto const& rule : e_invoice_rules()) {
        if (!rule.holds(invoice)) {
            findings.push_back({ rule.id, rule.severity, rule.text });
        }
    }
    return findings;
}

Result<void> e_invoice_must_be_valid(EInvoice const& invoice)
{
    std::string text;
    for (auto const& finding : check_e_invoice(invoice)) {
        if (finding.severity == RuleSeverity::fatal) {
            text += (text.empty() ? "" : " ") + std::string(finding.id) + ": "
                + std::string(finding.text);
        }
    }
    if (!text.empty()) {
        return conflict("e_invoice_rule_broken",
            "The invoice cannot be sent as an e-invoice. Complete the data and try again. " + text);
    }
    return {};
}

bool is_country(std::string const& code)
{
    return code.size() == 2
        && all(code, [](char letter) { return letter >= 'A' && letter <= 'Z'; });
}

std::vector<AllowanceCharge const*> document_entries(EInvoice const& invoice, bool is_charge)
{
    std::vector<AllowanceCharge const*> found;
    for (auto const& each : invoice.allowance_charges) {
        if (each.is_charge == is_charge) {
            found.push_back(&each);
        }
    }
    return found;
}

std::vector<AllowanceCharge const*> line_entries(EInvoice const& invoice, bool is_charge)
{
    std::vector<AllowanceCharge const*> found;
    for (auto const& line : invoice.lines) {
        for (auto const& each : line.allowance_charges) {
            if (each.is_charge == is_charge) {
                found.push_back(&each);
            }
        }
    }
    return found;
}

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values)
{
    return std::ranges::find(values, value) != values.end();
}

bool is_close(Amount a, Amount b, std::int64_t slack)
{
    auto const difference = a.minus(b);
    return difference && difference->ten_thousandths <= slack
        && difference->ten_thousandths >= -slack;
}

Decimal sum_of(std::span<Amount const> amounts)
{
    // Through Decimal: a sum that overflows an Amount is wrong anyway and must not end the check.
    Decimal sum;
    for (auto const amount : amounts) {
        sum = sum.plus(amount.to_decimal()).value_or(sum);
    }
    return sum;
}

}
