#include "apps/activities/appointment/invite.h"

#include "apps/activities/api.h"
#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/appointment/invitation_mail.h"
#include "apps/activities/sent_invitation/sent_invitation_table.h"
#include "platform/mail/calendar_rules.h"
#include "platform/pipeline/platform.h"

namespace cashline::activities {

namespace {

Result<std::optional<Row>> sent_row(Reader& reader, Id appointment)
{
    return reader.elevated_reader().first(
        Query::from(sent_invitation::table).where(sent_invitation::appointment == appointment));
}

Result<mail::CalendarEvent> read_event(Row const& row)
{
    return event_from_json(TRY(json::parse(row.text_or(sent_invitation::event))));
}

Result<void> remember(Unit& unit, Id appointment, mail::CalendarEvent const& event)
{
    Row row(sent_invitation::table);
    row.set(sent_invitation::event, event_to_json(event).to_string());
    if (auto const known = TRY(sent_row(unit, appointment))) {
        return unit.update(sent_invitation::table, known->id(), std::move(row));
    }
    row.set(sent_invitation::appointment, appointment);
    TRY(unit.create(std::move(row)));
    return {};
}

// A new time asks everybody again.
Result<void> forget_answers(Unit& unit, Meeting const& meeting)
{
    for (auto const& participant : meeting.participants) {
        if (participant.is_attendee()
            && participant.response != ActivityPartyResponse::needs_action) {
            TRY(unit.update(activity_party::table, participant.row,
                Row(activity_party::table)
                    .set(activity_party::response, ActivityPartyResponse::needs_action)));
        }
    }
    return {};
}

struct Sending {
    mail::CalendarMethod method {};
    mail::CalendarEvent const& event;
    std::vector<mail::Attendee> const& recipients;
    Id appointment {};
};

// A mail for each: one wrong address must not keep the others from hearing of it.
Result<void> send_to_each(Unit& unit, Sending const& sending)
{
    for (auto const& recipient : sending.recipients) {
        auto mail = TRY(invitation_mail(unit, sending.method, sending.event, recipient));
        mail.regarding = Lookup { appointment::table, sending.appointment };
        TRY(queue_mail(unit, mail));
    }
    return {};
}

// An appointment without attendees or time after it had them is one nobody is asked to any more.
mail::CalendarEvent emptied(mail::CalendarEvent const& before)
{
    auto event = before;
    event.attendees.clear();
    return event;
}

Result<void> send_plan(Unit& unit, Meeting const& meeting, mail::CalendarEvent event)
{
    auto const appointment = meeting.appointment.id();
    auto const before = TRY(last_sent(unit, appointment));
    auto const plan = mail::plan_invitations(before ? &*before : nullptr, event);
    if (plan.invite.empty() && plan.withdraw.empty()) {
        return {};
    }
    if (before && plan.needs_new_sequence) {
        event.sequence = before->sequence + 1;
        TRY(unit.update(appointment::table, appointment,
            Row(appointment::table).set(appointment::sequence, std::int64_t { event.sequence })));
    }
    if (before && plan.needs_new_sequence && !event.is_cancelled) {
        TRY(forget_answers(unit, meeting));
        for (auto& attendee : event.attendees) {
            attendee.participation = mail::Participation::needs_action;
            attendee.wants_reply = true;
        }
    }
    TRY(send_to_each(unit, { mail::CalendarMethod::request, event, plan.invite, appointment }));
    auto cancelled = before ? *before : event;
    cancelled.sequence = event.sequence;
    cancelled.stamp = event.stamp;
    cancelled.is_cancelled = true;
    TRY(send_to_each(
        unit, { mail::CalendarMethod::cancel, cancelled, plan.withdraw, appointment }));
    return remember(unit, appointment, event);
}

Result<void> invite(Unit& unit, Id appointment)
{
    auto const meeting = TRY(find_meeting(unit, appointment));
    if (!meeting) {
        return {};
    }
    auto event = event_of(*meeting, unit.now());
    auto const before = TRY(last_sent(unit, appointment));
    if (!event && before) {
        event = emptied(*before);
        event->stamp = unit.now();
    }
    if (!event || (!before && event->is_cancelled)) {
        return {};
    }
    // Nobody is asked to a meeting that has been; a past one may still lose people quietly.
    auto const is_past = event->end < unit.now();
    auto const is_over =
        meeting->appointment.get(appointment::state) == ActivityPointerState::completed;
    return is_past || is_over ? Result<void> {} : send_plan(unit, *meeting, std::move(*event));
}

}

void invite_later(Unit& unit, Id appointment)
{
    json::Value input { json::Object {} };
    input.set("appointment", appointment.to_string());
    unit.later({ .name = invite_job,
        .input = std::move(input),
        .key = std::string(invite_job) + "/" + appointment.to_string() });
}

Result<void> invite_attendees(JobContext& context, json::Value const& input)
{
    auto const appointment = Id::parse(input.text("appointment"));
    if (!appointment) {
        return internal("job_input_invalid", "The job names no appointment.");
    }
    return context.platform.write(system_caller(Door::job),
        std::function<Result<void>(Unit&)>([&](Unit& unit) { return invite(unit, *appointment); }));
}

Result<void> call_off(Unit& unit, Id appointment)
{
    auto const before = TRY(last_sent(unit, appointment));
    if (!before || before->is_cancelled || before->end < unit.now()) {
        return {};
    }
    auto event = *before;
    event.sequence += 1;
    event.stamp = unit.now();
    event.is_cancelled = true;
    auto const plan = mail::plan_invitations(&*before, event);
    auto elevated = unit.elevated();
    for (auto const& recipient : plan.withdraw) {
        TRY(queue_mail(elevated,
            TRY(invitation_mail(elevated, mail::CalendarMethod::cancel, event, recipient))));
    }
    return {};
}

Result<std::optional<mail::CalendarEvent>> last_sent(Reader& reader, Id appointment)
{
    auto const row = TRY(sent_row(reader, appointment));
    if (!row) {
        return std::nullopt;
    }
    return TRY(read_event(*row));
}

}
