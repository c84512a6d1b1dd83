// Documents of the books, added up again from their parts: invoices from lines, charges and taxes,
// order lines from the papers that were written of them.
#pragma once

#include "platform/pipeline/reader.h"
#include "platform/verify/finding.h"

#include <map>
#include <vector>

namespace cashline::finance {

struct Claim {
    Amount amount {};
    Amount open {}; // by its settlements
};
// `claims`: the customer transactions.
Result<std::vector<VerifyFinding>> verify_invoices(Reader&, std::map<Id, Claim> const& claims);
// A line of an invoice whose quantity, price and discount make another amount than it says. Where
// prices include tax the amount cannot be told from the line alone.
bool contradicts_itself(Row const& invoice_line);
Result<std::vector<VerifyFinding>> verify_orders(Reader&);

}
