// What a client may find of one thing it wrote, whatever happened to the server since: exactly the
// last state that was acknowledged, or one of those whose answer never came. A probe reads the
// thing back as text, so that a row, a pair of rows and a whole deal are believed in alike.
#pragma once

#include "tests/load/web_api.h"

#include <functional>
#include <set>
#include <string>

namespace cashline::faults {

inline constexpr char const* absent = "absent";

// An error when the server gave no answer that says anything.
using Probe = std::function<Result<std::string>(load::WebAPI&)>;

class Belief {
public:
    Belief(std::string name, std::string state, Probe probe);

    void acknowledged(std::string state) { m_possible = { std::move(state) }; }
    void in_doubt(std::string state) { m_possible.insert(std::move(state)); }
    // What went wrong; empty when nothing did. Afterwards what was found is believed.
    std::string check(load::WebAPI& api);
    // Only after a check: what was found.
    std::string const& state() const { return *m_possible.begin(); }

private:
    std::string m_name;
    std::set<std::string> m_possible;
    Probe m_probe;
};

// The text of one column; `absent` when there is no such row.
Result<std::string> column_of(
    load::WebAPI& api, std::string const& path, std::string const& column);
// The rows of a list as they were answered; blanks in the query are encoded.
Result<json::Array> rows_of(load::WebAPI& api, std::string const& query);
// A number, text or flag of JSON in one notation.
std::string plain_text(json::Value const* value);

}
