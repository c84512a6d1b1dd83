// Rules of activityparty: a participant is a row, an address, or both.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

// Fills address and name from the row, or finds the row by its address.
Result<void> settle_party(Unit&, Change&);
// A closed activity has had the people it had.
Result<void> activity_must_be_open(Unit&, Change&);
Result<void> keep_one_organizer(Unit&, Change&);

void register_activity_party(Registry&);

}
