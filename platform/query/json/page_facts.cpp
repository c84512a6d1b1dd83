#include "platform/query/json/page_facts.h"

#include "platform/query/execute.h"

#include <fmt/format.h>

namespace cashline {

namespace {

// One statement never names more parents or ids than this; SQLite stops at 32,766 parameters.
constexpr std::size_t chunk_size = 1'000;

template<class Each>
Result<void> in_chunks(std::vector<Id> const& ids, Each const& each)
{
    for (std::size_t at = 0; at < ids.size(); at += chunk_size) {
        auto const count = std::min(chunk_size, ids.size() - at);
        TRY(each(std::vector(ids.begin() + static_cast<std::ptrdiff_t>(at),
            ids.begin() + static_cast<std::ptrdiff_t>(at + count))));
    }
    return {};
}

}

TableId target_of(SelectedColumn const& selected, SqlRow const& row)
{
    return selected.table_at < 0 ? selected.column->targets[0]
                                 : static_cast<TableId>(row.integer(selected.table_at));
}

Result<void> PageFacts::gather(RowPlan const& plan, RowBuffer const& rows)
{
    if (m_options.formatted_values) {
        note_lookups(plan, rows);
    }
    TRY(read_children(plan, rows));
    for (auto const& single : plan.singles) {
        for (auto const& target : single.targets) {
            TRY(gather(target, rows));
        }
    }
    return {};
}

void PageFacts::note_lookups(RowPlan const& plan, RowBuffer const& rows)
{
    for (auto const& column : plan.columns) {
        m_wants_base_currency = m_wants_base_currency || column.is_base_money;
        auto const is_money = column.currency_at >= 0;
        if (!column.selected.column->is_lookup() && !is_money) {
            continue;
        }
        for (std::size_t index = 0; index < rows.size(); ++index) {
            auto const row = rows.row(index);
            if (is_money && !row.is_null(column.currency_at)) {
                m_wanted_currencies.insert(row.id(column.currency_at));
            } else if (!is_money && !row.is_null(column.selected.at)) {
                m_wanted[target_of(column.selected, row)].insert(row.id(column.selected.at));
            }
        }
    }
}

Result<void> PageFacts::read_children(RowPlan const& plan, RowBuffer const& rows)
{
    if (plan.collections.empty()) {
        return {};
    }
    std::set<Id> seen;
    std::vector<Id> parents;
    for (std::size_t index = 0; index < rows.size(); ++index) {
        auto const row = rows.row(index);
        if (!plan.selection->is_absent(row) && seen.insert(row.id(plan.selection->id_at)).second) {
            parents.push_back(row.id(plan.selection->id_at));
        }
    }
    for (auto const& collection : plan.collections) {
        TRY(read_collection(plan, *collection.expand, parents));
    }
    return {};
}

Result<void> PageFacts::read_collection(
    RowPlan const& plan, Expand const& expand, std::vector<Id> const& parents)
{
    TRY(in_chunks(parents, [&](std::vector<Id> const& chunk) -> Result<void> {
        auto compiled = TRY(compile_children(m_context, m_caller, *expand.query,
            { plan.selection->table->id, expand.relationship, chunk }));
        auto& children = m_children[&expand];
        auto const is_first = !children;
        if (is_first) {
            auto storages = compiled.storages;
            children = std::make_unique<ChildRows>(
                std::move(compiled), RowPlan {}, RowBuffer { std::move(storages) });
            children->plan = plan_rows(children->compiled.selection, m_options);
        }
        // Every chunk compiles to the same columns, so the first one's plan serves all.
        auto const& statement = is_first ? children->compiled : compiled;
        return m_context.sql.each(
            statement.sql, statement.parameters.values(), [&](SqlRow const& row) {
                children->by_parent[row.id(statement.parent_at)].push_back(children->rows.size());
                children->rows.add(row);
                return Walk::on;
            });
    }));
    auto const found = m_children.find(&expand);
    return found == m_children.end() ? Result<void> {}
                                     : gather(found->second->plan, found->second->rows);
}

Result<void> PageFacts::read_names()
{
    for (auto const& [table, ids] : m_wanted) {
        auto const* target = m_context.schema.find(table);
        if (!target || !target->name_column) {
            continue;
        }
        TRY(in_chunks({ ids.begin(), ids.end() }, [&](std::vector<Id> const& chunk) {
            return read_names_of(*target, { chunk.begin(), chunk.end() });
        }));
    }
    if (!m_wanted_currencies.empty()) {
        TRY(read_currencies());
    }
    if (m_wants_base_currency) {
        TRY(read_base_currency());
    }
    return {};
}

Result<void> PageFacts::read_names_of(Table const& table, std::vector<Value> const& ids)
{
    auto query = Query::from(table.id);
    query.columns = { *table.name_column };
    query.filter = Filter::condition(table.id_column, Operator::in, ids);
    auto const rows = select_rows(m_context, m_caller, query);
    if (!rows) {
        // A caller without the privilege sees the lookup without its name.
        return rows.error().code == "PrivilegeDenied" ? Result<void> {}
                                                      : std::unexpected(rows.error());
    }
    for (auto const& row : *rows) {
        if (auto const* name = row.value(*table.name_column).as_text()) {
            m_names.emplace(Lookup { table.id, row.id() }, *name);
        }
    }
    return {};
}

// Symbols and precisions are no secrets; whoever may read the amount may read its currency.
Result<void> PageFacts::read_currencies()
{
    if (!m_context.schema.find("transactioncurrency")) {
        return {};
    }
    Parameters parameters;
    auto const list =
        parameters.add_all({ m_wanted_currencies.begin(), m_wanted_currencies.end() });
    return m_context.sql.each(fmt::format("select transactioncurrencyid, currencysymbol, "
                                          "currencyprecision from transactioncurrency where "
                                          "transactioncurrencyid in ({})",
                                  list),
        parameters.values(), [&](SqlRow const& row) {
            m_currencies[row.id(0)] = { std::string(row.text(1)),
                row.is_null(2) ? std::uint8_t { 2 } : static_cast<std::uint8_t>(row.integer(2)) };
            return Walk::on;
        });
}

Result<void> PageFacts::read_base_currency()
{
    if (!m_context.schema.find("organization") || !m_context.schema.find("transactioncurrency")) {
        return {};
    }
    return m_context.sql.each(
        "select currencysymbol, currencyprecision from organization o join transactioncurrency c "
        "on c.transactioncurrencyid = o.basecurrencyid",
        {}, [&](SqlRow const& row) {
            m_base_currency = { std::string(row.text(0)),
                row.is_null(1) ? std::uint8_t { 2 } : static_cast<std::uint8_t>(row.integer(1)) };
            return Walk::stop;
        });
}

std::string const* PageFacts::find_name(Lookup const& row) const
{
    auto const found = m_names.find(row);
    return found == m_names.end() ? nullptr : &found->second;
}

CurrencyFormat const& PageFacts::currency(Id id) const
{
    static CurrencyFormat const unknown {};
    auto const found = m_currencies.find(id);
    return found == m_currencies.end() ? unknown : found->second;
}

ChildRows const* PageFacts::find_children(Expand const* expand) const
{
    auto const found = m_children.find(expand);
    return found == m_children.end() ? nullptr : found->second.get();
}

}
