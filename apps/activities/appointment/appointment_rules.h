// Rules of appointments: booked when they have a time, with a join link when held on line.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

// Start without an end lasts half an hour; with both it is booked: scheduled, busy.
Result<void> book_time(Unit&, Change&);
// Only the organiser can hold a meeting on line (collaboration-insights.md 9, MTG-2). A link of an
// outside system that the caller gives is kept as it is.
Result<void> give_join_link(Unit&, Change&);
Result<void> add_organizer(Unit&, Change&);

void register_appointments(Registry&);

}
