// What the journal says a column of a row was last written with: evidence of which of two values
// that differ went past the pipeline.
#pragma once

#include "platform/pipeline/reader.h"

namespace cashline::journal {

// Nothing when the column was never changed since the row was made: creates carry no values.
Result<std::optional<Value>> last_known_value(Reader&, Lookup row, ColumnIndex);

}
