// Which sales taxes apply to a line or charge, and at which rate on a day (finance.md 6.1). A tax
// code applies when it is in the customer's tax group and in the item's tax group; the customer's
// group may exempt it or reverse it. The amounts are computed by apps/catalog/pricing, for every
// document alike.
#pragma once

#include "apps/catalog/api.h"

#include <span>

namespace cashline::finance {

struct TaxRateRow {
    Date from {};
    std::optional<Date> to {};
    Decimal percent {};
};

struct TaxCode {
    std::string code {};
    std::string label {};
    catalog::VATCategory category { catalog::VATCategory::standard };
    std::string reason {};
    std::string reason_code {};
    std::vector<TaxRateRow> rates {};
};

enum class TaxTreatment : std::uint8_t { normal, exempt, reverse_charge };

// One code in a customer's sales tax group.
struct TaxGroupCode {
    std::string code {};
    TaxTreatment treatment { TaxTreatment::normal };
    std::string reason {}; // printed with an exemption; empty: the code's own
    std::string reason_code {};
};

struct TaxQuestion {
    std::span<TaxGroupCode const> customer_group {};
    std::span<std::string const> item_group {};
    std::span<TaxCode const> codes {};
    Date date {}; // delivery, invoice or document date, as the company's parameter says
};

// The rates in the order of the customer's group. Refuses "tax_code_missing" (a group names a code
// that is not there) and "tax_rate_missing" (no rate on that day). An empty intersection is no tax,
// not an error.
Result<std::vector<catalog::TaxRate>> applicable_taxes(TaxQuestion const&);

// Collects the rates of a document so that lines share one row per code; answers the indices of
// `rates` in `all`.
std::vector<std::size_t> add_rates(
    std::vector<catalog::TaxRate>& all, std::span<catalog::TaxRate const> rates);

}
