#include "platform/metadata/migrate.h"

#include "core/check.h"
#include "core/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace cashline {

namespace {

struct Catalogue {
    std::set<std::pair<std::int64_t, std::string>> columns {};
    std::set<std::string> indexes {};
};

constexpr std::string_view catalogue_tables = R"(
create table if not exists cl_column (
    table_number integer not null,
    column_name text not null,
    column_number integer not null,
    primary key (table_number, column_name));
create table if not exists cl_index (index_name text not null primary key);
)";

Result<Catalogue> read_catalogue(SqlConnection& sql)
{
    Catalogue catalogue;
    TRY(sql.each("select table_number, column_name from cl_column", {}, [&](SqlRow const& row) {
        catalogue.columns.emplace(row.integer(0), row.text(1));
        return Walk::on;
    }));
    TRY(sql.each("select index_name from cl_index", {}, [&](SqlRow const& row) {
        catalogue.indexes.emplace(row.text(0));
        return Walk::on;
    }));
    return catalogue;
}

bool is_own(Table const& table, Column const& column)
{
    return column.is_stored()
        && (!table.extends || !column.in_base || column.type == ColumnType::id);
}

class Migration {
public:
    Migration(SqlConnection& sql, Schema const& schema, Catalogue catalogue)
        : m_sql(sql)
        , m_schema(schema)
        , m_catalogue(std::move(catalogue))
    {
    }

    Result<void> run();

private:
    std::string sql_type(Column const& column) const;
    std::vector<std::string> parts(Column const& column) const;
    Result<void> columns_of(Table const& table);
    Result<void> remember(Table const& table, Column const& column);
    Result<void> indexes_of(Table const& table);
    // `columns` in parentheses, with the condition of a partial index behind.
    Result<void> index(Table const& table, std::string const& name, std::string const& columns,
        std::string_view kind = "index");
    Result<void> access_indexes(Table const& table);
    Result<void> foreign_keys_of(Table const& table);
    std::string inline_reference(Table const& table, Column const& column) const;
    bool has_foreign_key(Table const& table, Column const& column) const;
    std::string key_column(Column const& column) const;
    bool is_postgresql() const { return m_sql.dialect() == Dialect::postgresql; }

    SqlConnection& m_sql;
    Schema const& m_schema;
    Catalogue m_catalogue;
};

std::string Migration::sql_type(Column const& column) const
{
    switch (column.type) {
    case ColumnType::id:
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::file:
    case ColumnType::image:
        return is_postgresql() ? "uuid" : "blob";
    case ColumnType::text:
    case ColumnType::memo:
    case ColumnType::choices:
    case ColumnType::party_list:
        return is_postgresql() ? "text collate \"C\"" : "text";
    case ColumnType::yes_no:
        return is_postgresql() ? "smallint" : "integer";
    case ColumnType::whole:
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
    case ColumnType::date:
        return "integer";
    case ColumnType::big:
    case ColumnType::decimal:
    case ColumnType::money:
    case ColumnType::date_time:
        return is_postgresql() ? "bigint" : "integer";
    }
    return {};
}

// The SQL columns of one column: itself, its folded shadow, the table number of a polymorphic
// lookup.
std::vector<std::string> Migration::parts(Column const& column) const
{
    std::vector<std::string> list { sql_name(column.name) + " " + sql_type(column) };
    if (column.has_folded) {
        list.push_back(folded_name(column) + (is_postgresql() ? " text collate \"C\"" : " text"));
    }
    if (column.is_polymorphic()) {
        list.push_back(target_name(column) + " integer");
    }
    return list;
}

bool Migration::has_foreign_key(Table const& table, Column const& column) const
{
    if (!column.is_lookup() || column.is_polymorphic()
        || (column.is_standard && !table.is_intersect)) {
        return false;
    }
    return column.targets.front() != any_table;
}

// SQLite takes references only where the column is made; PostgreSQL gets them when every table
// exists.
std::string Migration::inline_reference(Table const& table, Column const& column) const
{
    if (is_postgresql() || !has_foreign_key(table, column)) {
        return {};
    }
    auto const& target = m_schema.table(column.targets.front());
    return fmt::format(" references {} ({})", sql_name(target.name),
        sql_name(target.column(target.id_column).name));
}

Result<void> Migration::remember(Table const& table, Column const& column)
{
    auto const number = static_cast<std::int64_t>(table.id);
    auto const last = TRY(m_sql.find_integer("select max(column_number) from cl_column", {}));
    TRY(m_sql.run(
        "insert into cl_column (table_number, column_name, column_number) values (?1, ?2, ?3)",
        { number, std::string_view(column.name), last.value_or(0) + 1 }));
    m_catalogue.columns.emplace(number, column.name);
    return {};
}

