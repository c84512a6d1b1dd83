// Walks a table row by row in chunks, so that a large one does not fill memory.
#pragma once

#include "platform/pipeline/reader.h"

#include <functional>

namespace cashline {

Result<void> each_row(
    Reader& reader, Table const& table, std::function<Result<void>(Row const&)> const& visit);

}
