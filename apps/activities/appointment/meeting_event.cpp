#include "apps/activities/appointment/meeting_event.h"

#include "apps/activities/activity_party/address_book.h"
#include "apps/activities/appointment/appointment_table.h"

#include <algorithm>

namespace cashline::activities {

namespace {

constexpr std::string_view uid_host = "@cashline.meeting";

mail::Participation participation_of(ActivityPartyResponse response)
{
    switch (response) {
    case ActivityPartyResponse::needs_action:
        return mail::Participation::needs_action;
    case ActivityPartyResponse::accepted:
        return mail::Participation::accepted;
    case ActivityPartyResponse::declined:
        return mail::Participation::declined;
    case ActivityPartyResponse::tentative:
        return mail::Participation::tentative;
    case ActivityPartyResponse::delegated:
        return mail::Participation::delegated;
    }
    return mail::Participation::needs_action;
}

std::string description_of(Row const& appointment)
{
    std::string text(appointment.text_or(appointment::description));
    auto const agenda = appointment.text_or(appointment::agenda);
    if (!agenda.empty()) {
        text += (text.empty() ? "" : "\n\n") + ("Agenda:\n" + agenda);
    }
    auto const link = appointment.text_or(appointment::join_url);
    if (!link.empty()) {
        text += (text.empty() ? "" : "\n\n") + ("Join the meeting: " + link);
    }
    return text;
}

std::vector<mail::Attendee> attendees_of(Meeting const& meeting)
{
    std::vector<mail::Attendee> attendees;
    for (auto const& participant : meeting.participants) {
        auto const& address = participant.mailbox.address;
        auto const is_known = std::ranges::any_of(attendees, [&](mail::Attendee const& other) {
            return mail::is_same_address(other.mailbox.address, address);
        });
        if (!participant.is_attendee() || address.empty() || is_known) {
            continue;
        }
        attendees.push_back({ .mailbox = participant.mailbox,
            .participation = participation_of(participant.response),
            .role = participant.participation == ActivityPartyParticipation::optional_attendee
                ? mail::AttendeeRole::optional
                : mail::AttendeeRole::required,
            .wants_reply = participant.response == ActivityPartyResponse::needs_action });
    }
    return attendees;
}

// The owner organises a meeting that names nobody else.
Result<void> find_organizer(Reader& reader, Meeting& meeting)
{
    auto const named = std::ranges::find(
        meeting.participants, ActivityPartyParticipation::organizer, &Participant::participation);
    if (named != meeting.participants.end() && !named->mailbox.address.empty()) {
        meeting.organizer = named->mailbox;
        meeting.organizer_party = named->party.value_or(Lookup {});
        return {};
    }
    auto const owner = meeting.appointment.get(appointment::owner);
    auto const facts = owner ? TRY(party_facts(reader, *owner)) : std::nullopt;
    if (facts) {
        meeting.organizer = { facts->name, facts->address };
        meeting.organizer_party = *owner;
    }
    return {};
}

json::Value moment_to_json(Timestamp moment) { return json::Value(moment.microseconds); }

Timestamp moment_from(json::Value const& document, std::string_view name)
{
    return { document.integer(name) };
}

}

Result<std::optional<Meeting>> find_meeting(Reader& reader, Id appointment)
{
    auto elevated = reader.elevated_reader();
    auto row = TRY(elevated.find(appointment::table, appointment));
    if (!row) {
        return std::nullopt;
    }
    Meeting meeting { .appointment = std::move(*row) };
    meeting.participants = TRY(participants_of(elevated, appointment));
    TRY(find_organizer(elevated, meeting));
    return meeting;
}

std::string meeting_uid(Id appointment) { return appointment.to_string() + std::string(uid_host); }

std::optional<Id> appointment_of_uid(std::string_view uid)
{
    if (!uid.ends_with(uid_host)) {
        return std::nullopt;
    }
    return Id::parse(uid.substr(0, uid.size() - uid_host.size()));
}

std::optional<mail::CalendarEvent> event_of(Meeting const& meeting, Timestamp stamp)
{
    auto const& row = meeting.appointment;
    auto const start = row.get(appointment::scheduled_start);
    auto const end = row.get(appointment::scheduled_end);
    auto attendees = attendees_of(meeting);
    if (!start || !end || meeting.organizer.address.empty() || attendees.empty()) {
        return std::nullopt;
    }
    return mail::CalendarEvent { .uid = meeting_uid(row.id()),
        .sequence = static_cast<std::int32_t>(row.get(appointment::sequence).value_or(0)),
        .stamp = stamp,
        .organizer = meeting.organizer,
        .attendees = std::move(attendees),
        .summary = row.text_or(appointment::subject),
        .description = description_of(row),
        .location = row.text_or(appointment::location),
        .conference_url = row.text_or(appointment::join_url),
        .start = *start,
        .end = *end,
        .is_all_day = row.get(appointment::is_all_day).value_or(false),
        .is_cancelled = row.get(appointment::state) == ActivityPointerState::canceled };
}

json::Value event_to_json(mail::CalendarEvent const& event)
{
    json::Array attendees;
    for (auto const& attendee : event.attendees) {
        json::Value entry { json::Object {} };
        entry.set("name", attendee.mailbox.name);
        entry.set("address", attendee.mailbox.address);
        attendees.push_back(std::move(entry));
    }
    json::Value document { json::Object {} };
    document.set("uid", event.uid);
    document.set("sequence", std::int64_t { event.sequence });
    document.set("stamp", moment_to_json(event.stamp));
    document.set("organizer_name", event.organizer.name);
    document.set("organizer_address", event.organizer.address);
    document.set("attendees", std::move(attendees));
    document.set("summary", event.summary);
    document.set("location", event.location);
    document.set("description", event.description);
    document.set("start", moment_to_json(event.start));
    document.set("end", moment_to_json(event.end));
    document.set("all_day", event.is_all_day);
    document.set("cancelled", event.is_cancelled);
    return document;
}

mail::CalendarEvent event_from_json(json::Value const& document)
{
    mail::CalendarEvent event { .uid = std::string(document.text("uid")),
        .sequence = static_cast<std::int32_t>(document.integer("sequence")),
        .stamp = moment_from(document, "stamp"),
        .organizer = { std::string(document.text("organizer_name")),
            std::string(document.text("organizer_address")) },
        .summary = std::string(document.text("summary")),
        .description = std::string(document.text("description")),
        .location = std::string(document.text("location")),
        .start = moment_from(document, "start"),
        .end = moment_from(document, "end"),
        .is_all_day = document.flag("all_day"),
        .is_cancelled = document.flag("cancelled") };
    for (auto const& attendee : document.array("attendees")) {
        event.attendees.push_back({ .mailbox = { std::string(attendee.text("name")),
                                        std::string(attendee.text("address")) } });
    }
    return event;
}

}
