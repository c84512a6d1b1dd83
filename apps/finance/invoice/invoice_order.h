// InvoiceOrder: what is packed and not yet invoiced becomes one invoice with voucher, claim and tax
// rows, in one unit (docs/contracts/invoice-order.md).
#pragma once

#include "apps/finance/order/order_steps.h"

namespace cashline::finance {

struct InvoiceOrder {
    static constexpr char const* name = "cl_InvoiceOrder";
    using Reply = DocumentReply;

    Id order {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OrderId", &InvoiceOrder::order);
    }
};

Result<DocumentReply> invoice_order(Unit&, InvoiceOrder const&);

}
