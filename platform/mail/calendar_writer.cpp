#include "platform/mail/calendar.h"

#include "core/text.h"
#include "platform/mail/calendar_library.h"
#include "platform/pages/clean_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace cashline::mail {

namespace {

using pages::clean_line;
using pages::clean_text;

constexpr std::size_t attendees_max = 500;
constexpr std::size_t description_max = 100'000;

struct FreeLibraryText {
    void operator()(char* text) const { icalmemory_free_buffer(text); }
};

icalparameter_partstat to_library(Participation participation)
{
    switch (participation) {
    case Participation::needs_action:
        return ICAL_PARTSTAT_NEEDSACTION;
    case Participation::accepted:
        return ICAL_PARTSTAT_ACCEPTED;
    case Participation::declined:
        return ICAL_PARTSTAT_DECLINED;
    case Participation::tentative:
        return ICAL_PARTSTAT_TENTATIVE;
    case Participation::delegated:
        return ICAL_PARTSTAT_DELEGATED;
    }
    return ICAL_PARTSTAT_NEEDSACTION;
}

icalparameter_role to_library(AttendeeRole role)
{
    switch (role) {
    case AttendeeRole::required:
        return ICAL_ROLE_REQPARTICIPANT;
    case AttendeeRole::optional:
        return ICAL_ROLE_OPTPARTICIPANT;
    case AttendeeRole::chair:
        return ICAL_ROLE_CHAIR;
    case AttendeeRole::informed:
        return ICAL_ROLE_NONPARTICIPANT;
    }
    return ICAL_ROLE_REQPARTICIPANT;
}

icalproperty_method to_library(CalendarMethod method)
{
    switch (method) {
    case CalendarMethod::publish:
        return ICAL_METHOD_PUBLISH;
    case CalendarMethod::request:
        return ICAL_METHOD_REQUEST;
    case CalendarMethod::reply:
        return ICAL_METHOD_REPLY;
    case CalendarMethod::cancel:
        return ICAL_METHOD_CANCEL;
    case CalendarMethod::counter:
        return ICAL_METHOD_COUNTER;
    }
    return ICAL_METHOD_PUBLISH;
}

bool is_uid(std::string_view uid)
{
    return !uid.empty() && uid.size() <= 1000 && clean_line(uid) == uid;
}

bool is_writable_time(Timestamp moment)
{
    auto const year = moment.date_utc().year();
    return year >= 1970 && year <= 2200;
}

Result<void> check_people(CalendarMethod method, CalendarEvent const& event)
{
    if (!text::is_email_address(event.organizer.address)) {
        return invalid(
            "ics_organizer_invalid", "The meeting needs an organiser with an e-mail address.");
    }
    for (auto const& attendee : event.attendees) {
        if (!text::is_email_address(attendee.mailbox.address)) {
            return invalid("ics_attendee_invalid",
                fmt::format("The attendee “{}” has no valid e-mail address.",
                    text::truncate_utf16(attendee.mailbox.name, 100)));
        }
    }
    if (method == CalendarMethod::reply && event.attendees.size() != 1) {
        return invalid("ics_reply_attendee", "A reply speaks for exactly one attendee.");
    }
    if (method != CalendarMethod::publish && event.attendees.empty()) {
        return invalid("ics_attendee_invalid", "The meeting has no attendees to be told.");
    }
    return {};
}

Result<void> check_event(CalendarMethod method, CalendarEvent const& event)
{
    if (method == CalendarMethod::counter) {
        return invalid(
            "ics_unsupported_method", "Proposals of another time are only read, not written.");
    }
    if (!is_uid(event.uid) || event.sequence < 0) {
        return invalid("ics_uid_invalid", "The meeting needs an identity on one line.");
    }
    bool const has_times = is_writable_time(event.start) && is_writable_time(event.end)
        && is_writable_time(event.stamp) && event.start < event.end;
    bool const has_dates = !event.is_all_day
        || (event.start == Timestamp::at_midnight_utc(event.start.date_utc())
            && event.end == Timestamp::at_midnight_utc(event.end.date_utc()));
    if (!has_times || !has_dates) {
        return invalid(
            "ics_time_invalid", "The meeting must end after it starts, between 1970 and 2200.");
    }
    if (event.attendees.size() > attendees_max || event.description.size() > description_max
        || event.excluded.size() + event.added.size() > calendar_dates_max
        || event.summary.size() > 4000) {
        return invalid(
            "ics_too_large", "The invitation has too much text, too many people or dates.");
    }
    if (!event.recurrence_rule.empty()) {
        TRY(read_rule(event.recurrence_rule));
    }
    return check_people(method, event);
}

// A quote has no spelling inside a parameter, so it becomes an apostrophe.
std::string parameter_text(std::string_view text)
{
    auto out = clean_line(text);
    std::ranges::replace(out, '"', '\'');
    return out;
}

icalproperty* write_organizer(Mailbox const& organizer)
{
    auto* const property =
        icalproperty_new_organizer(fmt::format("mailto:{}", organizer.address).c_str());
    if (auto const name = parameter_text(organizer.name); !name.empty()) {
        icalproperty_add_parameter(property, icalparameter_new_cn(name.c_str()));
    }
    return property;
}

icalproperty* write_attendee(Attendee const& attendee, CalendarMethod method)
{
    auto* const property =
        icalproperty_new_attendee(fmt::format("mailto:{}", attendee.mailbox.address).c_str());
    if (auto const name = parameter_text(attendee.mailbox.name); !name.empty()) {
        icalproperty_add_parameter(property, icalparameter_new_cn(name.c_str()));
    }
    icalproperty_add_parameter(
        property, icalparameter_new_partstat(to_library(attendee.participation)));
    if (method != CalendarMethod::reply) {
        icalproperty_add_parameter(property, icalparameter_new_cutype(ICAL_CUTYPE_INDIVIDUAL));
        icalproperty_add_parameter(property, icalparameter_new_role(to_library(attendee.role)));
        icalproperty_add_parameter(property,
            icalparameter_new_rsvp(method == CalendarMethod::request && attendee.wants_reply
                    ? ICAL_RSVP_TRUE
                    : ICAL_RSVP_FALSE));
    }
    return property;
}

icalproperty* write_extension(char const* name, std::string const& value)
{
    auto* const property = icalproperty_new_x(value.c_str());
    icalproperty_set_x_name(property, name);
    return property;
}

void write_times(icalcomponent* out, CalendarEvent const& event)
{
    icalcomponent_add_property(
        out, icalproperty_new_dtstart(library_time(event.start, event.is_all_day)));
    icalcomponent_add_property(
        out, icalproperty_new_dtend(library_time(event.end, event.is_all_day)));
    if (event.recurrence_id) {
        icalcomponent_add_property(out,
            icalproperty_new_recurrenceid(library_time(*event.recurrence_id, event.is_all_day)));
    }
    if (!event.recurrence_rule.empty()) {
        icalcomponent_add_property(out,
            icalproperty_new_rrule(icalrecurrencetype_from_string(event.recurrence_rule.c_str())));
    }
    for (auto const excluded : event.excluded) {
        icalcomponent_add_property(
            out, icalproperty_new_exdate(library_time(excluded, event.is_all_day)));
    }
    for (auto const added : event.added) {
        icalcomponent_add_property(out,
            icalproperty_new_rdate({ library_time(added, event.is_all_day), icalperiodtype {} }));
    }
}

void write_texts(icalcomponent* out, CalendarEvent const& event)
{
    // Programs show the place prominently, so a meeting held only online has its link there.
    auto const link = clean_line(event.conference_url);
    auto const location = event.location.empty() ? link : clean_line(event.location);
    icalcomponent_add_property(out, icalproperty_new_summary(clean_line(event.summary).c_str()));
    if (!event.description.empty()) {
        icalcomponent_add_property(
            out, icalproperty_new_description(clean_text(event.description).c_str()));
    }
    if (!location.empty()) {
        icalcomponent_add_property(out, icalproperty_new_location(location.c_str()));
    }
    if (!link.empty()) {
        icalcomponent_add_property(out, icalproperty_new_url(link.c_str()));
        auto* const conference = icalproperty_new_conference(link.c_str());
        icalproperty_add_parameter(conference, icalparameter_new_value(ICAL_VALUE_URI));
        icalcomponent_add_property(out, conference);
        icalcomponent_add_property(out, write_extension("X-GOOGLE-CONFERENCE", link));
    }
    if (!event.comment.empty()) {
        icalcomponent_add_property(
            out, icalproperty_new_comment(clean_text(event.comment).c_str()));
    }
}

icalcomponent* write_event(CalendarMethod method, CalendarEvent const& event)
{
    auto* const out = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    icalcomponent_add_property(out, icalproperty_new_uid(event.uid.c_str()));
    icalcomponent_add_property(out, icalproperty_new_dtstamp(library_time(event.stamp)));
    icalcomponent_add_property(out, icalproperty_new_sequence(event.sequence));
    write_times(out, event);
    write_texts(out, event);
    icalcomponent_add_property(out, write_organizer(event.organizer));
    for (auto const& attendee : event.attendees) {
        icalcomponent_add_property(out, write_attendee(attendee, method));
    }
    if (method == CalendarMethod::reply) {
        icalcomponent_add_property(
            out, icalproperty_new_requeststatus(icalreqstattype_from_string("2.0;Success")));
        return out;
    }
    bool const is_cancelled = method == CalendarMethod::cancel || event.is_cancelled;
    icalcomponent_add_property(
        out, icalproperty_new_status(is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    icalcomponent_add_property(
        out, icalproperty_new_transp(is_cancelled ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
    return out;
}

}

Result<std::string> build_calendar(CalendarMethod method, CalendarEvent const& event)
{
    auto const lock = enter_library();
    TRY(check_event(method, event));
    Component const calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
    auto* const out = calendar.get();
    icalcomponent_add_property(out, icalproperty_new_prodid("-//Cashline//Calendar//EN"));
    icalcomponent_add_property(out, icalproperty_new_version("2.0"));
    icalcomponent_add_property(out, icalproperty_new_calscale("GREGORIAN"));
    icalcomponent_add_property(out, icalproperty_new_method(to_library(method)));
    icalcomponent_add_component(out, write_event(method, event));
    std::unique_ptr<char, FreeLibraryText> const text(icalcomponent_as_ical_string_r(out));
    return std::string(view(text.get()));
}

}
