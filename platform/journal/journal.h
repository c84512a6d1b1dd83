// The journal's tables: writing a change set at the end of a unit, reading them back in commit
// order. docs/contracts/journal.md has the layout. On SQLite the one writer gives the position with
// the row; on PostgreSQL a commit stands without one until the sequencer has given it, in an order
// that agrees with what readers could see.
#pragma once

#include "platform/journal/change_set.h"
#include "platform/store/store.h"

namespace cashline {

struct UnitState;

namespace journal {

Result<void> create_tables(SqlConnection& sql);

// Appends what the unit changed; nothing when it changed nothing. The reason is the outermost
// message that ran.
Result<void> append(UnitState& unit, Caller const& caller);

// Change sets after a position, oldest first, with their entries.
Result<std::vector<ChangeSet>> read(SqlConnection& sql, std::int64_t after, std::int64_t limit);
Result<std::int64_t> last_position(SqlConnection& sql);
// Everything that happened to one row, oldest first: each change set with only this row's entry.
Result<std::vector<ChangeSet>> read_history(SqlConnection& sql, Lookup row);

// PostgreSQL: gives positions to committed change sets that have none. Only one process at a time
// does; the others find the lock taken and leave. The number of positions given.
Result<std::int64_t> give_positions(Store& store);

}

}
