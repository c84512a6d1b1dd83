// The business rules of EN 16931 and Peppol BIS Billing 3.0 as a table: id, severity, predicate.
// Checked before an invoice is posted for a customer who receives e-invoices, so that a gap stops
// the posting with the rule's id instead of the buyer's portal days later.
#pragma once

#include "apps/finance/e_invoice/e_invoice.h"

#include <span>

namespace cashline::finance {

enum class RuleSeverity : std::uint8_t { fatal, warning };

struct EInvoiceRule {
    std::string_view id {};
    RuleSeverity severity { RuleSeverity::fatal };
    std::string_view text {}; // what must hold, for a person
    bool (*holds)(EInvoice const&) {};
};

struct EInvoiceFinding {
    std::string_view id {};
    RuleSeverity severity { RuleSeverity::fatal };
    std::string_view text {};
};

std::span<EInvoiceRule const> e_invoice_rules();
std::vector<EInvoiceFinding> check_e_invoice(EInvoice const&);
// Refuses "e_invoice_rule_broken" with the ids of all fatal findings in the text.
Result<void> e_invoice_must_be_valid(EInvoice const&);

}
