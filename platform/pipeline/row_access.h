// May this caller do this to that row? Decided in memory from the row's stamp (owner, unit, parent)
// and the caller's rights; only a row shared with him costs a look into principalobjectaccess. The
// query compiler puts the same rules into its predicate; nothing else decides.
#pragma once

#include "platform/pipeline/read_context.h"

namespace cashline {

class Row;
struct TablePlan;

// Bits of principalobjectaccess.accessrightsmask, as Dataverse numbers them.
std::int64_t access_right(Privilege privilege);
// "prvReadLead"
std::string privilege_name(Table const& table, Privilege privilege);

struct SecurityStamp {
    Lookup owner {};
    Id unit {};
    std::optional<Lookup> parent {}; // tables without owner: the row that gives the rights
};

SecurityStamp stamp_of(TablePlan const& plan, Row const& row);
// Empty when there is no such row.
Result<std::optional<SecurityStamp>> find_stamp(ReadContext& context, Lookup row);
// Tables without an owner stand where the row stands that gives them their rights.
Result<SecurityStamp> settled_stamp(ReadContext& context, SecurityStamp stamp);

// Any depth of the privilege, without a row. Tables without an owner answer for their parent's
// table.
bool may_at_all(
    ReadContext& context, Caller const& caller, Privilege privilege, Table const& table);

struct AccessQuestion {
    Privilege privilege {};
    Lookup row {};
    SecurityStamp stamp {};
};
Result<bool> may(ReadContext& context, Caller const& caller, AccessQuestion const& question);
// What to say when the answer is no: "PrivilegeDenied" without any depth, else "AccessDenied".
Refusal access_refusal(
    ReadContext& context, Caller const& caller, Privilege privilege, Table const& table);

}
