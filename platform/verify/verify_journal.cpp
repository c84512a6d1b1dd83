#include "platform/journal/journal_codec.h"
#include "platform/metadata/column_numbers.h"
#include "platform/pipeline/read_context.h"
#include "platform/verify/each_row.h"
#include "platform/verify/text_of.h"
#include "platform/verify/verify_rows.h"

#include <charconv>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

namespace cashline {

namespace {

// What the journal says a row is like now: the newest value of every column that was ever updated.
struct Told {
    bool exists {};
    std::map<std::int32_t, json::Value> values {};
};

// A written decimal may have another scale than the stored one; the number counts.
bool is_same(json::Value const& a, json::Value const& b)
{
    if (a == b) {
        return true;
    }
    auto const* left = a.as_string();
    auto const* right = b.as_string();
    if (!left || !right || !left->starts_with("d:") || !right->starts_with("d:")) {
        return false;
    }
    auto const first = Decimal::parse(std::string_view(*left).substr(2));
    auto const second = Decimal::parse(std::string_view(*right).substr(2));
    return first && second
        && first->without_trailing_zeros().to_string()
        == second->without_trailing_zeros().to_string();
}

std::string shown(json::Value const& written) { return exact_text(journal::decode(written)); }

class Checking {
public:
    Checking(Reader& reader, ColumnNumbers numbers)
        : m_reader(reader)
        , m_sql(reader.context().sql)
        , m_numbers(std::move(numbers))
    {
    }

    Result<VerifyFindings> run();

private:
    Result<void> positions();
    Result<void> empty_sets();
    Result<std::vector<Table const*>> tables_told_of();
    Result<void> look_at(Table const& table);
    void read_entry(Table const& table, SqlRow const& row);
    void read_changes(Table const& table, Id row, json::Value const& data);
    void compare(Table const& table, Row const& row);
    void report(Table const& table, Id row, std::string column, VerifyFinding finding);
    std::string column_name(Table const& table, std::int32_t number) const;

