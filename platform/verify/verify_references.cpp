#include "platform/metadata/migrate.h"
#include "platform/pipeline/read_context.h"
#include "platform/verify/verify_rows.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

std::string id_name(Table const& table) { return sql_name(table.column(table.id_column).name); }

bool is_own(Table const& table, Column const& column)
{
    return column.is_stored() && (!table.extends || !column.in_base);
}

class Checking {
public:
    explicit Checking(Reader& reader) : m_schema(reader.schema()), m_sql(reader.context().sql) { }

    Result<VerifyFindings> run();

private:
    Result<void> look_at(Table const& table, Column const& column);
    Result<void> look_at_any(Table const& table, Column const& column);
    Result<void> anti_join(
        Table const& table, Column const& column, Table const& target, std::string const& where);
    Result<void> look_at_parts(Table const& table);
    Result<void> wrong_targets(Table const& table, Column const& column, std::int64_t number);

    Schema const& m_schema;
    SqlConnection& m_sql;
    VerifyFindings m_findings {};
};

Result<void> Checking::anti_join(
    Table const& table, Column const& column, Table const& target, std::string const& where)
{
    auto const name = sql_name(column.name);
    auto const sql = fmt::format("select t.{0}, t.{1} from {2} t where t.{1} is not null{3} and "
                                 "not exists (select 1 from {4} x where x.{5} = t.{1})",
        id_name(table), name, sql_name(table.name), where, sql_name(target.name), id_name(target));
    return m_sql.each(sql, {}, [&](SqlRow const& row) {
        m_findings.push_back({ .check = "references",
            .table = table.name,
            .row = row.id(0),
            .column = column.name,
            .expected = "a row of " + target.name,
            .found = row.id(1).to_string(),
            .text = "Refers to a row of " + target.name + " that does not exist." });
        return Walk::on;
    });
}

Result<void> Checking::wrong_targets(Table const& table, Column const& column, std::int64_t number)
{
    auto const sql = fmt::format("select {}, {} from {} where {} = ?1", id_name(table),
        sql_name(column.name), sql_name(table.name), target_name(column));
    return m_sql.each(sql, { SqlValue { number } }, [&](SqlRow const& row) {
        m_findings.push_back({ .check = "references",
            .table = table.name,
            .row = row.id(0),
            .column = column.name,
            .expected = "a table it may refer to",
            .found = "table " + std::to_string(number),
            .text = "Refers to a table that this column does not allow." });
        return Walk::on;
    });
}

Result<void> Checking::look_at_any(Table const& table, Column const& column)
{
    auto const name = sql_name(column.name);
    auto const target_column = target_name(column);
    std::vector<std::int64_t> numbers;
    TRY(m_sql.each(fmt::format("select distinct {0} from {1} where {0} is not null", target_column,
                       sql_name(table.name)),
        {}, [&](SqlRow const& row) {
            numbers.push_back(row.integer(0));
            return Walk::on;
        }));
    for (auto const number : numbers) {
        auto const* target = m_schema.find(static_cast<TableId>(number));
        auto const is_allowed = target && std::ranges::any_of(column.targets, [&](TableId allowed) {
            return allowed == any_table || allowed == target->id;
        });
        if (is_allowed) {
            TRY(anti_join(
                table, column, *target, fmt::format(" and t.{} = {}", target_column, number)));
        } else {
            TRY(wrong_targets(table, column, number));
        }
    }
    auto const halves = fmt::format("select {0} from {1} where ({2} is null) <> ({3} is null)",
        id_name(table), sql_name(table.name), name, target_column);
    return m_sql.each(halves, {}, [&](SqlRow const& row) {
        m_findings.push_back({ .check = "references",
            .table = table.name,
            .row = row.id(0),
            .column = column.name,
            .expected = "a row and its table",
            .found = "only one of the two",
            .text = "Half a reference: a row without its table, or a table without a row." });
        return Walk::on;
    });
}

Result<void> Checking::look_at(Table const& table, Column const& column)
{
    if (column.is_polymorphic()) {
        return look_at_any(table, column);
    }
    return anti_join(table, column, m_schema.table(column.targets.front()), {});
}

// An activity is one row in two SQL tables.
Result<void> Checking::look_at_parts(Table const& table)
{
    auto const& base = m_schema.table(*table.extends);
    auto const& id = table.column(table.id_column);
    TRY(anti_join(table, id, base, {}));
    auto const sql = fmt::format("select b.{0} from {1} b where b.activitytypecode = ?1 and not "
                                 "exists (select 1 from {2} t where t.{3} = b.{0})",
        id_name(base), sql_name(base.name), sql_name(table.name), id_name(table));
    return m_sql.each(sql, { SqlValue { std::string_view(table.name) } }, [&](SqlRow const& row) {
        m_findings.push_back({ .check = "references",
            .table = base.name,
            .row = row.id(0),
            .column = "activitytypecode",
            .expected = "its part in " + table.name,
            .found = "(nothing)",
            .text = "An activity of this type has a part of its own in " + table.name + "." });
        return Walk::on;
    });
}

Result<VerifyFindings> Checking::run()
{
    auto const* files = m_schema.find("cl_file");
    for (auto const& table : m_schema.tables()) {
        for (auto const& column : table.columns) {
            auto const is_file =
                column.type == ColumnType::file || column.type == ColumnType::image;
            if (column.is_lookup() && is_own(table, column)) {
                TRY(look_at(table, column));
            } else if (is_file && files && is_own(table, column)) {
                TRY(anti_join(table, column, *files, {}));
            }
        }
        if (table.extends && table.is_activity) {
            TRY(look_at_parts(table));
        }
    }
    return std::move(m_findings);
}

}

Result<VerifyFindings> verify_references(Reader& reader) { return Checking(reader).run(); }

}
