// Fills the amounts of an e-invoice from the priced document: lines, allowances per VAT category,
// breakdown, totals. Names, parties and references are the caller's. In a credit note the signs
// turn: its amounts are positive.
#pragma once

#include "apps/finance/e_invoice/e_invoice.h"

namespace cashline::finance {

// The invoice must already hold as many lines as the document. Refuses "e_invoice_lines_differ",
// "e_invoice_several_taxes" (EN 16931 knows one VAT category per line) and "e_invoice_precision"
// (more than two decimals).
Result<void> take_amounts(EInvoice&, catalog::PricedDocument const&, Amount prepaid = {});

// round2(quantity × price / base quantity) + charges − allowances: what BT-131 must be (R120).
Result<Amount> expected_line_net(EInvoiceLine const&);

}
