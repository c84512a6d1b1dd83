#include "core/zones.h"

#define USE_OS_TZDB 1
#include <date/tz.h>

namespace cashline::zones {

namespace {

using Moment = date::sys_time<std::chrono::microseconds>;

// The zone library throws for an unknown name; nobody else shall notice.
date::time_zone const* find_zone(std::string_view zone)
{
    try {
        return date::locate_zone(std::string(zone));
    } catch (std::exception const&) {
        return nullptr;
    }
}

Refusal unknown(std::string_view zone)
{
    return invalid("time_zone_unknown", "There is no time zone \"" + std::string(zone) + "\".");
}

Moment moment_of(Timestamp moment)
{
    return Moment { std::chrono::microseconds { moment.microseconds } };
}

// A local time inside a gap becomes the moment after the gap, a repeated one its first occurrence.
Timestamp resolve(date::time_zone const& zone, date::local_time<std::chrono::microseconds> local)
{
    auto const info = zone.get_info(local);
    if (info.result == date::local_info::nonexistent) {
        auto const end = date::sys_time<std::chrono::microseconds> { info.first.end };
        return { end.time_since_epoch().count() };
    }
    return { (local.time_since_epoch() - info.first.offset).count() };
}

}

bool exists(std::string_view zone) { return find_zone(zone) != nullptr; }

Result<Date> local_date(Timestamp moment, std::string_view zone)
{
    auto const* const found = find_zone(zone);
    if (!found) {
        return unknown(zone);
    }
    auto const local = found->to_local(moment_of(moment));
    return Timestamp { local.time_since_epoch().count() }.date_utc();
}

Result<Timestamp> start_of_local_day(Date day, std::string_view zone)
{
    auto const* const found = find_zone(zone);
    if (!found) {
        return unknown(zone);
    }
    return resolve(*found, date::local_days { date::days { day.days } });
}

Result<std::string> local_text(Timestamp moment, std::string_view zone)
{
    auto const* const found = find_zone(zone);
    if (!found) {
        return unknown(zone);
    }
    auto const local = found->to_local(moment_of(moment));
    auto text = Timestamp { local.time_since_epoch().count() }.to_string().substr(0, 16);
    text[10] = ' ';
    return text;
}

Result<Timestamp> from_local(std::string_view local_time, std::string_view zone)
{
    auto const* const found = find_zone(zone);
    if (!found) {
        return unknown(zone);
    }
    auto const wall_clock = Timestamp::parse(std::string(local_time) + "Z");
    if (!wall_clock) {
        return invalid("time_malformed",
            "A local time is written like 2026-03-01T08:30:00, without an offset.");
    }
    auto const since_epoch = std::chrono::microseconds { wall_clock->microseconds };
    return resolve(*found, date::local_time<std::chrono::microseconds> { since_epoch });
}

}
