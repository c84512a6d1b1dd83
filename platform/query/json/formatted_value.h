// Values as people of the caller's language read them: labels, grouped numbers, money with its
// symbol, dates in his zone.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/store/sql.h"

namespace cashline {

struct CurrencyFormat {
    std::string symbol {};
    std::uint8_t precision { 2 };
};

class ValueFormatter {
public:
    ValueFormatter(std::string_view locale, std::string_view zone);

    // Of every type but lookups, whose text is the target's name. Empty when the type has no
    // formatted value.
    std::string format(Column const&, SqlRow const&, int at) const;
    // Grouped digits; at least `decimals` behind the point, more only as far as they are not zero.
    std::string number(std::int64_t value, std::uint8_t scale, std::uint8_t decimals) const;
    std::string money(std::int64_t ten_thousandths, CurrencyFormat const&) const;
    std::string date(Date) const;
    std::string moment(Timestamp, DateBehavior) const;

private:
    enum class DateOrder : std::uint8_t { day_first, month_first, year_first };

    std::string m_zone;
    DateOrder m_order {};
    char m_date_separator { '/' };
    char m_group { ',' };
    char m_point { '.' };
    bool m_symbol_last {};
    bool m_half_days {}; // 9:30 AM
};

}
