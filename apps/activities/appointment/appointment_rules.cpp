#include "apps/activities/appointment/appointment_rules.h"

#include "apps/activities/activity_party/participants.h"
#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/appointment/invite.h"
#include "apps/activities/appointment/open_calendar_file.h"
#include "apps/activities/organization_facts.h"
#include "core/text.h"
#include "platform/pipeline/read_context.h"
#include "platform/security/system_user/system_user_table.h"

#include <algorithm>
#include <array>

namespace cashline::activities {

namespace {

constexpr std::int64_t usual_minutes = 30;

// 192 bits: nobody finds a meeting by guessing.
std::string new_meeting_token(Unit& unit)
{
    std::array<std::uint8_t, 24> bytes {};
    unit.context().environment.fill_random(bytes);
    return text::base64url_encode({ reinterpret_cast<char const*>(bytes.data()), bytes.size() });
}

Result<bool> is_organizer(Unit& unit, Change const& change)
{
    if (unit.caller().is_system() || change.operation == Operation::create) {
        return true;
    }
    auto const participants = TRY(participants_of(unit, change.id));
    auto const named = std::ranges::find(
        participants, ActivityPartyParticipation::organizer, &Participant::participation);
    auto const owner = change.before.get(appointment::owner);
    auto const organizer = named != participants.end() ? named->party : owner;
    return !organizer || organizer->table != system_user::table
        || organizer->id == unit.caller().user;
}

bool is_on_line(Change const& change)
{
    return change.now(appointment::is_online_meeting) == Value(true);
}

Result<void> call_off_deleted(Unit& unit, Change& change) { return call_off(unit, change.id); }

Result<void> tell_attendees(Unit& unit, Change& change)
{
    invite_later(unit, change.id);
    return {};
}

}

Result<void> book_time(Unit&, Change& change)
{
    auto const has_start = !change.now(appointment::scheduled_start).is_null();
    auto const has_end = !change.now(appointment::scheduled_end).is_null();
    if (has_end && !has_start) {
        return invalid("AppointmentScheduleNotSet", "An appointment with an end needs a start.",
            "scheduledstart");
    }
    if (!has_start) {
        return {};
    }
    if (!has_end) {
        auto const start = *change.now(appointment::scheduled_start).as_timestamp();
        change.values.set(appointment::scheduled_end, start.plus_seconds(usual_minutes * 60))
            .set(appointment::scheduled_minutes, usual_minutes);
    }
    if (change.operation == Operation::create && !change.values.has(appointment::state)
        && !change.values.has(appointment::status)) {
        change.values.set(appointment::state, ActivityPointerState::scheduled)
            .set(appointment::status, AppointmentStatus::busy);
    }
    return {};
}

Result<void> give_join_link(Unit& unit, Change& change)
{
    if (!is_on_line(change)) {
        if (change.changes(appointment::is_online_meeting)
            && change.operation == Operation::update) {
            change.values.clear(appointment::join_url)
                .clear(appointment::meeting_id)
                .clear(appointment::meeting_token);
        }
        return {};
    }
    if (!change.now(appointment::join_url).is_null()) {
        return {};
    }
    if (!TRY(is_organizer(unit, change))) {
        return denied("organizer_only",
            "Only the organiser can hold this meeting on line. Ask him to switch it on.");
    }
    auto const token = new_meeting_token(unit);
    auto const facts = TRY(organization_facts(unit));
    change.values.set(appointment::meeting_token, token)
        .set(appointment::meeting_id, meeting_uid(change.id))
        .set(appointment::join_url, facts.public_url + "/meet/" + token);
    return {};
}

Result<void> add_organizer(Unit& unit, Change& change)
{
    auto const owner = change.after().get(appointment::owner);
    auto const organizer = owner && owner->table == system_user::table
        ? *owner
        : Lookup { system_user::table, unit.caller().user };
    auto elevated = unit.elevated();
    return add_participant(elevated, change.id,
        { .participation = ActivityPartyParticipation::organizer, .party = organizer });
}

void register_appointments(Registry& registry)
{
    registry.before_save(appointment::table, book_time,
        { appointment::scheduled_start, appointment::scheduled_end });
    registry.before_save(appointment::table, give_join_link,
        { appointment::is_online_meeting, appointment::join_url });
    registry.after(Operation::create, appointment::table, add_organizer);
    registry.after_save(appointment::table, tell_attendees,
        { appointment::subject, appointment::scheduled_start, appointment::scheduled_end,
            appointment::is_all_day, appointment::state, appointment::location,
            appointment::join_url });
    registry.before(Operation::remove, appointment::table, call_off_deleted);

    registry.job(invite_job, invite_attendees);
    registry.message<OpenCalendarFile>(open_calendar_file)
        .bound_to(appointment::table, &OpenCalendarFile::appointment);
}

}
