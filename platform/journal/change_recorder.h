// Collects what a unit changes, one entry per row: a row created and then updated is created, one
// created and removed never was. The journal writes it at the end of the unit, in the same
// transaction.
#pragma once

#include "platform/journal/change_set.h"
#include "platform/metadata/row.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace cashline {

struct TablePlan;

// Who may see an entry, as it stands in it.
struct EntryStamp {
    Lookup owner {};
    Id unit {};
    std::string company {};
    std::int64_t version {};
};

struct RecordedChange {
    TableId table {};
    Id row {};
    Operation operation {};
    EntryStamp stamp {};
    std::map<ColumnIndex, std::pair<Value, Value>> values {};
    bool is_void {}; // created and removed within the unit
};

class ChangeRecorder {
public:
    void created(TableId table, Id row, EntryStamp stamp);
    // Only the cells of `values` that differ from `before` are kept.
    void updated(TablePlan const& plan, Row const& before, Row const& values, EntryStamp stamp);
    void removed(TablePlan const& plan, Row const& before, EntryStamp stamp);

    std::vector<RecordedChange> const& changes() const { return m_changes; }
    bool is_empty() const;

private:
    RecordedChange& entry(TableId table, Id row, Operation operation);

    std::vector<RecordedChange> m_changes {};
    std::map<std::pair<TableId, Id>, std::size_t> m_positions {};
};

}
