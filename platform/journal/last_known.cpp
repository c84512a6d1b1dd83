#include "platform/journal/last_known.h"

#include "platform/journal/journal.h"
#include "platform/metadata/column_numbers.h"
#include "platform/pipeline/read_context.h"

#include <algorithm>

namespace cashline::journal {

Result<std::optional<Value>> last_known_value(Reader& reader, Lookup row, ColumnIndex column)
{
    auto& sql = reader.context().sql;
    auto const numbers = TRY(ColumnNumbers::load(sql, reader.schema()));
    auto const number = numbers.number_of(row.table, column);
    std::optional<Value> last;
    for (auto const& set : TRY(read_history(sql, row))) {
        for (auto const& entry : set.entries) {
            auto const found =
                std::ranges::find(entry.changes, number, &ColumnChange::column_number);
            if (entry.operation == Operation::update && found != entry.changes.end()) {
                last = found->after;
            }
        }
    }
    return last;
}

}
