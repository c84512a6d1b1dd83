// A valid e-invoice per VAT category, for the tests of rules and writer.
#pragma once

#include "apps/finance/e_invoice/amounts.h"
#include "apps/finance/e_invoice/e_invoice.h"

namespace cashline::finance::testing {

// Two lines, an allowance and a charge of one category; every rule holds.
EInvoice valid_invoice(VATCategory category = VATCategory::standard);
// The worked example of Peppol: 7 × 400 − 3 × 500, charge 25, VAT 25 %.
EInvoice peppol_base_example();
inline Amount amount(std::string_view text) { return Amount::parse(text).value(); }
inline Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

}
