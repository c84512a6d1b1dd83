#include "platform/query/selection.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

bool comes_by_itself(Column const& column, EmptySelect empty)
{
    if (column.type == ColumnType::party_list) {
        return false;
    }
    return empty == EmptySelect::stored ? column.is_stored() : column.type != ColumnType::image;
}

}

std::vector<ColumnIndex> columns_of(Table const& table, Query const& query, EmptySelect empty)
{
    std::vector<ColumnIndex> columns;
    if (query.columns.empty()) {
        for (auto const& column : table.columns) {
            if (comes_by_itself(column, empty)) {
                columns.push_back(column.index);
            }
        }
        return columns;
    }
    std::vector<bool> is_selected(table.columns.size());
    auto has_money = false;
    for (auto const index : query.columns) {
        auto const position = static_cast<std::size_t>(index);
        if (position < is_selected.size() && !is_selected[position]
            && table.column(index).type != ColumnType::party_list) {
            is_selected[position] = true;
            columns.push_back(index);
            has_money = has_money || table.column(index).type == ColumnType::money;
        }
    }
    auto const* currency =
        has_money && !query.distinct ? table.find("transactioncurrencyid") : nullptr;
    if (currency && !is_selected[static_cast<std::size_t>(currency->index)]) {
        columns.push_back(currency->index);
    }
    return columns;
}

int SelectionBuilder::add(std::string_view expression, Storage storage)
{
    m_list += m_list.empty() ? "" : ", ";
    m_list += expression;
    m_ends.push_back(m_list.size());
    m_storages.push_back(storage);
    return static_cast<int>(m_ends.size()) - 1;
}

// Tables have a hundred columns and each statement is written anew, so the most frequent kind of
// expression goes into the list without a text of its own.
int SelectionBuilder::add_stored(
    Source const& source, Column const& column, std::string_view suffix, Storage storage)
{
    m_list += m_list.empty() ? "" : ", ";
    m_list += column.in_base ? source.base_alias : source.alias;
    m_list += ".\"";
    m_list += column.name;
    m_list += suffix;
    m_list += '"';
    m_ends.push_back(m_list.size());
    m_storages.push_back(storage);
    return static_cast<int>(m_ends.size()) - 1;
}

std::string SelectionBuilder::named_list() const
{
    std::string result;
    std::size_t begin = 0;
    for (std::size_t index = 0; index < m_ends.size(); ++index) {
        auto const expression = std::string_view(m_list).substr(begin, m_ends[index] - begin);
        result += fmt::format("{}{} as c{}", index == 0 ? "" : ", ", expression, index);
        begin = m_ends[index] + 2; // past the comma and the space
    }
    return result;
}

Result<Selection> SelectionBuilder::build(Query const& query)
{
    auto selection = TRY(build(m_scope.root(), query, !query.distinct));
    TRY(add_named(selection, query));
    return selection;
}

Result<void> SelectionBuilder::add_named(Selection& selection, Query const& query)
{
    for (auto const& named : query.named) {
        auto const source = TRY(m_scope.walk(named.path.hops, named.path.link));
        auto const& column = source.table->column(named.path.column);
        auto const operand = TRY(m_scope.operand(source, column));
        SelectedColumn selected { .column = &column, .key = named.key, .table = source.table };
        selected.at = add(operand.sql, storage_of(*operand.column));
        selected.table_at =
            operand.target_number.empty() ? -1 : add(operand.target_number, Storage::number);
        selection.columns.push_back(selected);
    }
    return {};
}

Result<Selection> SelectionBuilder::build(
    Source const& source, Query const& query, bool has_identity)
{
    auto const& table = *source.table;
    Selection selection { .table = &table };
    if (has_identity) {
        selection.id_at = add(source.id(), Storage::id);
        if (auto const* version = table.find("versionnumber"); version && version->is_stored()) {
            selection.version_at = add(source.stored(*version), Storage::number);
        }
    }
    TRY(add_columns(selection, source, columns_of(table, query, m_empty)));
    TRY(add_expands(selection, source, query));
    return selection;
}

Result<void> SelectionBuilder::add_columns(
    Selection& selection, Source const& source, std::vector<ColumnIndex> const& columns)
{
    auto const& table = *source.table;
    auto const* version = table.find("versionnumber");
    selection.columns.reserve(columns.size());
    constexpr std::size_t expression_bytes = 24;
    m_list.reserve(m_list.size() + columns.size() * expression_bytes);
    for (auto const index : columns) {
        auto const& column = table.column(index);
        SelectedColumn selected { .column = &column, .table = &table };
        if (selection.id_at >= 0 && index == table.id_column) {
            selected.at = selection.id_at;
        } else if (selection.version_at >= 0 && version == &column) {
            selected.at = selection.version_at;
        } else {
            TRY(add_column(selected, source));
        }
        selection.columns.push_back(selected);
    }
    return {};
}

Result<void> SelectionBuilder::add_column(SelectedColumn& selected, Source const& source)
{
    auto const& column = *selected.column;
    if (!column.calculated.empty() || !column.is_stored()
        || column.index == source.table->id_column) {
        auto const operand = TRY(m_scope.operand(source, column));
        selected.at = add(operand.sql, storage_of(*operand.column));
        selected.table_at =
            operand.target_number.empty() ? -1 : add(operand.target_number, Storage::number);
        return {};
    }
    selected.at = add_stored(source, column, "", storage_of(column));
    selected.table_at =
        column.is_polymorphic() ? add_stored(source, column, "__t", Storage::number) : -1;
    return {};
}

Result<void> SelectionBuilder::add_expands(
    Selection& selection, Source const& source, Query const& query)
{
    for (auto const& expand : query.expands) {
        if (++m_expands > expands_max) {
            return invalid("TooManyLinkEntitiesInQuery",
                fmt::format("A query may expand {} navigation properties at most.", expands_max));
        }
        if (expand.hop) {
            selection.singles.push_back(TRY(single(source, expand)));
        } else {
            selection.collections.push_back(&expand);
        }
    }
    return {};
}

Result<Selection> SelectionBuilder::single(Source const& source, Expand const& expand)
{
    auto const& schema = m_scope.compiling().schema;
    auto const* target = TRY(hop_target(schema, *source.table, *expand.hop));
    TRY(require_read(m_scope.compiling(), *target));
    auto const row =
        TRY(m_scope.joined_row(source, source.table->column(expand.hop->lookup), *target));
    Query everything;
    everything.table = target->id;
    if (expand.references_only) {
        everything.columns = { target->id_column };
    }
    auto const& query = expand.query && !expand.references_only ? *expand.query : everything;
    auto selection = TRY(build(row, query, true));
    selection.expand = &expand;
    return selection;
}

}
