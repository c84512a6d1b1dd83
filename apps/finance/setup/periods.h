// Months of the books. A month exists when something first posts in it, or when somebody closes it;
// nothing posts in one that is on hold or closed.
#pragma once

#include "platform/pipeline/unit.h"

namespace cashline::finance {

// "period_closed".
Result<void> period_must_be_open(Unit&, std::string_view company, Date);

}
