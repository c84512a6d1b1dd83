// The people of an activity as the code that mails and invites them sees them.
#pragma once

#include "apps/activities/activity_party/activity_party_table.h"
#include "platform/mail/mime_message.h"
#include "platform/pipeline/unit.h"

namespace cashline::activities {

struct Participant {
    Id row {}; // of activityparty
    std::optional<Lookup> party {};
    ActivityPartyParticipation participation {};
    mail::Mailbox mailbox {}; // the address may be empty
    ActivityPartyResponse response { ActivityPartyResponse::needs_action };
    std::optional<Timestamp> responded_on {};
    std::int64_t reply_sequence {};

    bool is_attendee() const
    {
        return participation == ActivityPartyParticipation::required_attendee
            || participation == ActivityPartyParticipation::optional_attendee;
    }
    bool is_recipient() const
    {
        return participation == ActivityPartyParticipation::to_recipient
            || participation == ActivityPartyParticipation::cc_recipient
            || participation == ActivityPartyParticipation::bcc_recipient;
    }
};

// With all rights: callers have checked that the activity may be read.
Result<std::vector<Participant>> participants_of(Reader&, Id activity);

struct NewParticipant {
    ActivityPartyParticipation participation {};
    std::optional<Lookup> party {};
    mail::Mailbox mailbox {};
};
Result<void> add_participant(Unit&, Id activity, NewParticipant const&);

}