    Reader& m_reader;
    SqlConnection& m_sql;
    ColumnNumbers m_numbers;
    std::unordered_map<Id, Told> m_told {};
    VerifyFindings m_findings {};
};

void Checking::report(Table const& table, Id row, std::string column, VerifyFinding finding)
{
    finding.check = "journal";
    finding.table = table.name;
    finding.row = row;
    finding.column = std::move(column);
    m_findings.push_back(std::move(finding));
}

std::string Checking::column_name(Table const& table, std::int32_t number) const
{
    auto const index = m_numbers.find(table.id, number);
    return index ? table.column(*index).name : "column " + std::to_string(number);
}

// On PostgreSQL the newest change sets may not have their position yet; that is no gap.
Result<void> Checking::positions()
{
    auto const* position = m_sql.dialect() == Dialect::sqlite ? "ticket" : "position";
    std::int64_t count = 0;
    std::int64_t last = 0;
    TRY(m_sql.each(
        fmt::format("select count({0}), coalesce(max({0}), 0) from cl_change_set", position), {},
        [&](SqlRow const& row) {
            count = row.integer(0);
            last = row.integer(1);
            return Walk::stop;
        }));
    if (count != last) {
        m_findings.push_back({ .check = "journal",
            .table = "cl_change_set",
            .column = position,
            .expected = std::to_string(last) + " change sets",
            .found = std::to_string(count),
            .text = "Positions have gaps: change sets are missing." });
    }
    return {};
}

Result<void> Checking::empty_sets()
{
    TRY(m_sql.each("select c.id, c.ticket from cl_change_set c where not exists (select 1 from "
                   "cl_journal j where j.entry >= c.ticket * 1000000 and j.entry < "
                   "(c.ticket + 1) * 1000000)",
        {}, [&](SqlRow const& row) {
            m_findings.push_back({ .check = "journal",
                .table = "cl_change_set",
                .row = row.id(0),
                .column = "ticket",
                .expected = "entries",
                .found = "(nothing)",
                .text = "A change set without entries." });
            return Walk::on;
        }));
    return m_sql.each("select j.row_id, j.entry from cl_journal j where not exists (select 1 from "
                      "cl_change_set c where c.ticket = j.entry / 1000000)",
        {}, [&](SqlRow const& row) {
            m_findings.push_back({ .check = "journal",
                .table = "cl_journal",
                .row = row.id(0),
                .column = "entry",
                .expected = "a change set",
                .found = std::to_string(row.integer(1)),
                .text = "An entry without its change set." });
            return Walk::on;
        });
}

Result<std::vector<Table const*>> Checking::tables_told_of()
{
    std::vector<Table const*> list;
    TRY(m_sql.each("select distinct table_number from cl_journal", {}, [&](SqlRow const& row) {
        // Tables that left the definitions keep their history; there is nothing to compare it with.
        if (auto const* table = m_reader.schema().find(static_cast<TableId>(row.integer(0)))) {
            list.push_back(table);
        }
        return Walk::on;
    }));
    return list;
}

// {"<number>":[before,after],…}: what this update found must be what the one before it left.
void Checking::read_changes(Table const& table, Id row, json::Value const& data)
{
    for (auto const& [key, pair] : *data.as_object()) {
        std::int32_t number = 0;
        std::from_chars(key.data(), key.data() + key.size(), number);
        auto const* values = pair.as_array();
        if (!values || values->size() != 2) {
            report(table, row, column_name(table, number),
                { .expected = "two values", .text = "A journal entry cannot be read." });
            continue;
        }
        auto& known = m_told[row].values;
        auto const former = known.find(number);
        if (former != known.end() && !is_same(former->second, (*values)[0])) {
            report(table, row, column_name(table, number),
                { .expected = shown(former->second),
                    .found = shown((*values)[0]),
                    .text = "A journal entry begins with another value than the entry before it "
                            "ended with." });
        }
        known[number] = (*values)[1];
    }
}

void Checking::read_entry(Table const& table, SqlRow const& row)
{
    auto const id = row.id(0);
    auto const operation = static_cast<Operation>(row.integer(1));
    auto& told = m_told[id];
    told.exists = operation != Operation::remove;
    if (operation != Operation::update) {
        told.values.clear();
        return;
    }
    auto const data = row.is_null(2) ? Result<json::Value>(json::Value { json::Object {} })
                                     : json::parse(row.text(2));
    if (!data || !data->is_object()) {
        report(table, id, "data",
            { .expected = "changed values", .text = "A journal entry cannot be read." });
        return;
    }
    read_changes(table, id, *data);
}

void Checking::compare(Table const& table, Row const& row)
{
    auto const found = m_told.find(row.id());
    if (found == m_told.end()) {
        return; // made before there was a journal: the first rows of a new database
    }
    if (!found->second.exists) {
        report(table, row.id(), table.column(table.id_column).name,
            { .expected = "(nothing)",
                .found = row.id().to_string(),
                .text = "The journal says that this row was removed, and it is there." });
    }
    for (auto const& [number, written] : found->second.values) {
        auto const index = m_numbers.find(table.id, number);
        if (!index || is_same(written, journal::encode(row.value(*index)))) {
            continue;
        }
        report(table, row.id(), table.column(*index).name,
            { .expected = shown(written),
                .found = exact_text(row.value(*index)),
                .text = "The journal's newest entry has another value than the row." });
    }
    m_told.erase(found);
}

Result<void> Checking::look_at(Table const& table)
{
    m_told.clear();
    TRY(m_sql.each("select row_id, operation, data from cl_journal where table_number = ?1 "
                   "order by entry",
        { SqlValue { static_cast<std::int64_t>(table.id) } }, [&](SqlRow const& row) {
            read_entry(table, row);
            return Walk::on;
        }));
    TRY(each_row(m_reader, table, [&](Row const& row) -> Result<void> {
        compare(table, row);
        return {};
    }));
    for (auto const& [id, told] : m_told) {
        if (told.exists) {
            report(table, id, table.column(table.id_column).name,
                { .expected = id.to_string(),
                    .found = "(nothing)",
                    .text = "The journal says that this row exists, and it does not." });
        }
    }
    return {};
}

Result<VerifyFindings> Checking::run()
{
    TRY(positions());
    TRY(empty_sets());
    for (auto const* table : TRY(tables_told_of())) {
        TRY(look_at(*table));
    }
    return std::move(m_findings);
}

}

Result<VerifyFindings> verify_journal(Reader& reader)
{
    auto numbers = TRY(ColumnNumbers::load(reader.context().sql, reader.schema()));
    return Checking(reader, std::move(numbers)).run();
}

}
