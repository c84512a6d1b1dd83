// Keeps the amounts of a document right: whenever a line or a pricing column of the header changes,
// the whole document is asked from the Prices port and the answer is written to lines and header
// (sales.md 5; docs/contracts/pricing.md).
#pragma once

#include "apps/catalog/api.h"
#include "apps/sales/pricing/document_columns.h"
#include "platform/pipeline/registry.h"

namespace cashline::sales {

enum class TaxOnDocument : std::uint8_t { none, included };

// Writes prices, extended amounts, tax and totals. `none` leaves tax and charges out (an
// opportunity is an estimate of what is sold).
Result<catalog::PricedDocument> price_document(
    Unit&, DocumentColumns const&, Id header, TaxOnDocument);
// Rules for line and header of one document; conversions (messages that copy whole documents) price
// once at their end.
void register_pricing(Registry&, DocumentColumns const&, TaxOnDocument);
// What the port is asked for a stored document.
Result<catalog::PriceRequest> price_request_of(
    Reader&, DocumentColumns const&, Row const& header, std::vector<Row> const& lines);
Result<std::vector<Row>> lines_of(Reader&, DocumentColumns const&, Id header);

}
