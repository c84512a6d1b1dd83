#include "bench/report.h"

#include "core/json.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>

namespace cashline::bench {

namespace {

std::string short_number(double value)
{
    return value >= 100 ? fmt::format("{:.0f}", value)
        : value >= 10   ? fmt::format("{:.1f}", value)
                        : fmt::format("{:.2f}", value);
}

}

bool is_reached(Figure const& figure)
{
    return !figure.target
        || (figure.better == Better::higher ? figure.value >= *figure.target
                                            : figure.value <= *figure.target);
}

void Report::add(std::string const& database, Figure figure)
{
    auto const title = database + ": " + figure.row;
    if (title != m_last_row) {
        std::printf("\n%s\n", title.c_str());
        m_last_row = title;
    }
    std::string target;
    if (figure.target) {
        target = fmt::format("{} {} {}", figure.better == Better::higher ? "at least" : "at most",
            short_number(*figure.target), is_reached(figure) ? "yes" : "NO");
    }
    std::printf("    %-34s %10s %-6s %s\n", figure.name.c_str(), short_number(figure.value).c_str(),
        figure.unit.c_str(), target.c_str());
    std::fflush(stdout);
    m_entries.push_back({ database, std::move(figure) });
}

std::optional<double> Report::value(std::string_view row, std::string_view name) const
{
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
        if (entry->figure.row == row && entry->figure.name == name) {
            return entry->figure.value;
        }
    }
    return std::nullopt;
}

bool Report::reached_all() const
{
    return std::ranges::all_of(
        m_entries, [](Entry const& entry) { return is_reached(entry.figure); });
}

Result<void> Report::write(std::string const& path) const
{
    std::string text;
    json::Writer writer(text);
    writer.begin_array();
    for (auto const& [database, figure] : m_entries) {
        writer.begin_object();
        writer.key("database").string(database).key("row").string(figure.row);
        writer.key("name").string(figure.name).key("unit").string(figure.unit);
        writer.key("value").raw(fmt::format("{:.3f}", figure.value));
        if (figure.target) {
            writer.key("target").raw(fmt::format("{:.3f}", *figure.target));
            writer.key("reached").boolean(is_reached(figure));
        }
        writer.end_object();
    }
    writer.end_array();
    std::ofstream file(path);
    file << text << "\n";
    file.close();
    return file ? Result<void> {} : internal("bench_unwritable", "Cannot write " + path + ".");
}

}
