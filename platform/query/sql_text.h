// Small helpers for writing SQL text: quoted names, and parameters that own what they point at.
// Statements are written with ?1 ?2 …, so that one parameter may stand in several places.
#pragma once

#include "platform/store/sql.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace cashline {

// "name", for table and column names; they come from the metadata, yet a name may be a word of SQL.
std::string quoted(std::string_view name);
void append_quoted(std::string& out, std::string_view name);
// alias."name"
std::string column_of(std::string_view alias, std::string_view name);
// Parts joined by a separator; each in brackets when there are several and `bracketed` is on.
std::string joined(std::vector<std::string> const& parts, std::string_view separator);

class Parameters {
public:
    Parameters() = default;
    Parameters(Parameters&&) = default;
    Parameters& operator=(Parameters&&) = default;

    // The placeholder, e.g. "?3".
    std::string add(std::int64_t);
    std::string add(Id);
    std::string add(std::string text);
    std::string add_all(std::vector<Id> const& ids); // "?1, ?2, ?3"

    std::span<SqlValue const> values() const { return m_values; }

private:
    std::string placeholder(SqlValue value);

    std::deque<std::string>
        m_texts {}; // a deque: views into it stay valid while it grows and moves
    std::vector<SqlValue> m_values {};
};

}
