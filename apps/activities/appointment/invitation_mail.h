// The mail around a calendar message: who, when, where, in words, with the calendar part that
// programs read (collaboration-insights.md 14, ICS-12).
#pragma once

#include "apps/activities/api.h"
#include "platform/mail/calendar.h"

namespace cashline::activities {

Result<OutgoingMail> invitation_mail(
    Reader&, mail::CalendarMethod, mail::CalendarEvent const&, mail::Attendee const& recipient);

// "Tuesday 3 March 2027, 10:00 to 11:00 (Europe/Dublin)"
Result<std::string> time_span(mail::CalendarEvent const&, std::string_view zone);

}
