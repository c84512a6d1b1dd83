// The rows of a posted invoice.
#pragma once

#include "apps/finance/invoice/due_date.h"
#include "apps/finance/invoice/invoice_draft.h"
#include "apps/finance/ledger/post_voucher.h"

namespace cashline::finance {

struct NewInvoice {
    InvoiceDraft draft {};
    Date date {};
    std::string number {};
    std::string terms {};
    DueDates dates {};
    Voucher planned {};
    PostedVoucher voucher {};
    std::optional<Id> claim {};
};

// Invoice, lines, charges and tax rows; the invoice's id.
Result<Id> write_invoice(OrderWork&, NewInvoice const&);

}
