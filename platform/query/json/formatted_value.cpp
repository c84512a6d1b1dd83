#include "platform/query/json/formatted_value.h"

#include "core/text.h"
#include "core/zones.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

std::string yes_no_label(Column const& column, bool value)
{
    auto const* option = column.option(value ? 1 : 0);
    return option ? option->label : value ? "Yes" : "No";
}

// "1,9" → "Surfing; Climbing".
std::string labels(Column const& column, std::string_view stored)
{
    std::string result;
    for (auto const part : text::split(stored, ',')) {
        auto const number = Decimal::parse(part);
        auto const value = number ? number->to_scaled(0).value_or(-1) : -1;
        auto const* option = column.option(value);
        result += result.empty() ? "" : "; ";
        result += option ? option->label : std::string(part);
    }
    return result;
}

std::string duration(std::int64_t minutes)
{
    auto const text = [](std::int64_t count, char const* unit) {
        return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
    };
    if (minutes != 0 && minutes % 1440 == 0) {
        return text(minutes / 1440, "day");
    }
    if (minutes != 0 && minutes % 60 == 0) {
        return text(minutes / 60, "hour");
    }
    return text(minutes, "minute");
}

}

ValueFormatter::ValueFormatter(std::string_view locale, std::string_view zone) : m_zone(zone)
{
    auto const language = locale.substr(0, locale.find('-'));
    if (locale == "en-US") {
        m_order = DateOrder::month_first;
        m_half_days = true;
    } else if (language == "de") {
        m_date_separator = '.';
        m_group = '.';
        m_point = ',';
        m_symbol_last = true;
    } else if (language != "en" && !language.empty()) {
        m_order = DateOrder::year_first;
        m_date_separator = '-';
    }
}

std::string ValueFormatter::number(
    std::int64_t value, std::uint8_t scale, std::uint8_t decimals) const
{
    auto const is_negative = value < 0;
    // Negating the smallest number would overflow.
    auto const magnitude = is_negative ? std::uint64_t { 0 } - static_cast<std::uint64_t>(value)
                                       : static_cast<std::uint64_t>(value);
    auto digits = std::to_string(magnitude);
    if (digits.size() <= scale) {
        digits.insert(0, scale + 1 - digits.size(), '0');
    }
    auto fraction = digits.substr(digits.size() - scale);
    digits.resize(digits.size() - scale);
    while (fraction.size() > decimals && fraction.ends_with('0')) {
        fraction.pop_back();
    }
    fraction.resize(std::max<std::size_t>(fraction.size(), decimals), '0');
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, m_group);
    }
    auto result = (is_negative ? "-" : "") + digits;
    return fraction.empty() ? result : result + m_point + fraction;
}

std::string ValueFormatter::money(
    std::int64_t ten_thousandths, CurrencyFormat const& currency) const
{
    auto text = number(ten_thousandths, Amount::scale, currency.precision);
    if (currency.symbol.empty()) {
        return text;
    }
    if (m_symbol_last) {
        return text + " " + currency.symbol;
    }
    return text.starts_with('-') ? "-" + currency.symbol + text.substr(1) : currency.symbol + text;
}

std::string ValueFormatter::date(Date day) const
{
    switch (m_order) {
    case DateOrder::month_first:
        return fmt::format(
            "{}{}{}{}{}", day.month(), m_date_separator, day.day(), m_date_separator, day.year());
    case DateOrder::day_first:
        return fmt::format("{:02}{}{:02}{}{}", day.day(), m_date_separator, day.month(),
            m_date_separator, day.year());
    case DateOrder::year_first:
        return day.to_string();
    }
    std::unreachable();
}

std::string ValueFormatter::moment(Timestamp moment, DateBehavior behavior) const
{
    auto const zone = behavior == DateBehavior::user_local ? std::string_view(m_zone) : "UTC";
    auto const local = zones::local_text(moment, zone); // 2026-03-01 08:30
    auto const day = local ? Date::parse(std::string_view(*local).substr(0, 10)) : std::nullopt;
    if (!day) {
        return moment.to_string();
    }
    auto clock = local->substr(11, 5);
    if (m_half_days) {
        auto const hour = (clock[0] - '0') * 10 + (clock[1] - '0');
        clock = fmt::format(
            "{}{} {}", hour % 12 == 0 ? 12 : hour % 12, clock.substr(2), hour < 12 ? "AM" : "PM");
    }
    return date(*day) + " " + clock;
}

std::string ValueFormatter::format(Column const& column, SqlRow const& row, int at) const
{
    switch (column.type) {
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status: {
        auto const* option = column.option(row.integer(at));
        return option ? option->label : std::string {};
    }
    case ColumnType::choices:
        return labels(column, row.text(at));
    case ColumnType::yes_no:
        return yes_no_label(column, row.integer(at) != 0);
    case ColumnType::whole:
    case ColumnType::big:
        return column.format == "duration" ? duration(row.integer(at))
                                           : number(row.integer(at), 0, 0);
    case ColumnType::decimal:
        return number(row.integer(at), column.scale, std::min<std::uint8_t>(column.scale, 2));
    case ColumnType::money:
        return money(row.integer(at), {});
    case ColumnType::date:
        return date({ static_cast<std::int32_t>(row.integer(at)) });
    case ColumnType::date_time:
        return moment({ row.integer(at) }, column.behavior);
    case ColumnType::id:
    case ColumnType::text:
    case ColumnType::memo:
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::party_list:
    case ColumnType::file:
    case ColumnType::image:
        return {};
    }
    std::unreachable();
}

}
