// Quotes and orders as papers for the customer, in the same style as the invoices of Finance.
#pragma once

#include "platform/pages/pdf.h"
#include "platform/pipeline/reader.h"

namespace cashline::sales {

// With all rights: callers have read the row as whoever asks.
Result<pages::Document> quote_paper(Reader&, Id quote);
Result<pages::Document> order_paper(Reader&, Id order);

}
