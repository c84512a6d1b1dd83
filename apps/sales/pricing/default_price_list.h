// Currency and price list of a new document when the seller names none: the customer's list, else
// the first active list in the currency; the currency is the customer's list's, the document's own,
// or the organisation's (sales.md 5.1).
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::sales {

struct DefaultingColumns {
    LookupColumn customer;
    LookupColumn currency;
    LookupColumn price_list;
};

// The company of a quote or order is its customer's, else the organisation's default one.
Result<void> fill_company_of_customer(
    Unit&, Change&, LookupColumn const& customer, LookupColumn const& company);

Result<void> fill_currency_and_price_list(Unit&, Change&, DefaultingColumns const&);

}
