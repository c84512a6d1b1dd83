// Values of a query as SQL parameters in the representation of their column, and SQL values back as
// Values.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/query/sql_text.h"

namespace cashline {

// How the database keeps a column's values.
enum class Storage : std::uint8_t { number, text, id, bytes };
Storage storage_of(Column const&);

// A number as the column stores it. When the value has more digits than the column, `number` is the
// next smaller one and `is_exact` false, so that comparisons can still be answered.
struct StoredNumber {
    std::int64_t number {};
    bool is_exact { true };
};
// Refused ("QueryBuilderInvalid_Value") when the value is of a kind that the column cannot hold.
Result<StoredNumber> stored_number(Column const&, Value const&);
Result<Id> stored_id(Column const&, Value const&);
Result<std::string> stored_text(Column const&, Value const&);

// `table_at` is the position of a polymorphic lookup's table number, -1 for the others.
Value read_value(Column const&, SqlRow const&, int at, int table_at);

}
