// Rules of the account table; registered in parties_app.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::parties {

// "AccountLoopBeingCreated" (sales.md 1.1).
Result<void> account_must_not_be_its_own_ancestor(Unit&, Change&);

}
