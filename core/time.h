// Moments and days. A Timestamp is UTC microseconds since 1970; a Date is days since 1970 without a
// zone. The clock itself lives in platform/environment; zone rules in core/zones.h.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cashline {

struct Date {
    std::int32_t days {}; // since 1970-01-01

    // yyyy-mm-dd, a real calendar day from 1753-01-01 to 9999-12-31; nothing else.
    static std::optional<Date> parse(std::string_view text);
    static Date of(int year, unsigned month, unsigned day);
    std::string to_string() const; // yyyy-mm-dd
    int year() const;
    unsigned month() const;
    unsigned day() const;
    unsigned weekday() const; // 0 Sunday … 6 Saturday
    Date plus_days(std::int32_t count) const { return { days + count }; }
    Date plus_months(std::int32_t count) const; // clamps to the month's last day
    Date end_of_month() const;

    auto operator<=>(Date const&) const = default;
};

struct Timestamp {
    std::int64_t microseconds {}; // since 1970-01-01T00:00:00Z

    // ISO 8601: date, 'T', time with optional seconds and fraction, 'Z' or an offset. A bare date
    // is midnight UTC.
    static std::optional<Timestamp> parse(std::string_view text);
    std::string to_string() const; // 2026-03-01T08:30:00Z, whole seconds (web-api.md 5, trap 35)
    std::string to_string_microseconds() const; // with six fraction digits, for journals and logs
    Date date_utc() const;
    static Timestamp at_midnight_utc(Date date);
    Timestamp plus_seconds(std::int64_t count) const
    {
        return { microseconds + count * 1'000'000 };
    }

    auto operator<=>(Timestamp const&) const = default;
};

}
