// What other apps may use of finance besides its tables. Sales never includes this: prices, credit
// and open invoices come through the ports of catalog, rows through the maps of integration.
#pragma once

#include "platform/pipeline/registry.h"
#include "platform/verify/finding.h"

namespace cashline {
struct WebContext;
}

namespace cashline::finance {

void register_finance(Registry&);

// /documents/finance-invoices/<id>.pdf and .xml for signed-in people.
void add_finance_routes(WebContext&);

// Re-adds the books from their rows: vouchers, accounts, customers, open items, invoices, on-hand.
// As the platform.
Result<std::vector<VerifyFinding>> verify_ledger(Reader&);

}
