// export: tables as CSV files (RFC 4180), one file each, all of one moment.
#include "platform/verify/each_row.h"
#include "platform/verify/text_of.h"
#include "server/commands/all.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

std::string csv_field(std::string const& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (auto const character : text) {
        quoted += character;
        if (character == '"') {
            quoted += character;
        }
    }
    return quoted + "\"";
}

// Whole texts, unlike in findings.
std::string cell_text(Value const& value)
{
    if (value.is_null()) {
        return {};
    }
    auto const* text = value.as_text();
    return text ? *text : exact_text(value);
}

std::string header_of(Table const& table)
{
    std::string line;
    for (auto const& column : table.columns) {
        if (!column.is_stored()) {
            continue;
        }
        line += (line.empty() ? "" : ",") + column.name;
        if (column.is_polymorphic()) {
            line += "," + column.name + "_table";
        }
    }
    return line + "\r\n";
}

std::string line_of(Schema const& schema, Table const& table, Row const& row)
{
    std::string line;
    for (auto const& column : table.columns) {
        if (!column.is_stored()) {
            continue;
        }
        auto const& value = row.value(column.index);
        auto const is_id = column.index == table.id_column;
        line += (line.empty() ? "" : ",")
            + (is_id ? row.id().to_string() : csv_field(cell_text(value)));
        if (column.is_polymorphic()) {
            auto const* lookup = value.as_lookup();
            auto const* target = lookup ? schema.find(lookup->table) : nullptr;
            line += "," + (target ? target->name : std::string {});
        }
    }
    return line + "\r\n";
}

// Written beside and renamed: a file that is there is whole.
Result<std::int64_t> export_table(Reader& reader, Table const& table, fs::path const& folder)
{
    auto const path = folder / (table.name + ".csv");
    auto const unfinished = fs::path(path.string() + ".part");
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    file << header_of(table);
    std::int64_t count = 0;
    TRY(each_row(reader, table, [&](Row const& row) -> Result<void> {
        file << line_of(reader.schema(), table, row);
        ++count;
        return {};
    }));
    file.close();
    std::error_code problem;
    if (file) {
        fs::rename(unfinished, path, problem);
    }
    if (!file || problem) {
        return internal("export_unwritable", "Cannot write " + path.string() + ".");
    }
    return count;
}

Result<std::vector<Table const*>> wanted_tables(
    Schema const& schema, std::vector<std::string> const& names)
{
    std::vector<Table const*> list;
    for (auto const& name : names) {
        auto const* table = schema.find(name);
        if (!table || table->is_hidden) {
            return missing("export_unknown_table",
                "There is no table '" + name + "'. Give its logical name, e.g. account.");
        }
        list.push_back(table);
    }
    for (auto const& table : schema.tables()) {
        // Hidden tables hold sessions and secrets; they stay where they are.
        if (names.empty() && !table.is_hidden) {
            list.push_back(&table);
        }
    }
    return list;
}

Result<CommandOutput> export_tables(CompanyContext& context, Arguments const& arguments)
{
    auto const folder = fs::path(arguments.text("FOLDER"));
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
        return internal("export_unwritable", "Cannot create " + folder.string() + ".");
    }
    return context.platform.read<CommandOutput>(
        system_caller(Door::command), [&](Reader& reader) -> Result<CommandOutput> {
            json::Value counts { json::Object {} };
            std::string text;
            for (auto const* table : TRY(wanted_tables(reader.schema(), arguments.all("table")))) {
                if (context.progress) {
                    context.progress("Writing " + table->name + " …");
                }
                auto const count = TRY(export_table(reader, *table, folder));
                counts.set(table->name, count);
                text += fmt::format("{}.csv: {} rows\n", table->name, count);
            }
            return CommandOutput { .text =
                                       arguments.flag("json") ? counts.to_string() + "\n" : text };
        });
}

}

Command export_command()
{
    return { .name = "export",
        .summary = "Writes tables as CSV files, all of one moment",
        .options = { { .name = "FOLDER",
                         .help = "Where the files go",
                         .is_required = true,
                         .is_positional = true,
                         .is_path = true },
            { .name = "table",
                .help = "Only this table (logical name); may repeat",
                .may_repeat = true },
            { .name = "json", .help = "Print the counts as JSON", .is_flag = true } },
        .on_company = export_tables };
}

}
