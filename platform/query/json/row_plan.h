// How the rows of one selection are written: the keys with their quotes and colons, made once for
// all rows.
#pragma once

#include "platform/query/json/json_rows.h"

namespace cashline {

struct ColumnPlan {
    SelectedColumn selected {};
    std::string key {}; // "name":
    std::string formatted_key {}; // empty when not wanted or without a formatted value
    std::string lookup_key {}; // lookups, when wanted
    std::string navigation_key {};
    int currency_at { -1 }; // money: the currency of the same row
    bool is_base_money {}; // in the organisation's currency
};

struct RowPlan;

struct SinglePlan {
    std::string key {};
    std::vector<RowPlan> targets; // several for ownerid: the one that is there is written
};

struct CollectionPlan {
    Expand const* expand {};
    std::string key {};
    std::string link_key {};
};

struct RowPlan {
    Selection const* selection {};
    std::vector<ColumnPlan> columns {};
    std::vector<SinglePlan> singles {};
    std::vector<CollectionPlan> collections {};
    std::string id_key {}; // the primary key is always written; empty when it is among the columns
};

RowPlan plan_rows(Selection const&, JsonOptions const&);
// "_primarycontactid_value" for lookups, else the logical name.
std::string property_name(Column const&);

}
