// Orders and invoices a buyer may see: an administrator those of the whole organisation, others
// their own. Everything is found through the buyer, so another organisation's number finds nothing.
#pragma once

#include "apps/commerce/buyer/buyers.h"
#include "platform/pipeline/reader.h"

namespace cashline::commerce {

// `after` is the number of the last order of the former page, or empty.
Result<std::vector<Row>> orders_of(
    Reader&, Buyer const&, std::int64_t count, std::string_view after = {});
Result<std::optional<Row>> find_order(Reader&, Buyer const&, std::string_view number);
Result<std::vector<Row>> lines_of_order(Reader&, Id order);
Result<std::vector<Row>> invoices_of(Reader&, Buyer const&);
Result<std::vector<Row>> invoices_of_order(Reader&, Buyer const&, Id order);

struct OrderStep {
    std::string text {};
    Timestamp at {};
};
// From the journal, oldest first. `status_column` is the journal's number of the status column.
Result<std::vector<OrderStep>> history_of(Reader&, Row const& order, std::int32_t status_column);

}
