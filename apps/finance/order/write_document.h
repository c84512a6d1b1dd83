// Writes the paper of a step: confirmation, picking list or packing slip, with its number.
#pragma once

#include "apps/finance/order/order_document_table.h"
#include "apps/finance/order/order_work.h"

namespace cashline::finance {

struct DocumentLine {
    Row line {}; // of the order
    Decimal quantity {};
    std::optional<Amount> amount {};
    std::optional<Amount> cost {};
};

struct NewDocument {
    OrderDocumentDocumentType type {};
    std::optional<Amount> total {};
    std::string tracking_number {};
    std::optional<Id> voucher {};
    std::string number {}; // empty: drawn here
    std::vector<DocumentLine> lines {};
};

Result<Id> write_document(OrderWork&, NewDocument const&);
Result<std::string> next_document_number(OrderWork&, OrderDocumentDocumentType);

}
