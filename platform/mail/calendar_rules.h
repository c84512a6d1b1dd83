// What a changed meeting must send, and what a received calendar message means for a stored
// meeting. Decisions only: the caller keeps the rows and sends the mails.
#pragma once

#include "platform/mail/calendar.h"

namespace cashline::mail {

// A new SEQUENCE and a mail to everybody are due when time, recurrence or status change; a new
// title or place alone changes nothing about who can come.
bool is_significant_change(CalendarEvent const& before, CalendarEvent const& after);

struct InvitationPlan {
    std::vector<Attendee> invite {}; // get a REQUEST
    std::vector<Attendee> withdraw {}; // get a CANCEL
    bool needs_new_sequence {};
};

// The organiser is never mailed, even when listed as an attendee. Without `before` everybody is
// invited.
InvitationPlan plan_invitations(CalendarEvent const* before, CalendarEvent const& after);

struct Revision {
    std::int32_t sequence {};
    Timestamp stamp {};
};

// Mails overtake each other: an older revision must not win over a newer one.
bool is_stale(Revision const& stored, Revision const& incoming);

enum class ReplyVerdict : std::uint8_t {
    apply, // set the attendee's participation, no further reply is wanted
    unknown_meeting, // not ours: ignore
    already_over, // the meeting is cancelled: ignore
    stale, // an older answer than the one we have: ignore
    stranger, // nobody invited this person: the organiser decides
    sender_differs, // the mail comes from someone else than it speaks for: a person decides
};

struct ReplyEvidence {
    std::string sender {}; // address in From of the mail, after its checks
    std::optional<Timestamp> last_reply_at {}; // DTSTAMP of the attendee's latest answer
};

// `stored` is null when no meeting has the reply's UID.
ReplyVerdict judge_reply(
    CalendarEvent const* stored, CalendarEvent const& reply, ReplyEvidence const& evidence);

// For an attendee's copy: whether an incoming REQUEST or CANCEL replaces what is stored.
enum class UpdateVerdict : std::uint8_t { apply, unknown_meeting, stale, organizer_differs };
UpdateVerdict judge_update(
    CalendarEvent const* stored, CalendarMethod method, CalendarEvent const& incoming);

// The attendee with this address, or null.
Attendee const* find_attendee(CalendarEvent const& event, std::string_view address);

}
