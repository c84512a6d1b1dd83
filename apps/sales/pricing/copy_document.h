// Copies header and lines from one document to the next (opportunity → quote → order, quote →
// revision): columns of the same name and meaning travel, amounts included, so that nothing is
// priced twice (sales.md 3.2, "Copying rule").
#pragma once

#include "apps/sales/pricing/document_columns.h"
#include "platform/pipeline/unit.h"

namespace cashline::sales {

struct CopySource {
    DocumentColumns const& columns;
    Row const& header;
};

struct CopyTarget {
    DocumentColumns const& columns;
    std::optional<LookupColumn>
        line_lineage {}; // on the new line: where it came from (quotedetailid)
};

// `header` carries what the message sets itself; it wins over what is copied.
Result<Id> copy_document(Unit&, CopySource const& from, CopyTarget const& to, Row header);

}
