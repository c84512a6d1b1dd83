#include "platform/query/sort_keys.h"

#include "core/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

SortKey plain_key(Operand const& operand)
{
    auto const& sql = operand.folded.empty() ? operand.sql : operand.folded;
    return {
        .sql = sql, .storage = storage_of(*operand.column), .is_nullable = operand.is_nullable
    };
}

// Labels in alphabetical order as numbers: "case x when 2 then 0 when 1 then 1 end".
SortKey label_key(Operand const& operand)
{
    auto options = operand.column->options;
    std::ranges::sort(options, {}, [](Option const& option) { return text::fold(option.label); });
    auto sql = fmt::format("case {}", operand.sql);
    for (std::size_t rank = 0; rank < options.size(); ++rank) {
        sql += fmt::format(" when {} then {}", options[rank].value, rank);
    }
    return { .sql = sql + " end", .storage = Storage::number, .is_nullable = true };
}

// The primary name of the target, in its folded form; text whatever the name column is.
Result<std::string> name_of(Scope& scope, Source const& target)
{
    auto const& column = target.table->name_or_id_column();
    auto const operand = TRY(scope.operand(target, column));
    if (!operand.folded.empty()) {
        return operand.folded;
    }
    return fmt::format("cast({} as text)", operand.sql);
}

Result<SortKey> lookup_key(Scope& scope, ColumnPath const& path, Operand const& operand)
{
    auto& compiling = scope.compiling();
    auto const& column = *operand.column;
    if (!column.is_polymorphic()) {
        auto const source = TRY(scope.walk(path.hops, path.link));
        auto const& written = source.table->column(path.column);
        auto const& target = compiling.schema.table(column.targets[0]);
        if (!may_read_some(compiling, target) || written.calculated.contains('.')) {
            return plain_key(operand);
        }
        auto const joined = TRY(scope.joined_row(source, written, target));
        return SortKey {
            .sql = TRY(name_of(scope, joined)), .storage = Storage::text, .is_nullable = true
        };
    }
    auto sql = fmt::format("case {}", operand.target_number);
    auto const length = sql.size();
    for (auto const& target : compiling.schema.tables()) {
        auto const fits = [&](TableId id) {
            return id == target.id || (id == any_table && !target.is_hidden);
        };
        if (std::ranges::none_of(column.targets, fits) || !may_read_some(compiling, target)) {
            continue;
        }
        Scope inner { compiling, target };
        auto const name = TRY(name_of(inner, inner.root()));
        auto condition = fmt::format("{} = {}", inner.root().id(), operand.sql);
        if (auto const access = read_access(compiling, inner.root()).predicate(); !access.empty()) {
            condition += " and " + access;
        }
        sql += fmt::format(" when {} then (select {} from {} where {})",
            static_cast<std::uint32_t>(target.id), name, inner.from(), condition);
    }
    if (sql.size() == length) {
        return plain_key(operand);
    }
    return SortKey { .sql = sql + " end", .storage = Storage::text, .is_nullable = true };
}

void add_text(std::uint32_t& hash, std::uint32_t value)
{
    // FNV-1a over the four bytes.
    for (auto shift = 0; shift < 32; shift += 8) {
        hash = (hash ^ ((value >> shift) & 0xff)) * 16'777'619u;
    }
}

}

Result<std::vector<SortKey>> sort_keys(Scope& scope, Query const& query)
{
    std::vector<SortKey> keys;
    auto const& table = *scope.root().table;
    for (auto const& order : query.orders) {
        auto const operand = TRY(scope.operand(order.column));
        auto key = operand.column->is_lookup() ? TRY(lookup_key(scope, order.column, operand))
            : order.by_label && operand.column->is_choice() ? label_key(operand)
                                                            : plain_key(operand);
        key.is_descending = order.descending;
        keys.push_back(std::move(key));
        auto const is_own_id = order.column.hops.empty() && order.column.link < 0
            && order.column.column == table.id_column;
        if (is_own_id && query.links.empty()) {
            return keys; // Nothing after the id can matter.
        }
    }
    // In the direction of the order before it, so that an index ending in the id serves both ways.
    auto const is_descending = !query.orders.empty() && query.orders.back().descending;
    keys.push_back(
        { .sql = scope.root().id(), .storage = Storage::id, .is_descending = is_descending });
    // A linked row multiplies its parent: only together with its own id the row is one.
    for (auto const& link : scope.links()) {
        keys.push_back({ .sql = link.id(),
            .storage = Storage::id,
            .is_descending = is_descending,
            .is_nullable = true });
    }
    return keys;
}

Result<std::vector<SortKey>> distinct_keys(
    Scope& scope, Query const& query, std::vector<ColumnIndex> const& columns)
{
    std::vector<SortKey> keys;
    auto const add = [&](ColumnPath const& column, bool is_descending) -> Result<void> {
        auto key = plain_key(TRY(scope.operand(column)));
        key.is_descending = is_descending;
        keys.push_back(std::move(key));
        return {};
    };
    std::vector<ColumnIndex> ordered;
    for (auto const& order : query.orders) {
        auto const is_selected = std::ranges::find(columns, order.column.column) != columns.end();
        if (!order.column.hops.empty() || order.column.link >= 0 || !is_selected) {
            return invalid("QueryBuilderNoAttrsDistinctConflict",
                "Distinct rows can be ordered only by columns that are selected.");
        }
        ordered.push_back(order.column.column);
        TRY(add(order.column.column, order.descending));
    }
    for (auto const column : columns) {
        if (std::ranges::find(ordered, column) == ordered.end()) {
            TRY(add(column, false));
        }
    }
    for (auto const& named : query.named) {
        TRY(add(named.path, false));
    }
    return keys;
}

std::string order_by(
    Dialect dialect, std::vector<SortKey> const& keys, std::vector<std::string> const& expressions)
{
    std::string result;
    for (std::size_t index = 0; index < keys.size(); ++index) {
        auto const& key = keys[index];
        result += index == 0 ? "" : ", ";
        result += expressions.empty() ? key.sql : expressions[index];
        result += key.is_descending ? " desc" : "";
        if (dialect == Dialect::postgresql && key.is_nullable) {
            result += key.is_descending ? " nulls last" : " nulls first";
        }
    }
    return result;
}

std::uint32_t order_shape(Query const& query)
{
    std::uint32_t hash = 2'166'136'261u;
    add_text(hash, static_cast<std::uint32_t>(query.table));
    add_text(hash, query.distinct ? 1 : 0);
    add_text(hash, static_cast<std::uint32_t>(query.links.size()));
    for (auto const& order : query.orders) {
        for (auto const& hop : order.column.hops) {
            add_text(hash, static_cast<std::uint32_t>(hop.lookup));
            add_text(hash, static_cast<std::uint32_t>(hop.target));
        }
        add_text(hash, static_cast<std::uint32_t>(order.column.column));
        add_text(hash, static_cast<std::uint32_t>(order.column.link + 1));
        add_text(hash, (order.descending ? 1u : 0u) | (order.by_label ? 2u : 0u));
    }
    return hash;
}

}
