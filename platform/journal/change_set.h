// What a commit changed, in commit order: one change set with one entry per row. Written in the
// same transaction by the pipeline, followed by everything that follows a change (audit, events,
// delta, search, remote sync, undo, as-of). Position is dense and the only cursor there is. Layout:
// docs/contracts/journal.md.
#pragma once

#include "core/id.h"
#include "core/time.h"
#include "platform/metadata/value.h"
#include "platform/security/caller.h"

#include <string>
#include <vector>

namespace cashline {

enum class Operation : std::uint8_t { create, update, remove };

struct ColumnChange {
    std::int32_t column_number {}; // stable number (catalogue table cl_column)
    Value before {};
    Value after {};
};

struct JournalEntry {
    TableId table {};
    Id row {};
    Operation operation {};
    // Security stamp: who may see this entry can be decided without reading the row, also after a
    // delete.
    Lookup owner {};
    Id unit {};
    std::string company {};
    std::int64_t version {}; // row version after the change
    std::vector<ColumnChange>
        changes {}; // update: both sides; create: none; remove: the full row as `before`
};

struct ChangeSet {
    std::int64_t position {};
    Id id {};
    Timestamp at {};
    Id user {};
    Id real_user {};
    Door door {};
    std::optional<Id> undo_set {}; // named sets: import, bulk edit, merge
    std::string reason {}; // the message that caused it, e.g. "QualifyLead"
    std::vector<JournalEntry> entries {};
};

}
