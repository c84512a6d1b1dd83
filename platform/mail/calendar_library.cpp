#include "platform/mail/calendar_library.h"

#include "core/text.h"
#include "platform/mail/calendar_text.h"

#include <fmt/format.h>

namespace cashline::mail {

namespace {

constexpr int zone_observances_max = 500;
constexpr int zone_rules_max = 30;

icaltimetype raw_time(icalproperty* property)
{
    auto* const value = icalproperty_get_value(property);
    if (value == nullptr) {
        return icaltime_null_time();
    }
    switch (icalvalue_isa(value)) {
    case ICAL_DATE_VALUE:
        return icalvalue_get_date(value);
    case ICAL_DATETIME_VALUE:
        return icalvalue_get_datetime(value);
    case ICAL_DATETIMEPERIOD_VALUE: {
        auto const either = icalvalue_get_datetimeperiod(value);
        return icaltime_is_null_time(either.time) ? either.period.start : either.time;
    }
    default:
        return icaltime_null_time();
    }
}

bool is_real_time(icaltimetype const& time)
{
    return time.year >= 1970 && time.year <= 2200 && time.month >= 1 && time.month <= 12
        && time.day >= 1 && time.day <= icaltime_days_in_month(time.month, time.year)
        && time.hour >= 0 && time.hour <= 23 && time.minute >= 0 && time.minute <= 59
        && time.second >= 0 && time.second <= 60;
}

// A zone's rules are expanded by the library on first use, so they are checked before.
Result<void> check_zones(icalcomponent* calendar)
{
    int rules = 0;
    int observances = 0;
    for (auto* zone = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT);
        zone != nullptr;
        zone = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT)) {
        for (auto* part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT);
            part != nullptr; part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
            auto* const start = first_property(part, ICAL_DTSTART_PROPERTY);
            bool is_fine = ++observances <= zone_observances_max && start != nullptr
                && raw_time(start).year >= 1600 && raw_time(start).year <= 2200
                && first_property(part, ICAL_TZOFFSETTO_PROPERTY) != nullptr
                && icalcomponent_count_properties(part, ICAL_RDATE_PROPERTY) <= 1000;
            for (auto* rule = first_property(part, ICAL_RRULE_PROPERTY); rule != nullptr;
                rule = icalcomponent_get_next_property(part, ICAL_RRULE_PROPERTY)) {
                auto const recurrence = icalproperty_get_rrule(rule);
                is_fine = is_fine && ++rules <= zone_rules_max && is_followable_rule(recurrence)
                    && recurrence.freq == ICAL_YEARLY_RECURRENCE;
            }
            if (!is_fine) {
                return invalid(
                    "ics_zone_invalid", "The calendar file defines an unusable time zone.");
            }
        }
    }
    return {};
}

}

std::unique_lock<std::mutex> enter_library()
{
    static std::mutex mutex;
    std::unique_lock lock(mutex);
    icalerror_set_errors_are_fatal(0); // by default a broken file would abort the process
    return lock;
}

std::string_view view(char const* text)
{
    return text == nullptr ? std::string_view {} : std::string_view(text);
}

icalproperty* first_property(icalcomponent* component, icalproperty_kind kind)
{
    return icalcomponent_get_first_property(component, kind);
}

icaltimetype library_time(Timestamp moment, bool is_date)
{
    auto const seconds =
        moment.microseconds / 1'000'000 - (moment.microseconds % 1'000'000 < 0 ? 1 : 0);
    return icaltime_from_timet_with_zone(seconds, is_date ? 1 : 0, icaltimezone_get_utc_timezone());
}

Result<icaltimetype> zoned_time(icalproperty* property, icalcomponent* calendar)
{
    auto time = raw_time(property);
    if (!is_real_time(time)) {
        return invalid("ics_time_invalid", "The calendar file has a time that does not exist.");
    }
    auto* const utc = icaltimezone_get_utc_timezone();
    if (time.is_date != 0 || icaltime_is_utc(time) != 0) {
        time.zone = utc;
        return time;
    }
    auto* const parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    if (parameter == nullptr) {
        return invalid("ics_floating_time", "The calendar file has a time without a time zone.");
    }
    auto* const zone = icalcomponent_get_timezone(calendar, icalparameter_get_tzid(parameter));
    if (zone == nullptr) {
        return invalid("ics_zone_missing",
            fmt::format("The calendar file does not define its time zone “{}”.",
                text::truncate_utf16(view(icalparameter_get_tzid(parameter)), 80)));
    }
    time.zone = zone;
    return time;
}

Timestamp to_timestamp(icaltimetype const& time)
{
    auto* const zone =
        const_cast<icaltimezone*>(time.zone); // The library's signature, it only reads.
    return { static_cast<std::int64_t>(icaltime_as_timet_with_zone(time, zone)) * 1'000'000 };
}

Result<std::vector<Timestamp>> read_moments(
    icalcomponent* event, icalproperty_kind kind, icalcomponent* calendar)
{
    std::vector<Timestamp> moments;
    for (auto* property = first_property(event, kind);
        property != nullptr && moments.size() < calendar_dates_max;
        property = icalcomponent_get_next_property(event, kind)) {
        moments.push_back(to_timestamp(TRY(zoned_time(property, calendar))));
    }
    return moments;
}

bool is_followable_rule(icalrecurrencetype const& rule)
{
    bool const repeats_by_day_or_slower = rule.freq == ICAL_DAILY_RECURRENCE
        || rule.freq == ICAL_WEEKLY_RECURRENCE || rule.freq == ICAL_MONTHLY_RECURRENCE
        || rule.freq == ICAL_YEARLY_RECURRENCE;
    bool const multiplies_times = rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX
        || rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX
        || rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX;
    return repeats_by_day_or_slower && !multiplies_times && rule.interval >= 1
        && rule.rscale == nullptr;
}

std::unexpected<Error> bad_rule()
{
    return invalid("ics_rule_invalid",
        "The recurrence rule cannot be used. Meetings repeat by days, "
        "weeks, months or years.");
}

Result<icalrecurrencetype> read_rule(std::string const& text)
{
    auto const rule = icalrecurrencetype_from_string(text.c_str());
    if (!is_followable_rule(rule)) {
        return bad_rule();
    }
    return rule;
}

Result<void> check_remarks(icalcomponent* event)
{
    for (auto* remark = first_property(event, ICAL_XLICERROR_PROPERTY); remark != nullptr;
        remark = icalcomponent_get_next_property(event, ICAL_XLICERROR_PROPERTY)) {
        auto const text = view(icalproperty_get_xlicerror(remark));
        for (std::string_view const name :
            { "DTSTART", "DTEND", "DURATION", "RDATE", "EXDATE", "RECURRENCE-ID", "DTSTAMP" }) {
            if (text.contains(fmt::format("in {} property", name))) {
                return invalid(
                    "ics_time_invalid", fmt::format("The calendar file's {} is no time.", name));
            }
        }
        if (text.contains("in RRULE property")) {
            return bad_rule();
        }
    }
    return {};
}

Result<Component> parse_component(std::string_view text)
{
    auto const prepared = TRY(prepare_calendar_text(text));
    Component calendar(icalparser_parse_string(prepared.c_str()));
    if (!calendar || icalcomponent_isa(calendar.get()) != ICAL_VCALENDAR_COMPONENT) {
        return invalid("ics_malformed", "This is not a calendar file.");
    }
    TRY(check_zones(calendar.get()));
    return calendar;
}

}
