#include "platform/query/operators.h"

#include "core/check.h"

#include <array>

namespace cashline {

namespace {

using enum Operator;

// In the order of the enumeration; checked below.
constexpr auto table = std::to_array<OperatorInfo>({
    { equal, "eq", "", Operands::one, false },
    { not_equal, "ne", "", Operands::one, true },
    { less, "lt", "", Operands::one, false },
    { less_or_equal, "le", "", Operands::one, false },
    { greater, "gt", "", Operands::one, false },
    { greater_or_equal, "ge", "", Operands::one, false },
    { in, "in", "In", Operands::many, false },
    { not_in, "not-in", "NotIn", Operands::many, true },
    { between, "between", "Between", Operands::two, false },
    { not_between, "not-between", "NotBetween", Operands::two, true },
    { is_null, "null", "", Operands::none, false },
    { is_not_null, "not-null", "", Operands::none, false },
    { contains, "contains", "", Operands::one, false },
    { not_contains, "not-contains", "", Operands::one, true },
    { begins_with, "begins-with", "", Operands::one, false },
    { not_begins_with, "not-begin-with", "", Operands::one, true },
    { ends_with, "ends-with", "", Operands::one, false },
    { not_ends_with, "not-end-with", "", Operands::one, true },
    { like, "like", "", Operands::one, false },
    { not_like, "not-like", "", Operands::one, true },
    { equal_user, "eq-userid", "EqualUserId", Operands::none, false },
    { not_equal_user, "ne-userid", "NotEqualUserId", Operands::none, true },
    { equal_business_unit, "eq-businessid", "EqualBusinessId", Operands::none, false },
    { not_equal_business_unit, "ne-businessid", "NotEqualBusinessId", Operands::none, true },
    { equal_user_teams, "eq-userteams", "EqualUserTeams", Operands::none, false },
    { equal_user_or_teams, "eq-useroruserteams", "EqualUserOrUserTeams", Operands::none, false },
    { on, "on", "On", Operands::one, false },
    { on_or_after, "on-or-after", "OnOrAfter", Operands::one, false },
    { on_or_before, "on-or-before", "OnOrBefore", Operands::one, false },
    { today, "today", "Today", Operands::none, false },
    { yesterday, "yesterday", "Yesterday", Operands::none, false },
    { tomorrow, "tomorrow", "Tomorrow", Operands::none, false },
    { last_seven_days, "last-seven-days", "Last7Days", Operands::none, false },
    { next_seven_days, "next-seven-days", "Next7Days", Operands::none, false },
    { last_x_hours, "last-x-hours", "LastXHours", Operands::one, false },
    { last_x_days, "last-x-days", "LastXDays", Operands::one, false },
    { last_x_weeks, "last-x-weeks", "LastXWeeks", Operands::one, false },
    { last_x_months, "last-x-months", "LastXMonths", Operands::one, false },
    { last_x_years, "last-x-years", "LastXYears", Operands::one, false },
    { next_x_hours, "next-x-hours", "NextXHours", Operands::one, false },
    { next_x_days, "next-x-days", "NextXDays", Operands::one, false },
    { next_x_weeks, "next-x-weeks", "NextXWeeks", Operands::one, false },
    { next_x_months, "next-x-months", "NextXMonths", Operands::one, false },
    { next_x_years, "next-x-years", "NextXYears", Operands::one, false },
    { older_than_x_minutes, "olderthan-x-minutes", "OlderThanXMinutes", Operands::one, false },
    { older_than_x_hours, "olderthan-x-hours", "OlderThanXHours", Operands::one, false },
    { older_than_x_days, "olderthan-x-days", "OlderThanXDays", Operands::one, false },
    { older_than_x_weeks, "olderthan-x-weeks", "OlderThanXWeeks", Operands::one, false },
    { older_than_x_months, "olderthan-x-months", "OlderThanXMonths", Operands::one, false },
    { older_than_x_years, "olderthan-x-years", "OlderThanXYears", Operands::one, false },
    { this_week, "this-week", "ThisWeek", Operands::none, false },
    { this_month, "this-month", "ThisMonth", Operands::none, false },
    { this_year, "this-year", "ThisYear", Operands::none, false },
    { last_week, "last-week", "LastWeek", Operands::none, false },
    { last_month, "last-month", "LastMonth", Operands::none, false },
    { last_year, "last-year", "LastYear", Operands::none, false },
    { next_week, "next-week", "NextWeek", Operands::none, false },
    { next_month, "next-month", "NextMonth", Operands::none, false },
    { next_year, "next-year", "NextYear", Operands::none, false },
    { above, "above", "Above", Operands::one, false },
    { above_or_equal, "eq-or-above", "AboveOrEqual", Operands::one, false },
    { under, "under", "Under", Operands::one, false },
    { under_or_equal, "eq-or-under", "UnderOrEqual", Operands::one, false },
    { not_under, "not-under", "NotUnder", Operands::one, true },
    { contain_values, "contain-values", "ContainValues", Operands::many, false },
    { not_contain_values, "not-contain-values", "DoesNotContainValues", Operands::many, true },
});

constexpr bool is_in_order()
{
    for (std::size_t index = 0; index < table.size(); ++index) {
        if (static_cast<std::size_t>(table[index].op) != index) {
            return false;
        }
    }
    return true;
}
static_assert(is_in_order());
static_assert(table.back().op == not_contain_values);

}

OperatorInfo const& operator_info(Operator op)
{
    CHECK(static_cast<std::size_t>(op) < table.size());
    return table[static_cast<std::size_t>(op)];
}

std::string_view operator_name(Operator op) { return operator_info(op).name; }

std::optional<Operator> find_operator(std::string_view fetch_xml_name)
{
    if (fetch_xml_name == "neq") {
        return not_equal; // the old spelling, still sent
    }
    for (auto const& entry : table) {
        // contains and its negation are OData's; FetchXML writes them with like.
        if (entry.name == fetch_xml_name && entry.op != Operator::contains
            && entry.op != Operator::not_contains) {
            return entry.op;
        }
    }
    return std::nullopt;
}

std::optional<Operator> find_query_function(std::string_view function)
{
    for (auto const& entry : table) {
        if (!entry.function.empty() && entry.function == function) {
            return entry.op;
        }
    }
    return std::nullopt;
}

}
