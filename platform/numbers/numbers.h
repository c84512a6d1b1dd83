// Document numbers. A series is a row of cl_number_series: a pattern, the next number, per company
// where the series is. Numbers are drawn inside the unit that uses them, so a refused unit leaves
// no gap; on PostgreSQL the row of the series stays locked until the commit, which is why the
// pipeline draws as late as it can.
#pragma once

#include "platform/pipeline/unit.h"

namespace cashline::numbers {

struct PatternValues {
    std::int64_t sequence {};
    std::string random {}; // as many characters as random_length asks for
    Date date {};
    std::string company {};
};

// "QUO-{SEQ:5}-{RAND:6}", also {YEAR} and {COMPANY}. The sequence is padded with zeros, never cut.
std::string apply(std::string_view pattern, PatternValues const& values);
std::size_t random_length(std::string_view pattern);

// "number_series_missing" when there is no such series, neither for the company nor for all.
Result<std::string> draw(Unit& unit, std::string_view series, std::string_view company);
// "quote.quotenumber"
std::string series_of(Table const& table, Column const& column);
// At start for every numbered column, so that two processes do not make the same series.
Result<void> ensure_series(Unit& unit, std::string_view series, std::string_view pattern);
// From the series of the column, which is made with the column's pattern if it is missing.
Result<std::string> draw_for_column(
    Unit& unit, Table const& table, Column const& column, std::string_view company);

}
