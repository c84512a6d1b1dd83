#include "core/time.h"

#include "core/check.h"

#include <chrono>
#include <cstdio>

namespace cashline {

namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;
constexpr int year_min = 1753; // as Dataverse and SQL Server begin
constexpr int year_max = 9999;

std::chrono::year_month_day calendar(Date date)
{
    return std::chrono::sys_days { std::chrono::days { date.days } };
}

Date from_calendar(std::chrono::year_month_day const& day)
{
    return { static_cast<std::int32_t>(std::chrono::sys_days { day }.time_since_epoch().count()) };
}

// Takes exactly `count` digits from the front.
std::optional<int> take_digits(std::string_view& text, std::size_t count)
{
    if (text.size() < count) {
        return {};
    }
    int value = 0;
    for (auto const character : text.substr(0, count)) {
        if (character < '0' || character > '9') {
            return {};
        }
        value = value * 10 + (character - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char expected)
{
    if (!text.starts_with(expected)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& text)
{
    auto const year = take_digits(text, 4);
    if (!year || !take(text, '-')) {
        return {};
    }
    auto const month = take_digits(text, 2);
    if (!month || !take(text, '-')) {
        return {};
    }
    auto const day = take_digits(text, 2);
    if (!day || *year < year_min || *year > year_max) {
        return {};
    }
    auto const date = std::chrono::year { *year } / *month / *day;
    if (!date.ok()) {
        return {};
    }
    return from_calendar(date);
}

// hh:mm, within 0 to 23 and 0 to 59, in seconds.
std::optional<int> take_hours_and_minutes(std::string_view& text)
{
    auto const hours = take_digits(text, 2);
    if (!hours || *hours > 23 || !take(text, ':')) {
        return {};
    }
    auto const minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59) {
        return {};
    }
    return *hours * 3'600 + *minutes * 60;
}

// Fraction digits after the point; those below a microsecond are dropped.
std::optional<std::int64_t> take_fraction(std::string_view& text)
{
    std::int64_t microseconds = 0;
    std::int64_t place = 100'000;
    std::size_t digits = 0;
    while (auto const digit = take_digits(text, 1)) {
        microseconds += *digit * place;
        place /= 10;
        ++digits;
    }
    if (digits == 0 || digits > 12) {
        return {};
    }
    return microseconds;
}

std::optional<std::int64_t> take_time_of_day(std::string_view& text)
{
    auto const minutes = take_hours_and_minutes(text);
    if (!minutes) {
        return {};
    }
    auto microseconds = std::int64_t { *minutes } * 1'000'000;
    if (!take(text, ':')) {
        return microseconds;
    }
    auto const seconds = take_digits(text, 2);
    if (!seconds || *seconds > 59) {
        return {};
    }
    microseconds += std::int64_t { *seconds } * 1'000'000;
    if (!take(text, '.')) {
        return microseconds;
    }
    auto const fraction = take_fraction(text);
    if (!fraction) {
        return {};
    }
    return microseconds + *fraction;
}

// 'Z' or ±hh:mm, as seconds east of Greenwich; must end the text.
std::optional<int> take_offset(std::string_view& text)
{
    if (text == "Z" || text == "z") {
        return 0;
    }
    auto const east = text.starts_with('+');
    if (!east && !text.starts_with('-')) {
        return {};
    }
    text.remove_prefix(1);
    auto const seconds = take_hours_and_minutes(text);
    if (!seconds || !text.empty()) {
        return {};
    }
    return east ? *seconds : -*seconds;
}

std::string moment_text(Timestamp moment, bool with_microseconds)
{
    auto const day = moment.date_utc();
    auto const rest = moment.microseconds - Timestamp::at_midnight_utc(day).microseconds;
    auto const seconds = static_cast<int>(rest / 1'000'000);
    auto const fraction = static_cast<int>(rest % 1'000'000);
    char text[48] {};
    std::snprintf(
        text, sizeof text, "T%02d:%02d:%02d", seconds / 3'600, seconds / 60 % 60, seconds % 60);
    auto result = day.to_string() + text;
    if (with_microseconds) {
        std::snprintf(text, sizeof text, ".%06d", fraction);
        result += text;
    }
    return result + "Z";
}

}

std::optional<Date> Date::parse(std::string_view text)
{
    auto const date = take_date(text);
    if (!text.empty()) {
        return {};
    }
    return date;
}

Date Date::of(int year, unsigned month, unsigned day)
{
    auto const date = std::chrono::year { year } / static_cast<int>(month) / static_cast<int>(day);
    CHECK(date.ok());
    return from_calendar(date);
}

std::string Date::to_string() const
{
    char text[32] {};
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", year(), month(), day());
    return text;
}

int Date::year() const { return static_cast<int>(calendar(*this).year()); }

unsigned Date::month() const { return static_cast<unsigned>(calendar(*this).month()); }

unsigned Date::day() const { return static_cast<unsigned>(calendar(*this).day()); }

unsigned Date::weekday() const
{
    return std::chrono::weekday {
        std::chrono::sys_days { std::chrono::days { days } }
    }.c_encoding();
}

Date Date::plus_months(std::int32_t count) const
{
    auto const moved = calendar(*this) + std::chrono::months { count };
    if (moved.ok()) {
        return from_calendar(moved);
    }
    return from_calendar(moved.year() / moved.month() / std::chrono::last);
}

Date Date::end_of_month() const
{
    auto const date = calendar(*this);
    return from_calendar(date.year() / date.month() / std::chrono::last);
}

std::optional<Timestamp> Timestamp::parse(std::string_view text)
{
    auto const date = take_date(text);
    if (!date) {
        return {};
    }
    auto moment = at_midnight_utc(*date);
    if (text.empty()) {
        return moment;
    }
    if (!take(text, 'T') && !take(text, 't')) {
        return {};
    }
    auto const time = take_time_of_day(text);
    if (!time) {
        return {};
    }
    auto const offset = take_offset(text);
    if (!offset) {
        return {};
    }
    moment.microseconds += *time;
    return moment.plus_seconds(-*offset);
}

std::string Timestamp::to_string() const { return moment_text(*this, false); }

std::string Timestamp::to_string_microseconds() const { return moment_text(*this, true); }

Date Timestamp::date_utc() const
{
    auto days = microseconds / microseconds_per_day;
    if (microseconds % microseconds_per_day < 0) {
        --days;
    }
    return { static_cast<std::int32_t>(days) };
}

Timestamp Timestamp::at_midnight_utc(Date date) { return { date.days * microseconds_per_day }; }

}
