#include "core/text.h"
#include "platform/metadata/migrate.h"
#include "platform/pipeline/read_context.h"
#include "platform/verify/text_of.h"
#include "platform/verify/verify_rows.h"

#include <fmt/format.h>

namespace cashline {

namespace {

class Checking {
public:
    explicit Checking(Reader& reader) : m_schema(reader.schema()), m_sql(reader.context().sql) { }

    Result<VerifyFindings> run();

private:
    Result<void> unique(Table const& table, Key const& key);
    Result<void> folded(Table const& table, Column const& column);
    Result<void> states(Table const& table);
    void judge_state(
        Table const& table, Column const& state, Column const& status, SqlRow const& row);
    std::string id_of(Table const& table) const
    {
        return sql_name(table.column(table.id_column).name);
    }

    Schema const& m_schema;
    SqlConnection& m_sql;
    VerifyFindings m_findings {};
};

Result<void> Checking::unique(Table const& table, Key const& key)
{
    auto columns = key.columns;
    if (auto const* company = table.has_company ? table.find("dataareaid") : nullptr) {
        columns.push_back(company->index);
    }
    std::string same;
    for (auto const index : columns) {
        auto const& column = table.column(index);
        auto const name = column.has_folded ? folded_name(column) : sql_name(column.name);
        same += fmt::format(" and b.{0} = a.{0}", name);
    }
    auto const id = id_of(table);
    auto const sql = fmt::format("select a.{0}, b.{0} from {1} a join {1} b on b.{0} < a.{0}{2}",
        id, sql_name(table.name), same);
    return m_sql.each(sql, {}, [&](SqlRow const& row) {
        m_findings.push_back({ .check = "keys",
            .table = table.name,
            .row = row.id(0),
            .column = table.column(key.columns.front()).name,
            .expected = "values of its own",
            .found = "those of " + row.id(1).to_string(),
            .text = "Two rows have the same key " + key.name + "." });
        return Walk::on;
    });
}

Result<void> Checking::folded(Table const& table, Column const& column)
{
    auto const sql = fmt::format("select {}, {}, {} from {}", id_of(table), sql_name(column.name),
        folded_name(column), sql_name(table.name));
    return m_sql.each(sql, {}, [&](SqlRow const& row) {
        auto const wanted = row.is_null(1) ? std::string {} : text::fold(row.text(1));
        auto const stored = row.is_null(2) ? std::string {} : std::string(row.text(2));
        if (row.is_null(1) != row.is_null(2) || wanted != stored) {
            m_findings.push_back({ .check = "keys",
                .table = table.name,
                .row = row.id(0),
                .column = column.name,
                .expected = exact_text(Value(wanted)),
                .found = exact_text(Value(stored)),
                .text = "The text for searching does not belong to the text." });
        }
        return Walk::on;
    });
}

void Checking::judge_state(
    Table const& table, Column const& state, Column const& status, SqlRow const& row)
{
    auto const* reason = row.is_null(2) ? nullptr : status.option(row.integer(2));
    auto const is_state_known = !row.is_null(1) && state.option(row.integer(1));
    if (is_state_known && reason && reason->state == row.integer(1)) {
        return;
    }
    auto const text_at = [&](int column) {
        return row.is_null(column) ? "(nothing)" : std::to_string(row.integer(column));
    };
    m_findings.push_back({ .check = "keys",
        .table = table.name,
        .row = row.id(0),
        .column = is_state_known ? status.name : state.name,
        .expected = is_state_known ? "a status reason of state " + text_at(1) : "a state",
        .found = is_state_known ? text_at(2) : text_at(1),
        .text = "State and status reason do not belong together." });
}

// Of an activity the state stands in the common part, the status reason in whichever part has it.
Result<void> Checking::states(Table const& table)
{
    Column const* state = nullptr;
    Column const* status = nullptr;
    for (auto const& column : table.columns) {
        state = column.type == ColumnType::state ? &column : state;
        status = column.type == ColumnType::status ? &column : status;
    }
    if (!state || !status || !state->is_stored() || !status->is_stored()) {
        return {};
    }
    auto from = sql_name(table.name) + " t";
    if (table.extends) {
        auto const& base = m_schema.table(*table.extends);
        from += fmt::format(
            " join {} b on b.{} = t.{}", sql_name(base.name), id_of(base), id_of(table));
    }
    auto const part = [&](Column const& column) {
        return (table.extends && column.in_base ? "b." : "t.") + sql_name(column.name);
    };
    auto const sql =
        fmt::format("select t.{}, {}, {} from {}", id_of(table), part(*state), part(*status), from);
    return m_sql.each(sql, {}, [&](SqlRow const& row) {
        judge_state(table, *state, *status, row);
        return Walk::on;
    });
}

// Rows of the common activity table have the status reasons of their own types.
bool is_base_of_others(Schema const& schema, Table const& table)
{
    for (auto const& other : schema.tables()) {
        if (other.extends == table.id) {
            return true;
        }
    }
    return false;
}

Result<VerifyFindings> Checking::run()
{
    for (auto const& table : m_schema.tables()) {
        for (auto const& key : table.keys) {
            TRY(unique(table, key));
        }
        for (auto const& column : table.columns) {
            if (column.has_folded && column.is_stored() && !(table.extends && column.in_base)) {
                TRY(folded(table, column));
            }
        }
        if (!is_base_of_others(m_schema, table)) {
            TRY(states(table));
        }
    }
    return std::move(m_findings);
}

}

Result<VerifyFindings> verify_keys(Reader& reader) { return Checking(reader).run(); }

}
