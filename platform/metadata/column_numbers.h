// The stable number of every stored column, kept in the catalogue table cl_column and never reused.
// The journal names columns by it, so history survives renumbered definitions.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/store/sql.h"

#include <map>

namespace cashline {

class ColumnNumbers {
public:
    static Result<ColumnNumbers> load(SqlConnection&, Schema const&);

    std::int32_t number_of(TableId, ColumnIndex) const; // CHECKed: migrated
    // Empty when the column is gone from the definitions.
    std::optional<ColumnIndex> find(TableId, std::int32_t number) const;

private:
    std::map<std::pair<TableId, ColumnIndex>, std::int32_t> m_numbers {};
    std::map<std::pair<TableId, std::int32_t>, ColumnIndex> m_columns {};
};

}
