// Writes an e-invoice as UBL 2.1: Invoice, or CreditNote for its type codes. Elements come in the
// order of the schema and never empty (R008). Checks nothing: check_e_invoice comes first.
#pragma once

#include "apps/finance/e_invoice/e_invoice.h"

namespace cashline::finance {

std::string write_ubl(EInvoice const&);

}
