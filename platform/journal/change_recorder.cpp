#include "platform/journal/change_recorder.h"

#include "platform/pipeline/table_plan.h"

#include <algorithm>

namespace cashline {

namespace {

bool is_kept(TablePlan const& plan, ColumnIndex column)
{
    return plan.table->column(column).is_audited && !plan.is_bookkeeping(column);
}

}

RecordedChange& ChangeRecorder::entry(TableId table, Id row, Operation operation)
{
    auto const [found, is_new] = m_positions.emplace(std::pair(table, row), m_changes.size());
    if (is_new) {
        m_changes.push_back({ .table = table, .row = row, .operation = operation });
    }
    return m_changes[found->second];
}

void ChangeRecorder::created(TableId table, Id row, EntryStamp stamp)
{
    auto& change = entry(table, row, Operation::create);
    if (change.is_void || change.operation == Operation::remove) {
        // The same id again: an update of what was removed, or a fresh start. Both are a row that
        // is there now.
        change.operation = change.is_void ? Operation::create : Operation::update;
        change.is_void = false;
    }
    change.stamp = std::move(stamp);
}

void ChangeRecorder::updated(
    TablePlan const& plan, Row const& before, Row const& values, EntryStamp stamp)
{
    auto& change = entry(plan.table->id, before.id(), Operation::update);
    change.stamp = std::move(stamp);
    if (change.operation == Operation::create) {
        return;
    }
    for (auto const& cell : values.cells()) {
        if (!is_kept(plan, cell.column)) {
            continue;
        }
        auto const [found, is_new] =
            change.values.try_emplace(cell.column, before.value(cell.column), cell.value);
        if (!is_new) {
            found->second.second = cell.value;
        }
    }
}

void ChangeRecorder::removed(TablePlan const& plan, Row const& before, EntryStamp stamp)
{
    auto& change = entry(plan.table->id, before.id(), Operation::remove);
    change.stamp = std::move(stamp);
    if (change.operation == Operation::create) {
        change.is_void = true;
        return;
    }
    auto const updated = std::move(change.values);
    change.operation = Operation::remove;
    change.values.clear();
    for (auto const& cell : before.cells()) {
        if (is_kept(plan, cell.column) && !cell.value.is_null()) {
            change.values.emplace(cell.column, std::pair(cell.value, Value {}));
        }
    }
    // What the unit itself changed before removing the row goes back to what the row was.
    for (auto const& [column, values] : updated) {
        change.values[column] = { values.first, Value {} };
    }
}

bool ChangeRecorder::is_empty() const
{
    return std::ranges::all_of(m_changes, &RecordedChange::is_void);
}

}
