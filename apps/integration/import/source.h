// The files of an import and one record of them with what is joined to it.
#pragma once

#include "apps/integration/import/csv.h"
#include "apps/integration/import/expression.h"
#include "core/json.h"

#include <functional>
#include <map>
#include <unordered_map>

namespace cashline::integration {

// Reads a file of the import by its name; "import_file_missing" when it is not there.
using ReadFile = std::function<Result<std::string>(std::string const& name)>;

class Source {
public:
    explicit Source(ReadFile read) : m_read(std::move(read)) { }

    Result<CSVFile const*> file(std::string const& name);
    // Records that a recipe writes itself, under a name of their own.
    Result<CSVFile const*> written(std::string const& name, json::Array const& rows);
    // Positions of the records whose column has this value, in the order of the file.
    Result<std::vector<std::size_t> const*> records_with(
        std::string const& name, std::string const& column, std::string const& value);

private:
    struct Loaded {
        CSVFile file {};
        std::map<std::string, std::unordered_map<std::string, std::vector<std::size_t>>> indexes {};
    };
    Result<Loaded*> load(std::string const& name);

    ReadFile m_read;
    std::map<std::string, Loaded> m_files {};
};

class SourceRecord {
public:
    SourceRecord(CSVFile const& file, std::size_t position)
        : m_file(&file)
        , m_position(position) { }

    Result<void> join(Source& source, json::Array const& joins);
    // "Name" of the record itself, "Alias.Name" of a joined one; empty where the join found
    // nothing.
    Result<std::string> field(std::string_view name) const;
    // "AW-C{ProductCategoryID}"
    Result<std::string> fill(std::string_view pattern) const;
    // Σ each over the records of another file that share a column's value with this one.
    Result<Decimal> sum(Source& source, json::Value const& definition) const;
    // "Column: value" lines of everything the source said.
    std::string as_text() const;
    std::size_t position() const { return m_position; }

private:
    CSVFile const* m_file;
    std::size_t m_position;
    std::map<std::string, std::pair<CSVFile const*, std::optional<std::size_t>>, std::less<>>
        m_joined {};
};

}
