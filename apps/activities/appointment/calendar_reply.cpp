#include "apps/activities/appointment/calendar_reply.h"

#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/appointment/invite.h"
#include "platform/mail/calendar_rules.h"
#include "platform/notification/notify.h"

#include <algorithm>

namespace cashline::activities {

namespace {

using Outcome = ReplyResult::Outcome;

ActivityPartyResponse response_of(mail::Participation participation)
{
    switch (participation) {
    case mail::Participation::needs_action:
        return ActivityPartyResponse::needs_action;
    case mail::Participation::accepted:
        return ActivityPartyResponse::accepted;
    case mail::Participation::declined:
        return ActivityPartyResponse::declined;
    case mail::Participation::tentative:
        return ActivityPartyResponse::tentative;
    case mail::Participation::delegated:
        return ActivityPartyResponse::delegated;
    }
    return ActivityPartyResponse::needs_action;
}

std::string_view verb_of(mail::Participation participation)
{
    switch (participation) {
    case mail::Participation::needs_action:
        return "has not decided";
    case mail::Participation::accepted:
        return "accepted";
    case mail::Participation::declined:
        return "declined";
    case mail::Participation::tentative:
        return "may come";
    case mail::Participation::delegated:
        return "sends somebody else";
    }
    return {};
}

std::string name_of(mail::Mailbox const& mailbox)
{
    return mailbox.name.empty() ? mailbox.address : mailbox.name;
}

struct Known {
    Meeting meeting {};
    mail::CalendarEvent event {};
};

Result<std::optional<Known>> find_known(Unit& unit, std::string_view uid)
{
    auto const id = appointment_of_uid(uid);
    auto meeting = id ? TRY(find_meeting(unit, *id)) : std::nullopt;
    if (!meeting) {
        return std::nullopt;
    }
    auto event = event_of(*meeting, unit.now());
    if (!event) {
        event = TRY(last_sent(unit, *id));
    }
    if (!event) {
        return std::nullopt;
    }
    return Known { std::move(*meeting), std::move(*event) };
}

Participant const* find_participant(Meeting const& meeting, std::string_view address)
{
    auto const found = std::ranges::find_if(meeting.participants, [&](Participant const& one) {
        return one.is_attendee() && mail::is_same_address(one.mailbox.address, address);
    });
    return found == meeting.participants.end() ? nullptr : &*found;
}

Result<void> write_answer(Unit& unit, Participant const& participant, ReceivedReply const& reply)
{
    return unit.update(activity_party::table, participant.row,
        Row(activity_party::table)
            .set(activity_party::response, response_of(reply.event.attendees.front().participation))
            .set(activity_party::responded_on, reply.event.stamp)
            .set(activity_party::reply_sequence, std::int64_t { reply.event.sequence }));
}

Result<void> tell_organizer(Unit& unit, Meeting const& meeting, std::string const& sentence)
{
    if (meeting.organizer_party.id.is_nil()) {
        return {};
    }
    return notify(unit, meeting.organizer_party,
        { .title = sentence + ": " + meeting.appointment.text_or(appointment::subject),
            .about = { appointment::table, meeting.appointment.id() } });
}

ReplyResult ignored(std::string message)
{
    return { .outcome = Outcome::ignored, .message = std::move(message) };
}

Result<ReplyResult> hold(Unit& unit, Known const& known, std::string message)
{
    TRY(tell_organizer(unit, known.meeting, message));
    return ReplyResult { .outcome = Outcome::held,
        .message = std::move(message),
        .appointment = known.meeting.appointment.id() };
}

Result<ReplyResult> apply(Unit& unit, Known const& known, ReceivedReply const& reply)
{
    auto const& answer = reply.event.attendees.front();
    auto const* participant = find_participant(known.meeting, answer.mailbox.address);
    if (!participant) {
        return ignored("The meeting has no such attendee any more.");
    }
    auto const is_same = participant->responded_on == reply.event.stamp
        && participant->response == response_of(answer.participation);
    auto sentence =
        name_of(participant->mailbox) + " " + std::string(verb_of(answer.participation));
    if (!is_same) {
        TRY(write_answer(unit, *participant, reply));
        TRY(tell_organizer(unit, known.meeting, sentence));
    }
    return ReplyResult { .outcome = Outcome::applied,
        .message = sentence + ".",
        .appointment = known.meeting.appointment.id() };
}

}

std::string_view outcome_name(ReplyResult::Outcome outcome)
{
    switch (outcome) {
    case Outcome::applied:
        return "applied";
    case Outcome::ignored:
        return "ignored";
    case Outcome::held:
        return "held";
    }
    return {};
}

Result<ReplyResult> take_reply(Unit& elevated, ReceivedReply const& reply)
{
    auto const known = TRY(find_known(elevated, reply.event.uid));
    if (!known || reply.event.attendees.size() != 1) {
        return ignored("The answer is to a meeting that is not in this calendar.");
    }
    auto const& answer = reply.event.attendees.front();
    auto const* participant = find_participant(known->meeting, answer.mailbox.address);
    auto const verdict = mail::judge_reply(&known->event, reply.event,
        { .sender = reply.sender,
            .last_reply_at = participant ? participant->responded_on : std::nullopt });
    auto const who = name_of(answer.mailbox);
    switch (verdict) {
    case mail::ReplyVerdict::apply:
        return apply(elevated, *known, reply);
    case mail::ReplyVerdict::unknown_meeting:
        return ignored("The answer is to a meeting that is not in this calendar.");
    case mail::ReplyVerdict::already_over:
        return ignored("The meeting has been cancelled.");
    case mail::ReplyVerdict::stale:
        return ignored("The answer is older than what is known already.");
    case mail::ReplyVerdict::stranger:
        return hold(elevated, *known, who + " answered without having been invited");
    case mail::ReplyVerdict::sender_differs:
        return hold(
            elevated, *known, reply.sender + " answered in the name of " + answer.mailbox.address);
    }
    return ignored({});
}

}
