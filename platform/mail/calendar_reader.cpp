#include "platform/mail/calendar.h"

#include "core/text.h"
#include "platform/mail/calendar_library.h"
#include "platform/mail/mime_checks.h"
#include "platform/pages/clean_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cashline::mail {

namespace {

using pages::clean_line;
using pages::clean_text;

constexpr std::size_t attendees_max = 500;
constexpr std::size_t events_max = 500;
constexpr std::size_t text_max = 100'000; // longer descriptions are cut

constexpr std::array method_names { "PUBLISH", "REQUEST", "REPLY", "CANCEL", "COUNTER" };

Participation read_participation(icalproperty* property)
{
    auto* const parameter = icalproperty_get_first_parameter(property, ICAL_PARTSTAT_PARAMETER);
    auto const value =
        parameter == nullptr ? ICAL_PARTSTAT_NONE : icalparameter_get_partstat(parameter);
    return value == ICAL_PARTSTAT_ACCEPTED ? Participation::accepted
        : value == ICAL_PARTSTAT_DECLINED  ? Participation::declined
        : value == ICAL_PARTSTAT_TENTATIVE ? Participation::tentative
        : value == ICAL_PARTSTAT_DELEGATED ? Participation::delegated
                                           : Participation::needs_action;
}

AttendeeRole read_role(icalproperty* property)
{
    auto* const parameter = icalproperty_get_first_parameter(property, ICAL_ROLE_PARAMETER);
    auto const value = parameter == nullptr ? ICAL_ROLE_NONE : icalparameter_get_role(parameter);
    return value == ICAL_ROLE_OPTPARTICIPANT ? AttendeeRole::optional
        : value == ICAL_ROLE_CHAIR           ? AttendeeRole::chair
        : value == ICAL_ROLE_NONPARTICIPANT  ? AttendeeRole::informed
                                             : AttendeeRole::required;
}

std::string text_of(icalcomponent* event, icalproperty_kind kind)
{
    auto* const property = first_property(event, kind);
    auto* const value = property == nullptr ? nullptr : icalproperty_get_value(property);
    auto const* const text = value == nullptr ? nullptr : icalvalue_get_text(value);
    return clean_text(pages::utf8_prefix(view(text), text_max));
}

std::string address_of(std::string_view value)
{
    auto address = clean_line(value);
    if (text::to_lower_ascii(address).starts_with("mailto:")) {
        address.erase(0, 7);
    }
    return address;
}

std::string parameter_of(icalproperty* property, icalparameter_kind kind)
{
    auto* const parameter = icalproperty_get_first_parameter(property, kind);
    if (parameter == nullptr) {
        return {};
    }
    return clean_line(view(kind == ICAL_CN_PARAMETER ? icalparameter_get_cn(parameter)
                                                     : icalparameter_get_sentby(parameter)));
}

Attendee read_attendee(icalproperty* property)
{
    auto* const rsvp = icalproperty_get_first_parameter(property, ICAL_RSVP_PARAMETER);
    return { .mailbox = { parameter_of(property, ICAL_CN_PARAMETER),
                 address_of(view(icalproperty_get_attendee(property))) },
        .participation = read_participation(property),
        .role = read_role(property),
        .wants_reply = rsvp != nullptr && icalparameter_get_rsvp(rsvp) == ICAL_RSVP_TRUE,
        .sent_by = address_of(parameter_of(property, ICAL_SENTBY_PARAMETER)) };
}

void read_people(icalcomponent* event, CalendarEvent& out)
{
    if (auto* const organizer = first_property(event, ICAL_ORGANIZER_PROPERTY);
        organizer != nullptr) {
        out.organizer = { parameter_of(organizer, ICAL_CN_PARAMETER),
            address_of(view(icalproperty_get_organizer(organizer))) };
    }
    for (auto* property = first_property(event, ICAL_ATTENDEE_PROPERTY);
        property != nullptr && out.attendees.size() < attendees_max;
        property = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
        out.attendees.push_back(read_attendee(property));
    }
}

Result<void> read_end(icalcomponent* event, icalcomponent* calendar, CalendarEvent& out)
{
    constexpr std::int64_t day_seconds = 86'400;
    out.end = out.is_all_day ? out.start.plus_seconds(day_seconds) : out.start;
    if (auto* const end = first_property(event, ICAL_DTEND_PROPERTY); end != nullptr) {
        out.end = to_timestamp(TRY(zoned_time(end, calendar)));
    } else if (auto* const length = first_property(event, ICAL_DURATION_PROPERTY);
        length != nullptr) {
        auto const duration = icalproperty_get_duration(length);
        if (duration.weeks > 520 || duration.days > 3650) {
            return invalid("ics_time_invalid", "The meeting lasts for more than ten years.");
        }
        out.end = out.start.plus_seconds(icaldurationtype_as_int(duration));
    }
    if (out.end < out.start) {
        return invalid("ics_end_before_start", "The meeting ends before it starts.");
    }
    return {};
}

Result<void> read_times(icalcomponent* event, icalcomponent* calendar, CalendarEvent& out)
{
    TRY(check_remarks(event));
    auto* const start = first_property(event, ICAL_DTSTART_PROPERTY);
    if (start == nullptr) {
        return invalid(
            "ics_start_missing", "The calendar file does not say when the meeting starts.");
    }
    auto const begin = TRY(zoned_time(start, calendar));
    out.start = to_timestamp(begin);
    out.is_all_day = begin.is_date != 0;
    TRY(read_end(event, calendar, out));
    if (auto* const stamp = first_property(event, ICAL_DTSTAMP_PROPERTY); stamp != nullptr) {
        out.stamp = to_timestamp(TRY(zoned_time(stamp, calendar)));
    }
    if (auto* const id = first_property(event, ICAL_RECURRENCEID_PROPERTY); id != nullptr) {
        out.recurrence_id = to_timestamp(TRY(zoned_time(id, calendar)));
    }
    out.excluded = TRY(read_moments(event, ICAL_EXDATE_PROPERTY, calendar));
    out.added = TRY(read_moments(event, ICAL_RDATE_PROPERTY, calendar));
    if (auto* const property = first_property(event, ICAL_RRULE_PROPERTY); property != nullptr) {
        auto rule = icalproperty_get_rrule(property);
        if (!is_followable_rule(rule)) {
            return bad_rule();
        }
        out.recurrence_rule = clean_line(view(icalrecurrencetype_as_string(&rule)));
    }
    return {};
}

// The link to join, by the names the common programs give it.
std::string read_conference(icalcomponent* event)
{
    if (auto* const property = first_property(event, ICAL_CONFERENCE_PROPERTY);
        property != nullptr) {
        return clean_line(view(icalproperty_get_conference(property)));
    }
    for (auto* property = first_property(event, ICAL_X_PROPERTY); property != nullptr;
        property = icalcomponent_get_next_property(event, ICAL_X_PROPERTY)) {
        auto const name = view(icalproperty_get_x_name(property));
        if (name == "X-GOOGLE-CONFERENCE" || name == "X-MICROSOFT-SKYPETEAMSMEETINGURL") {
            return clean_line(view(icalproperty_get_x(property)));
        }
    }
    return {};
}

Result<CalendarEvent> read_event(icalcomponent* event, icalcomponent* calendar)
{
    CalendarEvent out;
    out.uid = clean_line(text_of(event, ICAL_UID_PROPERTY));
    if (out.uid.empty() || out.uid.size() > 1000) {
        return invalid(
            "ics_uid_missing", "The calendar file does not say which meeting it is about.");
    }
    TRY(read_times(event, calendar, out));
    if (auto* const sequence = first_property(event, ICAL_SEQUENCE_PROPERTY); sequence != nullptr) {
        out.sequence = std::max(0, icalproperty_get_sequence(sequence));
    }
    read_people(event, out);
    out.summary = pages::utf8_prefix(clean_line(text_of(event, ICAL_SUMMARY_PROPERTY)), 1000);
    out.description = text_of(event, ICAL_DESCRIPTION_PROPERTY);
    out.location = clean_line(text_of(event, ICAL_LOCATION_PROPERTY));
    out.comment = text_of(event, ICAL_COMMENT_PROPERTY);
    out.conference_url = read_conference(event);
    if (auto* const status = first_property(event, ICAL_STATUS_PROPERTY); status != nullptr) {
        out.is_cancelled = icalproperty_get_status(status) == ICAL_STATUS_CANCELLED;
    }
    return out;
}

Result<CalendarMethod> read_method(icalcomponent* calendar)
{
    auto* const property = first_property(calendar, ICAL_METHOD_PROPERTY);
    if (property == nullptr) {
        return CalendarMethod::publish;
    }
    auto const name = to_upper(view(icalproperty_get_value_as_string(property)));
    auto const method = parse_method(name);
    if (!method) {
        return invalid(
            "ics_unsupported_method", "The calendar message is of a kind that is not used here.");
    }
    return *method;
}

Result<void> check_together(CalendarMessage const& message)
{
    auto const& head = message.events.front();
    for (auto const& event : message.events) {
        if (event.uid != head.uid) {
            return invalid("ics_mixed_uids", "The calendar message speaks of several meetings.");
        }
        if (!is_same_address(event.organizer.address, head.organizer.address)) {
            return invalid(
                "ics_mixed_organizers", "The calendar message names several organisers.");
        }
        if (message.method == CalendarMethod::reply && event.attendees.size() != 1) {
            return invalid("ics_reply_attendee", "A reply must speak for exactly one attendee.");
        }
    }
    return {};
}

}

std::string_view method_name(CalendarMethod method)
{
    return method_names.at(static_cast<std::size_t>(method));
}

std::optional<CalendarMethod> parse_method(std::string_view name)
{
    auto const* const found = std::ranges::find(method_names, name);
    if (found == method_names.end()) {
        return {};
    }
    return static_cast<CalendarMethod>(found - method_names.begin());
}

Result<CalendarMessage> parse_calendar(std::string_view text)
{
    auto const lock = enter_library();
    auto const calendar = TRY(parse_component(text));
    CalendarMessage message { .method = TRY(read_method(calendar.get())) };
    for (auto* event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
        event != nullptr;
        event = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT)) {
        if (message.events.size() >= events_max) {
            return invalid("ics_too_large", "The calendar file has too many events.");
        }
        message.events.push_back(TRY(read_event(event, calendar.get())));
    }
    if (message.events.empty()) {
        return invalid("ics_no_event", "The calendar file has no meeting.");
    }
    std::ranges::sort(message.events, {}, &CalendarEvent::recurrence_id);
    TRY(check_together(message));
    return message;
}

}
