#include "apps/integration/import/source.h"

#include "core/text.h"

namespace cashline::integration {

namespace {

std::vector<std::size_t> const no_records {};

Refusal unknown_field(std::string_view name)
{
    return invalid("import_unknown_field",
        "The recipe reads '" + std::string(name)
            + "', which the file does not have. Is this the right file?",
        name);
}

bool fits(CSVFile const& file, std::size_t record, json::Object const& wanted)
{
    for (auto const& [column, value] : wanted) {
        auto const position = file.position_of(column);
        auto const* text = value.as_string();
        if (position < 0 || !text
            || text::trim(file.records[record][static_cast<std::size_t>(position)]) != *text) {
            return false;
        }
    }
    return true;
}

// The first that fits `where`, one that also fits `prefer` before the others.
std::optional<std::size_t> choose(
    CSVFile const& file, std::vector<std::size_t> const& found, json::Value const& join)
{
    std::optional<std::size_t> chosen;
    for (auto const record : found) {
        if (!fits(file, record, join.object("where"))) {
            continue;
        }
        if (fits(file, record, join.object("prefer"))) {
            return record;
        }
        chosen = chosen ? chosen : std::optional(record);
    }
    return chosen;
}

}

Result<Source::Loaded*> Source::load(std::string const& name)
{
    auto const known = m_files.find(name);
    if (known != m_files.end()) {
        return &known->second;
    }
    auto file = parse_csv(TRY(m_read(name)));
    if (!file) {
        file.error().text = name + ": " + file.error().text;
        return std::unexpected(file.error());
    }
    return &m_files.emplace(name, Loaded { .file = std::move(*file) }).first->second;
}

Result<CSVFile const*> Source::file(std::string const& name) { return &TRY(load(name))->file; }

Result<CSVFile const*> Source::written(std::string const& name, json::Array const& rows)
{
    auto const known = m_files.find(name);
    if (known != m_files.end()) {
        return &known->second.file;
    }
    CSVFile file;
    for (auto const& row : rows) {
        std::vector<std::string> record(file.columns.size());
        for (auto const& [column, value] : *row.as_object()) {
            if (file.position_of(column) < 0) {
                file.columns.push_back(column);
                record.emplace_back();
            }
            auto const position = static_cast<std::size_t>(file.position_of(column));
            record[position] = *value.as_string();
        }
        file.records.push_back(std::move(record));
    }
    for (auto& record : file.records) {
        record.resize(file.columns.size());
    }
    return &m_files.emplace(name, Loaded { .file = std::move(file) }).first->second.file;
}

Result<std::vector<std::size_t> const*> Source::records_with(
    std::string const& name, std::string const& column, std::string const& value)
{
    auto& loaded = *TRY(load(name));
    auto const position = loaded.file.position_of(column);
    if (position < 0) {
        return unknown_field(name + "." + column);
    }
    auto [index, is_new] = loaded.indexes.try_emplace(column);
    if (is_new) {
        for (std::size_t record = 0; record < loaded.file.records.size(); ++record) {
            index->second[loaded.file.records[record][static_cast<std::size_t>(position)]]
                .push_back(record);
        }
    }
    auto const found = index->second.find(value);
    return found == index->second.end() ? &no_records : &found->second;
}

Result<void> SourceRecord::join(Source& source, json::Array const& joins)
{
    for (auto const& definition : joins) {
        std::string const file_name(definition.text("file"));
        std::string const shared(definition.text("on"));
        auto const value = TRY(field(definition.text("from", shared)));
        auto const* file = TRY(source.file(file_name));
        auto const* found =
            value.empty() ? &no_records : TRY(source.records_with(file_name, shared, value));
        m_joined[std::string(definition.text("as"))] = { file, choose(*file, *found, definition) };
    }
    return {};
}

Result<std::string> SourceRecord::field(std::string_view name) const
{
    auto const dot = name.find('.');
    auto const* file = m_file;
    std::optional<std::size_t> record = m_position;
    auto column = name;
    if (dot != std::string_view::npos) {
        auto const joined = m_joined.find(name.substr(0, dot));
        if (joined == m_joined.end()) {
            return unknown_field(name);
        }
        std::tie(file, record) = joined->second;
        column = name.substr(dot + 1);
    }
    auto const position = file->position_of(column);
    if (position < 0) {
        return unknown_field(name);
    }
    return record
        ? std::string(text::trim(file->records[*record][static_cast<std::size_t>(position)]))
        : std::string {};
}

Result<std::string> SourceRecord::fill(std::string_view pattern) const
{
    std::string text;
    for (;;) {
        auto const open = pattern.find('{');
        auto const close = pattern.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            return text + std::string(pattern);
        }
        text += pattern.substr(0, open);
        text += TRY(field(pattern.substr(open + 1, close - open - 1)));
        pattern.remove_prefix(close + 1);
    }
}

Result<Decimal> SourceRecord::sum(Source& source, json::Value const& definition) const
{
    std::string const file_name(definition.text("file"));
    std::string const shared(definition.text("on"));
    auto const* file = TRY(source.file(file_name));
    Decimal total;
    for (auto const record : *TRY(source.records_with(file_name, shared, TRY(field(shared))))) {
        SourceRecord const other(*file, record);
        total = TRY(total.plus(TRY(evaluate(
            definition.text("each"), [&](std::string_view name) { return other.field(name); }))));
    }
    return total;
}

std::string SourceRecord::as_text() const
{
    std::string text;
    for (std::size_t column = 0; column < m_file->columns.size(); ++column) {
        auto const& value = m_file->records[m_position][column];
        if (!value.empty()) {
            text += m_file->columns[column] + ": " + value + "\n";
        }
    }
    return text;
}

}
