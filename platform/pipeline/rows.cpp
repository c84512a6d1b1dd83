// Rows in SQL. A write is one statement per SQL table of the row; what the database refuses is said
// in the words of the Web API.
#include "platform/pipeline/write.h"

#include "core/text.h"
#include "platform/pipeline/sql_values.h"
#include "platform/store/dialect.h"

#include <algorithm>
#include <deque>

namespace cashline {

namespace {

// Parameters of one statement with the folded texts they point into.
struct Parameters {
    std::vector<SqlValue> values {};
    std::deque<std::string> folded {}; // a deque: views into it stay valid while it grows

    void add(Column const& column, Value const& value)
    {
        append_parameters(values, column, value);
        if (!column.has_folded) {
            return;
        }
        if (auto const* text = value.as_text()) {
            values.emplace_back(std::string_view(folded.emplace_back(text::fold(*text))));
        } else {
            values.emplace_back(std::monostate {});
        }
    }
};

std::string column_list(Table const& table, std::vector<ColumnIndex> const& columns)
{
    std::string text;
    for (auto const column : columns) {
        text += (text.empty() ? "" : ", ") + table.column(column).name;
    }
    return text;
}

Refusal duplicate_key(Table const& table, Key const& key)
{
    return refuse(Fault::precondition, "DuplicateRecordEntityKey",
        "A row of '" + table.name + "' with the same values in " + column_list(table, key.columns)
            + " exists already (key " + key.name + ").",
        table.column(key.columns.front()).name);
}

Refusal duplicate_row(Table const& table)
{
    return refuse(Fault::precondition, "DuplicateRecord",
        table.is_intersect ? "These rows are linked already."
                           : "A row of '" + table.name + "' with this id exists already.");
}

Refusal in_our_words(Write const& write, Error const& error)
{
    auto const& table = write.table();
    if (error.code == "sql_unique") {
        for (auto const& key : table.keys) {
            if (!table.is_intersect && error.column == table.name + "__" + key.name) {
                return duplicate_key(table, key);
            }
        }
        return duplicate_row(table);
    }
    if (error.code == "sql_foreign_key" && write.operation == Operation::remove) {
        return refuse(Fault::not_allowed, "CannotDeleteDueToAssociation",
            "This row of '" + table.name + "' cannot be deleted: other rows refer to it.");
    }
    if (error.code == "sql_foreign_key") {
        return missing("ObjectDoesNotExist",
            "A row that this row of '" + table.name + "' refers to does not exist.");
    }
    return std::unexpected(error);
}

Result<void> run(Write& write, std::string const& sql, Parameters const& parameters)
{
    auto const outcome = write.state().sql().run(sql, parameters.values);
    if (!outcome) {
        return in_our_words(write, outcome.error());
    }
    return {};
}

// "update t set … where id = ?n" for the written columns of one part; empty when none of them is in
// it.
std::string update_text(Write const& write, TablePart const& part, Parameters& parameters)
{
    auto const& table = write.table();
    std::string list;
    for (auto const& cell : write.values.cells()) {
        auto const is_here = cell.column != table.id_column
            && std::ranges::find(part.columns, cell.column) != part.columns.end();
        if (!is_here) {
            continue;
        }
        auto const& column = table.column(cell.column);
        std::vector<std::string> names;
        append_sql_columns(names, column);
        if (column.has_folded) {
            names.push_back(column.name + "__f");
        }
        auto number = parameters.values.size();
        for (auto const& name : names) {
            list += (list.empty() ? "" : ", ") + dialect::quoted(name) + " = ?"
                + std::to_string(++number);
        }
        parameters.add(column, cell.value);
    }
    if (list.empty()) {
        return {};
    }
    parameters.values.emplace_back(write.id);
    return "update " + dialect::quoted(part.sql_table) + " set " + list + " where "
        + dialect::quoted(table.column(table.id_column).name) + " = ?"
        + std::to_string(parameters.values.size());
}

}

Result<void> insert_row(Write& write)
{
    Value const id { write.id };
    for (auto const& part : write.plan.parts) {
        Parameters parameters;
        for (auto const index : part.columns) {
            auto const& column = write.table().column(index);
            parameters.add(
                column, index == write.table().id_column ? id : write.values.value(index));
        }
        TRY(run(write, part.insert, parameters));
    }
    return {};
}

Result<void> update_row(Write& write)
{
    for (auto const& part : write.plan.parts) {
        Parameters parameters;
        auto const sql = update_text(write, part, parameters);
        if (!sql.empty()) {
            TRY(run(write, sql, parameters));
        }
    }
    return {};
}

Result<void> remove_row(Write& write)
{
    auto const& table = write.table();
    auto const id = dialect::quoted(table.column(table.id_column).name);
    // The type's own row goes first: it is the one that points at the common one.
    for (auto part = write.plan.parts.rbegin(); part != write.plan.parts.rend(); ++part) {
        Parameters parameters { .values = { write.id } };
        TRY(run(write, "delete from " + dialect::quoted(part->sql_table) + " where " + id + " = ?1",
            parameters));
    }
    return {};
}

Result<std::optional<Row>> read_row_for_update(UnitState& state, TablePlan const& plan, Id id)
{
    std::optional<Row> row;
    auto const sql = plan.select + std::string(dialect::row_lock(state.sql().dialect()));
    TRY(state.sql().each(sql, { SqlValue { id } }, [&](SqlRow const& found) {
        row.emplace(plan.table->id, id);
        auto position = 0;
        for (auto const index : plan.columns) {
            row->set(index, read_sql_value(found, position, plan.table->column(index)));
        }
        return Walk::stop;
    }));
    if (row && plan.version) {
        auto const* version = row->value(*plan.version).as_integer();
        row->set_version(version ? *version : 0);
    }
    return row;
}

}
