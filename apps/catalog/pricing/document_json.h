// A priced document as JSON, stored with what was posted: years later every amount still says how
// it came about, and an e-invoice can be written again exactly as it was.
#pragma once

#include "apps/catalog/pricing/document.h"

namespace cashline::catalog {

json::Value to_json(PricedDocument const&);
// "document_malformed" for a document that to_json did not write.
Result<PricedDocument> document_from_json(json::Value const&);

}
