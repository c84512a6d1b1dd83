#include "core/check.h"
#include "core/time.h"
#include "core/zones.h"

#include <gtest/gtest.h>

namespace cashline {

namespace {

std::string moment(std::string_view text)
{
    auto const parsed = Timestamp::parse(text);
    return parsed ? parsed->to_string_microseconds() : "refused";
}

}

TEST(Date, reads_real_days_only)
{
    EXPECT_EQ(Date::parse("1970-01-01")->days, 0);
    EXPECT_EQ(Date::parse("2024-02-29")->to_string(), "2024-02-29");
    EXPECT_EQ(Date::parse("1753-01-01")->to_string(), "1753-01-01");
    EXPECT_EQ(Date::parse("9999-12-31")->to_string(), "9999-12-31");
    for (auto const* const text : { "", "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1",
             "1752-12-31", "10000-01-01", "2024-01-01T00:00:00Z", " 2024-01-01", "20240101" }) {
        EXPECT_FALSE(Date::parse(text)) << text;
    }
}

TEST(Date, knows_the_calendar)
{
    auto const date = Date::of(2026, 3, 1);
    EXPECT_EQ(date.year(), 2026);
    EXPECT_EQ(date.month(), 3U);
    EXPECT_EQ(date.day(), 1U);
    EXPECT_EQ(date.weekday(), 0U); // a Sunday
    EXPECT_EQ(date.plus_days(-1).to_string(), "2026-02-28");
    EXPECT_EQ(date.end_of_month().to_string(), "2026-03-31");
    EXPECT_THROW(Date::of(2026, 2, 30), CheckFailed);
}

TEST(Date, adds_months_up_to_the_last_day)
{
    EXPECT_EQ(Date::of(2024, 1, 31).plus_months(1).to_string(), "2024-02-29");
    EXPECT_EQ(Date::of(2024, 3, 31).plus_months(-13).to_string(), "2023-02-28");
    EXPECT_EQ(Date::of(2024, 12, 15).plus_months(1).to_string(), "2025-01-15");
}

TEST(Timestamp, reads_offsets_and_fractions)
{
    EXPECT_EQ(moment("2026-03-01T08:30:00Z"), "2026-03-01T08:30:00.000000Z");
    EXPECT_EQ(moment("2026-03-01T08:30Z"), "2026-03-01T08:30:00.000000Z");
    EXPECT_EQ(moment("2026-03-01"), "2026-03-01T00:00:00.000000Z");
    EXPECT_EQ(moment("2026-03-01T00:30:00+02:00"), "2026-02-28T22:30:00.000000Z");
    EXPECT_EQ(moment("2026-03-01T08:30:00.5-05:30"), "2026-03-01T14:00:00.500000Z");
    EXPECT_EQ(moment("2026-03-01T08:30:00.1234567Z"), "2026-03-01T08:30:00.123456Z");
    EXPECT_EQ(moment("1815-06-18T11:35:59.25z"), "1815-06-18T11:35:59.250000Z");
}

TEST(Timestamp, refuses_what_is_no_moment)
{
    for (auto const* const text :
        { "", "2026-03-01T", "2026-03-01T08:30:00", "2026-03-01T24:00:00Z", "2026-03-01T08:60:00Z",
            "2026-03-01T08:30:60Z", "2026-03-01T08:30:00.Z", "2026-03-01T8:30:00Z",
            "2026-03-01 08:30:00Z", "2026-03-01T08:30:00+2:00", "2026-03-01T08:30:00ZZ",
            "2026-02-30T08:30:00Z", "2026-03-01T08:30:00+02:00x" }) {
        EXPECT_EQ(moment(text), "refused") << text;
    }
}

TEST(Timestamp, prints_whole_seconds_for_callers)
{
    EXPECT_EQ(Timestamp { 1'999'999 }.to_string(), "1970-01-01T00:00:01Z");
    EXPECT_EQ(Timestamp { -1 }.to_string(), "1969-12-31T23:59:59Z");
    EXPECT_EQ(Timestamp { -1 }.date_utc().to_string(), "1969-12-31");
    EXPECT_EQ(Timestamp::at_midnight_utc(Date::of(2026, 3, 1)).to_string(), "2026-03-01T00:00:00Z");
}

TEST(Zones, know_local_days)
{
    auto const late = Timestamp::parse("2026-06-30T22:30:00Z").value();
    EXPECT_EQ(zones::local_date(late, "Europe/Berlin").value().to_string(), "2026-07-01");
    EXPECT_EQ(zones::local_date(late, "America/Los_Angeles").value().to_string(), "2026-06-30");
    EXPECT_EQ(zones::local_text(late, "Europe/Berlin").value(), "2026-07-01 00:30");
    EXPECT_EQ(zones::start_of_local_day(Date::of(2026, 7, 1), "Europe/Berlin").value().to_string(),
        "2026-06-30T22:00:00Z");
}

TEST(Zones, handle_hours_that_are_skipped_or_repeated)
{
    // Clocks in Berlin went from 02:00 to 03:00 on this day.
    EXPECT_EQ(zones::from_local("2026-03-29T02:30:00", "Europe/Berlin").value().to_string(),
        "2026-03-29T01:00:00Z");
    // And from 03:00 back to 02:00 on this one: the first of the two.
    EXPECT_EQ(zones::from_local("2026-10-25T02:30:00", "Europe/Berlin").value().to_string(),
        "2026-10-25T00:30:00Z");
    // Santiago skips midnight itself.
    EXPECT_EQ(
        zones::start_of_local_day(Date::of(2024, 9, 8), "America/Santiago").value().to_string(),
        "2024-09-08T04:00:00Z");
}

TEST(Zones, refuse_unknown_names_and_malformed_times)
{
    EXPECT_TRUE(zones::exists("Europe/Berlin"));
    for (auto const* const zone : { "", "Europe/Atlantis", "../etc/passwd", "berlin" }) {
        EXPECT_FALSE(zones::exists(zone)) << zone;
        EXPECT_EQ(zones::local_date({}, zone).error().code, "time_zone_unknown");
    }
    EXPECT_EQ(zones::from_local("2026-03-29T02:30:00Z", "UTC").error().code, "time_malformed");
    EXPECT_EQ(zones::from_local("tomorrow", "UTC").error().code, "time_malformed");
}

}