Result<void> Migration::columns_of(Table const& table)
{
    auto const number = static_cast<std::int64_t>(table.id);
    auto const is_new = !m_catalogue.columns.contains({ number, table.columns.front().name });
    std::string created;
    for (auto const& column : table.columns) {
        if (!is_own(table, column)) {
            continue;
        }
        auto pieces = parts(column);
        pieces.front() += column.type == ColumnType::id && column.index == table.id_column
            ? " not null unique"
            : inline_reference(table, column);
        if (is_new) {
            for (auto const& piece : pieces) {
                created += (created.empty() ? "" : ",\n    ") + piece;
            }
        } else if (!m_catalogue.columns.contains({ number, column.name })) {
            for (auto const& piece : pieces) {
                TRY(m_sql.script(
                    fmt::format("alter table {} add column {}", sql_name(table.name), piece)));
            }
        }
    }
    if (is_new) {
        TRY(m_sql.script(fmt::format("create table {} (\n    {}){}", sql_name(table.name), created,
            is_postgresql() ? "" : " strict")));
    }
    for (auto const& column : table.columns) {
        if (column.is_stored() && !m_catalogue.columns.contains({ number, column.name })) {
            TRY(remember(table, column));
        }
    }
    return {};
}

Result<void> Migration::index(
    Table const& table, std::string const& name, std::string const& columns, std::string_view kind)
{
    if (m_catalogue.indexes.contains(name)) {
        return {};
    }
    TRY(m_sql.script(
        fmt::format("create {} {} on {} {}", kind, sql_name(name), sql_name(table.name), columns)));
    TRY(m_sql.run("insert into cl_index (index_name) values (?1)", { std::string_view(name) }));
    m_catalogue.indexes.insert(name);
    return {};
}

std::string Migration::key_column(Column const& column) const
{
    return column.has_folded ? folded_name(column) : sql_name(column.name);
}

Result<void> Migration::indexes_of(Table const& table)
{
    auto const list = [&](std::vector<ColumnIndex> const& columns) {
        std::string text;
        for (auto const at : columns) {
            text += (text.empty() ? "" : ", ") + key_column(table.column(at));
        }
        return "(" + text + ")";
    };
    auto const* company = table.has_company ? table.find("dataareaid") : nullptr;
    auto const with_company = [&](std::vector<ColumnIndex> columns) {
        if (company && std::ranges::find(columns, company->index) == columns.end()) {
            columns.insert(columns.begin(), company->index);
        }
        return columns;
    };
    for (auto const& key : table.keys) {
        TRY(index(
            table, table.name + "__" + key.name, list(with_company(key.columns)), "unique index"));
    }
    for (std::size_t position = 0; position < table.indexes.size(); ++position) {
        auto const columns = with_company(table.indexes[position].columns);
        std::string name = table.name + "__by";
        for (auto const at : columns) {
            name += "_" + table.column(at).name;
        }
        TRY(index(table, name, list(columns)));
    }
    for (auto const& column : table.columns) {
        if (is_own(table, column) && column.is_lookup() && !column.is_standard) {
            TRY(index(table, table.name + "__" + column.name,
                fmt::format("({0}) where {0} is not null", sql_name(column.name))));
        }
    }
    return access_indexes(table);
}

// (owner, state, default sort, id), (unit, …) and the same for who sees every row: what the query
// compiler walks.
Result<void> Migration::access_indexes(Table const& table)
{
    if (table.ownership != Ownership::user_or_team || table.extends) {
        return {};
    }
    std::string tail;
    if (table.find("statecode")) {
        tail += ", statecode";
    }
    auto const sort = table.default_sort.substr(0, table.default_sort.find(' '));
    if (auto const* column = table.find(sort.empty() ? "createdon" : sort)) {
        tail += ", " + key_column(*column);
    }
    tail += ", " + sql_name(table.column(table.id_column).name);
    TRY(index(table, table.name + "__owner", "(ownerid" + tail + ")"));
    TRY(index(table, table.name + "__unit", "(owningbusinessunit" + tail + ")"));
    return index(table, table.name + "__all", "(" + tail.substr(2) + ")");
}

Result<void> Migration::foreign_keys_of(Table const& table)
{
    for (auto const& column : table.columns) {
        auto const name = table.name + "__fk_" + column.name;
        if (!is_own(table, column) || !has_foreign_key(table, column)
            || m_catalogue.indexes.contains(name)) {
            continue;
        }
        auto const& target = m_schema.table(column.targets.front());
        TRY(m_sql.script(
            fmt::format("alter table {} add constraint {} foreign key ({}) references {} ({})",
                sql_name(table.name), sql_name(name), sql_name(column.name), sql_name(target.name),
                sql_name(target.column(target.id_column).name))));
        TRY(m_sql.run("insert into cl_index (index_name) values (?1)", { std::string_view(name) }));
    }
    return {};
}

Result<void> Migration::run()
{
    for (auto const& table : m_schema.tables()) {
        TRY(columns_of(table));
    }
    for (auto const& table : m_schema.tables()) {
        TRY(indexes_of(table));
        if (is_postgresql()) {
            TRY(foreign_keys_of(table));
        }
    }
    return {};
}

}

std::string sql_name(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string folded_name(Column const& column) { return sql_name(column.name + "__f"); }

std::string target_name(Column const& column) { return sql_name(column.name + "__t"); }

Result<void> migrate_schema(SqlConnection& sql, Schema const& schema)
{
    TRY(sql.script(catalogue_tables));
    return Migration(sql, schema, TRY(read_catalogue(sql))).run();
}

}
