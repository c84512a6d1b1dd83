#include "apps/insights/analysis/due_dates.h"

#include "apps/insights/analysis/conversation.h"

#include <algorithm>
#include <array>

namespace cashline::insights {

namespace {

constexpr std::array<std::string_view, 7> weekdays { "sunday", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday" };
constexpr std::array<std::string_view, 12> months { "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december" };
constexpr std::array<std::string_view, 13> numbers { "zero", "one", "two", "three", "four", "five",
    "six", "seven", "eight", "nine", "ten", "eleven", "twelve" };
constexpr unsigned friday = 5;

template<class Array>
std::optional<int> place_in(Array const& list, std::string_view word)
{
    auto const found = std::ranges::find(list, word);
    return found == list.end() ? std::nullopt
                               : std::optional { static_cast<int>(found - list.begin()) };
}

std::optional<int> number_of(std::string_view word)
{
    if (word == "a" || word == "an") {
        return 1;
    }
    if (auto const named = place_in(numbers, word)) {
        return named;
    }
    auto const ordinal = word.size() > 2
            && (word.ends_with("st") || word.ends_with("nd") || word.ends_with("rd")
                || word.ends_with("th"))
        ? word.substr(0, word.size() - 2)
        : word;
    if (ordinal.empty() || ordinal.size() > 3
        || !std::ranges::all_of(ordinal, [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    int value = 0;
    for (auto const c : ordinal) {
        value = value * 10 + (c - '0');
    }
    return value;
}

Date monday_of(Date day)
{
    return day.plus_days(-static_cast<std::int32_t>((day.weekday() + 6) % 7));
}
Date friday_of(Date day) { return monday_of(day).plus_days(friday - 1); }

Date coming(Date today, int weekday)
{
    auto const ahead = (weekday - static_cast<int>(today.weekday()) + 7) % 7;
    return today.plus_days(ahead == 0 ? 7 : ahead);
}

Date in_next_week(Date today, int weekday)
{
    return monday_of(today).plus_days(7 + (weekday + 6) % 7);
}

Date quarter_end(Date today, int quarter)
{
    auto const end_in = [&](int year) {
        return Date::of(year, static_cast<unsigned>(quarter * 3), 1).end_of_month();
    };
    auto const this_year = end_in(today.year());
    return this_year >= today ? this_year : end_in(today.year() + 1);
}

std::optional<Date> day_of_month(Date today, int month, int day)
{
    if (day < 1 || day > 31) {
        return std::nullopt;
    }
    for (auto const year : { today.year(), today.year() + 1 }) {
        auto const first = Date::of(year, static_cast<unsigned>(month + 1), 1);
        auto const date = first.plus_days(day - 1);
        if (date > first.end_of_month()) {
            return std::nullopt;
        }
        if (date >= today) {
            return date;
        }
    }
    return std::nullopt;
}

struct Found {
    std::size_t count {}; // words
    Date date {};
};

// Words from a place on, with "" beyond the end.
class Words {
public:
    Words(std::vector<std::string> const& words, std::size_t at) : m_words(words), m_at(at) { }
    std::string_view operator[](std::size_t i) const
    {
        return m_at + i < m_words.size() ? std::string_view(m_words[m_at + i])
                                         : std::string_view {};
    }

private:
    std::vector<std::string> const& m_words;
    std::size_t m_at;
};

std::optional<Found> relative_day(Words const& words, Date today)
{
    if (words[0] == "today") {
        return Found { 1, today };
    }
    if (words[0] == "tomorrow") {
        return Found { 1, today.plus_days(1) };
    }
    if (words[0] == "day" && words[1] == "after" && words[2] == "tomorrow") {
        return Found { 3, today.plus_days(2) };
    }
    auto const is_next = words[0] == "next";
    auto const is_this = words[0] == "this";
    auto const weekday = place_in(weekdays, words[is_next || is_this ? 1 : 0]);
    if (weekday) {
        return Found { is_next || is_this ? 2U : 1U,
            is_next ? in_next_week(today, *weekday) : coming(today, *weekday) };
    }
    if (!is_next && !is_this) {
        return std::nullopt;
    }
    if (words[1] == "week") {
        return Found { 2, friday_of(is_next ? today.plus_days(7) : today) };
    }
    if (words[1] == "month") {
        return Found { 2, (is_next ? today.plus_months(1) : today).end_of_month() };
    }
    return std::nullopt;
}

// "end of the week", "end of next month", "end of Q1", "end of the year", "end of May".
std::optional<Found> end_of_something(Words const& words, Date today)
{
    if (words[0] != "end" || words[1] != "of") {
        return std::nullopt;
    }
    std::size_t at = 2;
    auto is_next = false;
    for (; words[at] == "the" || words[at] == "this" || words[at] == "next" || words[at] == "your";
        ++at) {
        is_next = is_next || words[at] == "next";
    }
    auto const what = words[at];
    if (what == "day") {
        return Found { at + 1, today };
    }
    if (what == "week") {
        return Found { at + 1, friday_of(is_next ? today.plus_days(7) : today) };
    }
    if (what == "month") {
        return Found { at + 1, (is_next ? today.plus_months(1) : today).end_of_month() };
    }
    if (what == "year") {
        return Found { at + 1, Date::of(today.year() + (is_next ? 1 : 0), 12, 31) };
    }
    if (what == "quarter") {
        auto const quarter = static_cast<int>((today.plus_months(is_next ? 3 : 0).month() + 2) / 3);
        return Found { at + 1, quarter_end(today, quarter) };
    }
    if (what.size() == 2 && what[0] == 'q' && what[1] >= '1' && what[1] <= '4') {
        return Found { at + 1, quarter_end(today, what[1] - '0') };
    }
    if (auto const month = place_in(months, what)) {
        auto const day = day_of_month(today, *month, 1);
        auto const this_year =
            Date::of(today.year(), static_cast<unsigned>(*month + 1), 1).end_of_month();
        return Found { at + 1,
            this_year >= today ? this_year : day.value_or(today).end_of_month() };
    }
    return std::nullopt;
}

std::optional<Found> in_some_time(Words const& words, Date today)
{
    auto const is_within = words[0] == "in" || words[0] == "within";
    auto const is_next = words[0] == "next"; // "the next two weeks"
    auto const count = is_within || is_next ? number_of(words[1]) : std::nullopt;
    if (!count) {
        return std::nullopt;
    }
    auto const unit = words[2];
    if (unit == "day" || unit == "days") {
        return Found { 3, today.plus_days(*count) };
    }
    if (unit == "week" || unit == "weeks") {
        return Found { 3, today.plus_days(*count * 7) };
    }
    if (unit == "month" || unit == "months") {
        return Found { 3, today.plus_months(*count) };
    }
    return std::nullopt;
}

// "May 15", "May 15th", "15 May", "15th of May". "may" alone is a verb.
std::optional<Found> calendar_day(Words const& words, Date today)
{
    if (auto const month = place_in(months, words[0])) {
        auto const day = number_of(words[1]);
        auto const is_number = !words[1].empty() && words[1][0] >= '0' && words[1][0] <= '9';
        auto const date = day && is_number ? day_of_month(today, *month, *day) : std::nullopt;
        return date ? std::optional { Found { 2, *date } } : std::nullopt;
    }
    auto const is_number = !words[0].empty() && words[0][0] >= '0' && words[0][0] <= '9';
    auto const day = is_number ? number_of(words[0]) : std::nullopt;
    std::size_t const at = words[1] == "of" ? 2 : 1;
    auto const month = place_in(months, words[at]);
    if (!day || !month) {
        return std::nullopt;
    }
    auto const date = day_of_month(today, *month, *day);
    return date ? std::optional { Found { at + 1, *date } } : std::nullopt;
}

}

std::optional<DatePhrase> find_date_phrase(std::string_view sentence, Date today)
{
    auto const words = words_of(sentence);
    for (std::size_t at = 0; at < words.size(); ++at) {
        for (auto const rule : { relative_day, end_of_something, in_some_time, calendar_day }) {
            if (auto const found = rule(Words { words, at }, today)) {
                std::string text = words[at];
                for (std::size_t i = 1; i < found->count; ++i) {
                    text += " " + words[at + i];
                }
                return DatePhrase { std::move(text), found->date };
            }
        }
        if (auto const date = Date::parse(words[at])) {
            return DatePhrase { words[at], *date };
        }
    }
    return std::nullopt;
}

}
