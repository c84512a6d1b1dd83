#include "platform/mail/calendar_rules.h"

#include <algorithm>

namespace cashline::mail {

namespace {

std::vector<Attendee> without_organizer(CalendarEvent const& event)
{
    std::vector<Attendee> out;
    std::ranges::copy_if(event.attendees, std::back_inserter(out), [&](Attendee const& attendee) {
        return !is_same_address(attendee.mailbox.address, event.organizer.address);
    });
    return out;
}

std::vector<Attendee> missing_in(std::vector<Attendee> const& list, CalendarEvent const& other)
{
    std::vector<Attendee> out;
    std::ranges::copy_if(list, std::back_inserter(out), [&](Attendee const& attendee) {
        return find_attendee(other, attendee.mailbox.address) == nullptr;
    });
    return out;
}

}

Attendee const* find_attendee(CalendarEvent const& event, std::string_view address)
{
    auto const found = std::ranges::find_if(event.attendees, [&](Attendee const& attendee) {
        return is_same_address(attendee.mailbox.address, address);
    });
    return found == event.attendees.end() ? nullptr : &*found;
}

bool is_significant_change(CalendarEvent const& before, CalendarEvent const& after)
{
    return before.start != after.start || before.end != after.end
        || before.is_all_day != after.is_all_day || before.recurrence_rule != after.recurrence_rule
        || before.excluded != after.excluded || before.added != after.added
        || before.is_cancelled != after.is_cancelled;
}

InvitationPlan plan_invitations(CalendarEvent const* before, CalendarEvent const& after)
{
    auto const invited = without_organizer(after);
    if (before == nullptr) {
        return after.is_cancelled ? InvitationPlan {} : InvitationPlan { .invite = invited };
    }
    if (before->is_cancelled && after.is_cancelled) {
        return {};
    }
    auto const known = without_organizer(*before);
    if (after.is_cancelled) {
        return { .withdraw = known, .needs_new_sequence = true };
    }
    InvitationPlan plan { .withdraw = missing_in(known, after) };
    if (is_significant_change(*before, after)) {
        plan.invite = invited;
        plan.needs_new_sequence = true;
        return plan;
    }
    plan.invite = missing_in(invited, *before);
    return plan;
}

bool is_stale(Revision const& stored, Revision const& incoming)
{
    return incoming.sequence < stored.sequence
        || (incoming.sequence == stored.sequence && incoming.stamp < stored.stamp);
}

ReplyVerdict judge_reply(
    CalendarEvent const* stored, CalendarEvent const& reply, ReplyEvidence const& evidence)
{
    if (stored == nullptr || stored->uid != reply.uid || reply.attendees.size() != 1) {
        return ReplyVerdict::unknown_meeting;
    }
    if (stored->is_cancelled) {
        return ReplyVerdict::already_over;
    }
    // An answer to an earlier revision says nothing about this one.
    bool const is_outdated = reply.sequence < stored->sequence
        || (evidence.last_reply_at && reply.stamp < *evidence.last_reply_at);
    if (is_outdated) {
        return ReplyVerdict::stale;
    }
    auto const& answer = reply.attendees.front();
    bool const is_own_mail = is_same_address(answer.mailbox.address, evidence.sender)
        || (!answer.sent_by.empty() && is_same_address(answer.sent_by, evidence.sender));
    if (!is_own_mail) {
        return ReplyVerdict::sender_differs;
    }
    if (find_attendee(*stored, answer.mailbox.address) == nullptr) {
        return ReplyVerdict::stranger;
    }
    return ReplyVerdict::apply;
}

UpdateVerdict judge_update(
    CalendarEvent const* stored, CalendarMethod method, CalendarEvent const& incoming)
{
    if (stored == nullptr || stored->uid != incoming.uid) {
        // A first invitation is welcome, a cancellation of something unknown is not.
        return method == CalendarMethod::cancel ? UpdateVerdict::unknown_meeting
                                                : UpdateVerdict::apply;
    }
    if (!is_same_address(stored->organizer.address, incoming.organizer.address)) {
        return UpdateVerdict::organizer_differs;
    }
    bool const is_old =
        is_stale({ stored->sequence, stored->stamp }, { incoming.sequence, incoming.stamp });
    return is_old ? UpdateVerdict::stale : UpdateVerdict::apply;
}

}
