// A posted invoice as a PDF, from its rows.
#pragma once

#include "platform/pages/pdf.h"
#include "platform/pipeline/reader.h"

namespace cashline::finance {

Result<pages::Document> invoice_document(Reader&, Id invoice);

}
