// Tells the attendees of a meeting what they do not know yet: REQUEST to those invited or affected
// by a new time, CANCEL to those taken off or when the meeting is called off. Runs as a job after
// the commit, once for everything a unit did to the meeting.
#pragma once

#include "apps/activities/appointment/meeting_event.h"
#include "platform/pipeline/registry.h"

namespace cashline::activities {

inline constexpr char const* invite_job = "activities.invite";

void invite_later(Unit&, Id appointment);
Result<void> invite_attendees(JobContext&, json::Value const& input);
// The meeting is about to be deleted: there is nothing left for a job to look at.
Result<void> call_off(Unit&, Id appointment);

// What was sent last; empty when nobody was told anything.
Result<std::optional<mail::CalendarEvent>> last_sent(Reader&, Id appointment);

}
