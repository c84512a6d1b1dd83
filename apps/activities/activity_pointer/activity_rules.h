// Rules every kind of activity shares; registered for activitypointer, so they run for all of them.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

// End after start, and a duration that says the same as the two; a missing one is worked out.
Result<void> settle_schedule(Unit&, Change&);
// Completing notes when it ended and how long it took, reopening forgets it.
Result<void> note_completion(Unit&, Change&);

void register_activity_pointer(Registry&);

}
