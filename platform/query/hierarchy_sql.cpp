#include "platform/query/filter_sql.h"
#include "platform/query/value_sql.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

struct Hierarchy {
    Table const* table;
    Column const* parent; // the self-lookup
};

Result<Hierarchy> hierarchy_of(Scope& scope, Operand const& operand)
{
    auto const& schema = scope.compiling().schema;
    auto const& column = *operand.column;
    for (auto const& relationship : schema.one_to_many()) {
        if (!relationship.is_hierarchical || relationship.parent != relationship.child) {
            continue;
        }
        auto const& table = schema.table(relationship.child);
        auto const is_own_id =
            column.type == ColumnType::id && column.name == table.column(table.id_column).name;
        auto const points_here = column.is_lookup()
            && std::ranges::find(column.targets, table.id) != column.targets.end();
        if (is_own_id || points_here) {
            return Hierarchy { &table, &table.column(relationship.column) };
        }
    }
    return invalid("MissingHierarchicalRelationshipForOperator",
        fmt::format("'{}' does not belong to a hierarchy.", column.name), column.name);
}

}

Result<std::string> hierarchy_sql(Scope& scope, Operand const& operand, Filter const& filter)
{
    auto const [table, parent] = TRY(hierarchy_of(scope, operand));
    if (filter.values.size() != 1) {
        return invalid("QueryBuilderInvalid_Value", "The operator needs the id of one row.",
            operand.column->name);
    }
    auto& compiling = scope.compiling();
    auto const pivot = compiling.parameters.add(TRY(stored_id(*operand.column, filter.values[0])));
    auto const walk = compiling.new_alias();
    auto const row = compiling.new_alias();
    auto const id = quoted(table->column(table->id_column).name);
    auto const up = quoted(parent->name);
    auto const upwards = filter.op == Operator::above || filter.op == Operator::above_or_equal;
    auto const with_pivot =
        filter.op == Operator::above_or_equal || filter.op == Operator::under_or_equal;
    auto const name = quoted(table->name);

    // union, not union all: a circle in the data must end.
    auto const start = with_pivot
        ? fmt::format("select {} from {} where {} = {}", id, name, id, pivot)
        : upwards
        ? fmt::format("select {} from {} where {} = {} and {} is not null", up, name, id, pivot, up)
        : fmt::format("select {} from {} where {} = {}", id, name, up, pivot);
    auto const step = upwards
        ? fmt::format(
              "select {0}.{1} from {2} {0} join {3} on {0}.{4} = {3}.id where {0}.{1} is not null",
              row, up, name, walk, id)
        : fmt::format(
              "select {0}.{4} from {2} {0} join {3} on {0}.{1} = {3}.id", row, up, name, walk, id);
    auto const members = fmt::format(
        "(with recursive {0}(id) as ({1} union {2}) select id from {0})", walk, start, step);
    if (filter.op == Operator::not_under) {
        return fmt::format("({0} is null or {0} not in {1})", operand.sql, members);
    }
    return fmt::format("{} in {}", operand.sql, members);
}

}
