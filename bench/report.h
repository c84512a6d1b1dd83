// What was measured: a table for people, JSON for comparing runs.
#pragma once

#include "core/result.h"

#include <optional>
#include <string>
#include <vector>

namespace cashline::bench {

enum class Better { higher, lower };

struct Figure {
    std::string row {}; // "create, 8 clients"
    std::string name {}; // "p99"
    double value {};
    std::string unit {};
    std::optional<double> target {}; // what acceptance asks for; none: reported only
    Better better { Better::higher };
};

class Report {
public:
    // Prints the figure as it is added.
    void add(std::string const& database, Figure figure);
    std::optional<double> value(std::string_view row, std::string_view name) const;
    bool reached_all() const;
    Result<void> write(std::string const& path) const;

private:
    struct Entry {
        std::string database {};
        Figure figure {};
    };
    std::vector<Entry> m_entries {};
    std::string m_last_row {};
};

bool is_reached(Figure const& figure);

}
