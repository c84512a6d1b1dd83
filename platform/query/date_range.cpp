#include "platform/query/date_range.h"

#include "core/zones.h"

#include <array>

namespace cashline {

namespace {

constexpr std::int64_t microseconds_per_hour = 3'600'000'000;
constexpr std::int64_t microseconds_per_minute = 60'000'000;
// Beyond this a range leaves the calendar; nobody means it.
constexpr std::int64_t count_max = 100'000;

Boundary at(Date day) { return { .midnight = day }; }
Boundary at(Timestamp moment) { return { .moment = moment }; }

DateRange between(Boundary from, Boundary to) { return { from, to }; }
DateRange whole_days(Date from, Date to) { return { at(from), at(to) }; }

Date month_start(Date day) { return Date::of(day.year(), day.month(), 1); }
Date year_start(Date day) { return Date::of(day.year(), 1, 1); }
Date week_start(Date day) { return day.plus_days(-static_cast<std::int32_t>(day.weekday())); }

enum class Step : std::uint8_t { minute, hour, day, week, month, year };

Date moved(Date day, Step step, std::int32_t count)
{
    switch (step) {
    case Step::week:
        return day.plus_days(7 * count);
    case Step::month:
        return day.plus_months(count);
    case Step::year:
        return day.plus_months(12 * count);
    case Step::minute:
    case Step::hour:
    case Step::day:
        break;
    }
    return day.plus_days(count);
}

Timestamp floored(Timestamp moment, std::int64_t unit)
{
    auto const rest = moment.microseconds % unit;
    return { moment.microseconds - (rest < 0 ? rest + unit : rest) };
}

enum class Direction : std::uint8_t { last, next, older };

struct Counted {
    Operator op;
    Direction direction;
    Step step;
};

constexpr auto counted_operators = std::to_array<Counted>({
    { Operator::last_x_hours, Direction::last, Step::hour },
    { Operator::last_x_days, Direction::last, Step::day },
    { Operator::last_x_weeks, Direction::last, Step::week },
    { Operator::last_x_months, Direction::last, Step::month },
    { Operator::last_x_years, Direction::last, Step::year },
    { Operator::next_x_hours, Direction::next, Step::hour },
    { Operator::next_x_days, Direction::next, Step::day },
    { Operator::next_x_weeks, Direction::next, Step::week },
    { Operator::next_x_months, Direction::next, Step::month },
    { Operator::next_x_years, Direction::next, Step::year },
    { Operator::older_than_x_minutes, Direction::older, Step::minute },
    { Operator::older_than_x_hours, Direction::older, Step::hour },
    { Operator::older_than_x_days, Direction::older, Step::day },
    { Operator::older_than_x_weeks, Direction::older, Step::week },
    { Operator::older_than_x_months, Direction::older, Step::month },
    { Operator::older_than_x_years, Direction::older, Step::year },
});

Counted const* find_counted(Operator op)
{
    for (auto const& entry : counted_operators) {
        if (entry.op == op) {
            return &entry;
        }
    }
    return nullptr;
}

Result<DateRange> counted_range(
    Counted const& counted, Timestamp now, Date today, std::int64_t count)
{
    if (count < 1 || count > count_max) {
        return invalid(
            "QueryBuilderValue_GreaterThanZero", "The number of units must be 1 to 100,000.");
    }
    auto const n = static_cast<std::int32_t>(count);
    auto const unit =
        counted.step == Step::minute ? microseconds_per_minute : microseconds_per_hour;
    if (counted.step == Step::hour || counted.step == Step::minute) {
        auto const start = floored(now, unit).microseconds;
        switch (counted.direction) {
        case Direction::last:
            return between(at(Timestamp { start - n * unit }), at(now));
        case Direction::next:
            return between(at(now), at(Timestamp { start + (n + 1) * unit }));
        case Direction::older:
            return DateRange { .to = at(Timestamp { start - n * unit }) };
        }
    }
    switch (counted.direction) {
    case Direction::last:
        return between(at(moved(today, counted.step, -n)), at(now));
    case Direction::next:
        return between(at(now), at(moved(today.plus_days(1), counted.step, n)));
    case Direction::older:
        return DateRange { .to = at(moved(today, counted.step, -n)) };
    }
    std::unreachable();
}

// A calendar unit, so many units from the one that holds today.
struct Named {
    Operator op;
    Step step;
    std::int32_t offset;
};

constexpr auto named_operators = std::to_array<Named>({
    { Operator::yesterday, Step::day, -1 },
    { Operator::today, Step::day, 0 },
    { Operator::tomorrow, Step::day, 1 },
    { Operator::last_week, Step::week, -1 },
    { Operator::this_week, Step::week, 0 },
    { Operator::next_week, Step::week, 1 },
    { Operator::last_month, Step::month, -1 },
    { Operator::this_month, Step::month, 0 },
    { Operator::next_month, Step::month, 1 },
    { Operator::last_year, Step::year, -1 },
    { Operator::this_year, Step::year, 0 },
    { Operator::next_year, Step::year, 1 },
});

Date start_of(Step step, Date day)
{
    return step == Step::week ? week_start(day)
        : step == Step::month ? month_start(day)
        : step == Step::year  ? year_start(day)
                              : day;
}

std::optional<DateRange> named_range(Operator op, Timestamp now, Date today)
{
    if (op == Operator::last_seven_days) {
        return between(at(today.plus_days(-7)), at(now));
    }
    if (op == Operator::next_seven_days) {
        return between(at(now), at(today.plus_days(8)));
    }
    for (auto const& entry : named_operators) {
        if (entry.op == op) {
            auto const from = moved(start_of(entry.step, today), entry.step, entry.offset);
            return whole_days(from, moved(from, entry.step, 1));
        }
    }
    return std::nullopt;
}

bool takes_day(Operator op)
{
    return op == Operator::on || op == Operator::on_or_after || op == Operator::on_or_before;
}

}

bool is_date_operator(Operator op)
{
    return takes_day(op) || find_counted(op) || named_range(op, {}, {});
}

Result<DateRange> date_range(Operator op, Clock const& clock, std::int64_t count, Date day)
{
    if (op == Operator::on) {
        return whole_days(day, day.plus_days(1));
    }
    if (op == Operator::on_or_after) {
        return DateRange { .from = at(day) };
    }
    if (op == Operator::on_or_before) {
        return DateRange { .to = at(day.plus_days(1)) };
    }
    auto const today = TRY(zones::local_date(clock.now, clock.zone));
    if (auto const* counted = find_counted(op)) {
        return counted_range(*counted, clock.now, today, count);
    }
    if (auto const range = named_range(op, clock.now, today)) {
        return *range;
    }
    return internal("bad_query", "The operator is not one of dates.");
}

}
