// What every part of one compilation shares, and a table as it stands in a FROM clause.
#pragma once

#include "core/time.h"
#include "platform/metadata/schema.h"
#include "platform/query/query.h"
#include "platform/query/sql_text.h"
#include "platform/security/caller.h"

namespace cashline {

struct Compiling {
    Schema const& schema;
    Caller const& caller;
    Dialect dialect {};
    Timestamp now {};
    Parameters parameters {};
    int alias_count {};
    int condition_count {};

    std::string new_alias() { return "a" + std::to_string(alias_count++); }
};

// A table in a FROM clause. Activities live in two SQL tables: the common columns in
// activitypointer, their own in the type's table; both are joined on activityid.
struct Source {
    Table const* table {};
    std::string alias {};
    std::string base_alias {}; // equals alias for everything but activities

    std::string id() const { return column_of(alias, table->column(table->id_column).name); }
    // A stored column; calculated ones go through Scope::operand.
    std::string stored(Column const& column) const
    {
        return column_of(column.in_base ? base_alias : alias, column.name);
    }
    // The table number beside a lookup with several targets.
    std::string target_number(Column const& column) const
    {
        return column_of(column.in_base ? base_alias : alias, column.name + "__t");
    }
};

Source new_source(Compiling&, Table const&);
// "lead a0", for activities "phonecall a0 join activitypointer b0 on …".
std::string from_clause(Compiling const&, Source const&);
// The table whose rows carry the rights: activitypointer for activities, else the table itself.
Table const& base_of(Schema const&, Table const&);

}
