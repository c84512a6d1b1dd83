#include "apps/integration/import/csv.h"

#include "core/text.h"

#include <algorithm>

namespace cashline::integration {

namespace {

class CSVReader {
public:
    explicit CSVReader(std::string_view text) : m_text(text)
    {
        if (m_text.starts_with("\xEF\xBB\xBF")) {
            m_text.remove_prefix(3);
        }
        auto const header = m_text.substr(0, m_text.find('\n'));
        m_separator = std::ranges::count(header, ';') > std::ranges::count(header, ',') ? ';' : ',';
    }

    bool at_end() const { return m_at >= m_text.size(); }
    std::int64_t line() const { return m_line; }

    Result<std::vector<std::string>> record()
    {
        std::vector<std::string> fields;
        for (;;) {
            fields.push_back(TRY(field()));
            if (at_end()) {
                return fields;
            }
            auto const ended_by = m_text[m_at++];
            if (ended_by == m_separator) {
                continue;
            }
            if (ended_by == '\r' && !at_end() && m_text[m_at] == '\n') {
                ++m_at;
            }
            ++m_line;
            return fields;
        }
    }

private:
    Result<std::string> field()
    {
        if (!at_end() && m_text[m_at] == '"') {
            return quoted();
        }
        auto const start = m_at;
        while (!at_end() && m_text[m_at] != m_separator && m_text[m_at] != '\n'
            && m_text[m_at] != '\r') {
            ++m_at;
        }
        return std::string(m_text.substr(start, m_at - start));
    }

    Result<std::string> quoted()
    {
        auto const opened_on = m_line;
        std::string value;
        ++m_at;
        while (!at_end()) {
            auto const letter = m_text[m_at++];
            if (letter == '"') {
                if (at_end() || m_text[m_at] != '"') {
                    return value;
                }
                ++m_at;
            }
            m_line += letter == '\n' ? 1 : 0;
            value += letter;
        }
        return invalid("csv_malformed",
            "The quote opened on line " + std::to_string(opened_on)
                + " is never closed: the file is torn.");
    }

    std::string_view m_text;
    std::size_t m_at {};
    std::int64_t m_line { 1 };
    char m_separator {};
};

}

std::int64_t CSVFile::position_of(std::string_view column) const
{
    auto const found = std::ranges::find(columns, column);
    return found == columns.end() ? -1 : found - columns.begin();
}

Result<CSVFile> parse_csv(std::string_view text)
{
    if (!text::is_valid_utf8(text)) {
        return invalid(
            "csv_malformed", "The file is not UTF-8 text. Save it as UTF-8 and try again.");
    }
    CSVReader reader(text);
    CSVFile file;
    if (reader.at_end()) {
        return invalid("csv_malformed", "The file is empty: the first line must name the columns.");
    }
    file.columns = TRY(reader.record());
    while (!reader.at_end()) {
        auto const line = reader.line();
        auto record = TRY(reader.record());
        if (record.size() == 1 && record.front().empty()) {
            continue; // A blank line, mostly the last one.
        }
        if (record.size() != file.columns.size()) {
            return invalid("csv_malformed",
                "Line " + std::to_string(line) + " has " + std::to_string(record.size())
                    + " fields, the header names " + std::to_string(file.columns.size()) + ".");
        }
        file.records.push_back(std::move(record));
    }
    return file;
}

}
