// An appointment as a calendar event, and that event as stored text.
#pragma once

#include "apps/activities/activity_party/participants.h"
#include "platform/mail/calendar.h"

namespace cashline::activities {

struct Meeting {
    Row appointment {};
    std::vector<Participant> participants {};
    mail::Mailbox organizer {}; // the address is empty when nobody who can be answered organises
    Lookup organizer_party {};
};

// Empty when the appointment is gone. With all rights.
Result<std::optional<Meeting>> find_meeting(Reader&, Id appointment);

// "<id>@cashline.meeting": the same for every mail about the meeting.
std::string meeting_uid(Id appointment);
std::optional<Id> appointment_of_uid(std::string_view uid);

// Empty without a time, an organiser with an address or any attendee with one.
std::optional<mail::CalendarEvent> event_of(Meeting const&, Timestamp stamp);

json::Value event_to_json(mail::CalendarEvent const&);
mail::CalendarEvent event_from_json(json::Value const&);

}
