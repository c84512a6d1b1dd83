// iCalendar objects (RFC 5545) as they travel by mail (iTIP, iMIP): building REQUEST, CANCEL and
// REPLY for a meeting and reading what attendees and organisers send. Pure functions; what a
// received message means for a stored meeting is decided in calendar_rules.h. Times are UTC;
// all-day meetings are dates.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "platform/mail/mime_message.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::mail {

enum class CalendarMethod : std::uint8_t {
    publish, // also a file without METHOD
    request,
    reply,
    cancel,
    counter, // an attendee proposes another time
};

enum class Participation : std::uint8_t { needs_action, accepted, declined, tentative, delegated };

enum class AttendeeRole : std::uint8_t { required, optional, chair, informed };

struct Attendee {
    Mailbox mailbox {};
    Participation participation { Participation::needs_action };
    AttendeeRole role { AttendeeRole::required };
    bool wants_reply { true };
    std::string sent_by {}; // an assistant's address who acts for the attendee

    bool operator==(Attendee const&) const = default;
};

struct CalendarEvent {
    std::string uid {};
    std::int32_t sequence {};
    Timestamp stamp {}; // DTSTAMP: when this message was made
    Mailbox organizer {};
    std::vector<Attendee> attendees {};
    std::string summary {};
    std::string description {};
    std::string location {};
    std::string conference_url {};
    Timestamp start {}; // of an all-day meeting: midnight UTC of its first day
    Timestamp end {}; // exclusive; of an all-day meeting: midnight UTC after its last day
    bool is_all_day {};
    bool is_cancelled {};
    std::string recurrence_rule {}; // "FREQ=WEEKLY;COUNT=10", empty for a single meeting
    std::vector<Timestamp> excluded {}; // EXDATE
    std::vector<Timestamp> added {}; // RDATE
    std::optional<Timestamp> recurrence_id {}; // this is one changed occurrence of a series
    std::string comment {}; // an attendee's words in a reply
};

// "REQUEST" and so on, as in the mail's Content-Type.
std::string_view method_name(CalendarMethod method);
std::optional<CalendarMethod> parse_method(std::string_view name);

// One VCALENDAR with CR LF lines folded at 75 octets. REQUEST and CANCEL need attendees, REPLY
// exactly one. Refusals: "ics_uid_invalid", "ics_time_invalid", "ics_organizer_invalid",
// "ics_attendee_invalid", "ics_reply_attendee", "ics_rule_invalid", "ics_too_large",
// "ics_unsupported_method".
Result<std::string> build_calendar(CalendarMethod method, CalendarEvent const& event);

struct CalendarMessage {
    CalendarMethod method {};
    std::vector<CalendarEvent> events {}; // at least one; the series first, then its exceptions
};

// Refusals: "ics_too_large", "ics_malformed" (also when cut short), "ics_no_event",
// "ics_unsupported_method", "ics_uid_missing", "ics_start_missing", "ics_end_before_start",
// "ics_mixed_uids", "ics_mixed_organizers", "ics_floating_time", "ics_zone_missing",
// "ics_zone_invalid", "ics_time_invalid", "ics_reply_attendee", "ics_rule_invalid".
Result<CalendarMessage> parse_calendar(std::string_view text);

struct OccurrenceLimits {
    Timestamp from {};
    Timestamp until {}; // exclusive
    std::size_t count_max { 100 };
};

// The starts of a calendar text's meetings in a span of time, exceptions applied, in order. The
// rule is followed for at most 1,000 steps from its start, so a hostile rule ends too.
Result<std::vector<Timestamp>> occurrences(std::string_view text, OccurrenceLimits const& limits);

}
