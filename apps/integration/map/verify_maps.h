// Both sides of every map, compared from the rows, as findings of `cashline verify`.
#pragma once

#include "platform/pipeline/reader.h"
#include "platform/verify/finding.h"

#include <vector>

namespace cashline::integration {

Result<std::vector<VerifyFinding>> verify_maps(Reader&);

}
