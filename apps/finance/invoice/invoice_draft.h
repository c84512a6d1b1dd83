// The figures of the next invoice of an order, before anything is posted.
#pragma once

#include "apps/finance/order/order_pricing.h"

namespace cashline::finance {

struct InvoicedLine {
    Row line {}; // of the order
    Decimal quantity {};
    Amount line_discount {}; // this invoice's share
    Amount cost {}; // what its packing slips posted
    std::string item_group {};
};

struct InvoiceDraft {
    std::vector<InvoicedLine> lines {};
    std::vector<GrantedDiscount> discounts {}; // as many as the document has
    std::vector<Row> charges {}; // of the order, taken by this invoice
    catalog::PricedDocument priced {};
};

// "nothing_to_invoice". An order invoiced at once gets exactly the amounts it was confirmed with;
// one invoiced in parts gets its discounts in proportion, the last part what is left.
Result<InvoiceDraft> draft_invoice(OrderWork&);

}
