// What the pipeline needs to know of a table on every write, worked out once per metadata snapshot:
// where its standard columns stand, and the SQL that reads and writes a whole row. An activity
// lives in two SQL tables (activitypointer and its own) that are one row here.
#pragma once

#include "platform/metadata/schema.h"

#include <unordered_map>

namespace cashline {

// One SQL table of a row: which columns of the definition it stores.
struct TablePart {
    std::string sql_table {};
    std::vector<ColumnIndex> columns {}; // the id first
    std::string insert {};
};

struct MoneyPair {
    ColumnIndex amount {};
    ColumnIndex base {};
};

// A relationship to follow when the parent is deleted or assigned.
struct ChildLink {
    OneToMany const* relationship {};
    std::string select {}; // ids of the children of row ?1 of table number ?2
};

struct TablePlan {
    Table const* table {};
    std::vector<TablePart> parts {}; // the base first, for activities
    std::vector<ColumnIndex> columns {}; // in the order of `select`
    std::string select {}; // every stored column of the row with id ?1
    std::string select_stamp {}; // owner (two columns), unit, parent (two columns); null where
                                 // there is none
    std::vector<MoneyPair> money {};
    std::vector<ColumnIndex> numbered {}; // filled from a number series
    std::vector<ChildLink> children {};

    std::optional<ColumnIndex> created_on {};
    std::optional<ColumnIndex> created_by {};
    std::optional<ColumnIndex> created_on_behalf_by {};
    std::optional<ColumnIndex> overridden_created_on {};
    std::optional<ColumnIndex> modified_on {};
    std::optional<ColumnIndex> modified_by {};
    std::optional<ColumnIndex> modified_on_behalf_by {};
    std::optional<ColumnIndex> version {};
    std::optional<ColumnIndex> owner {};
    std::optional<ColumnIndex>
        owning_unit {}; // owningbusinessunit, or businessunitid of tables that belong to a unit
    std::optional<ColumnIndex> currency {};
    std::optional<ColumnIndex> exchange_rate {};
    std::optional<ColumnIndex> state {};
    std::optional<ColumnIndex> status {};
    std::optional<ColumnIndex> company {};
    std::optional<ColumnIndex> type_code {}; // activitytypecode

    // Changes of this table are kept in the journal. Sessions and counters are not: nobody follows
    // them.
    bool is_journaled {};
    bool is_about_rights {}; // users, teams, units, roles and their links
    // Columns the platform itself keeps; never compared, never in the journal.
    bool is_bookkeeping(ColumnIndex column) const;
};

class TablePlans {
public:
    explicit TablePlans(Schema const& schema);
    TablePlan const& plan(TableId table) const;

private:
    std::unordered_map<std::uint32_t, TablePlan> m_plans {};
};

}
