// What an attendee's answer means for a meeting of ours: applied, ignored, or held for a person to
// decide (collaboration-insights.md 14, ICS-7, 8, 11, 13).
#pragma once

#include "platform/mail/calendar.h"
#include "platform/pipeline/unit.h"

namespace cashline::activities {

struct ReplyResult {
    enum class Outcome : std::uint8_t { applied, ignored, held };

    Outcome outcome {};
    std::string message {}; // a sentence for a person
    std::optional<Id> appointment {};
};

std::string_view outcome_name(ReplyResult::Outcome);

struct ReceivedReply {
    mail::CalendarEvent const& event;
    std::string sender {}; // the mail's From
};

// Acts for the platform: hand over an elevated unit.
Result<ReplyResult> take_reply(Unit& elevated, ReceivedReply const&);

}
