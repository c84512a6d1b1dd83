// A posted invoice in the words of EN 16931, from its rows and the priced document stored with it.
#pragma once

#include "apps/finance/e_invoice/rules.h"
#include "platform/pipeline/reader.h"

namespace cashline::finance {

Result<EInvoice> e_invoice_of(Reader&, Id invoice);

// "Ireland" or "ie" as ISO 3166-1 alpha-2; empty when unknown.
std::string country_code(std::string_view name);
// The code of UNECE recommendation 20 for a unit's name; C62 ("one") where nothing fits.
std::string unit_code(std::string_view name);

}
