// Which rows of a table the caller may read, as SQL. The rights are in memory
// (platform/security/caller.h), so the predicate only names his principals: no predicate at all
// where he sees everything, otherwise one branch per way to see a row (owner, unit, share, parent),
// so that the compiler can walk an index for each.
#pragma once

#include "platform/query/compiling.h"

namespace cashline {

struct Access {
    enum class Kind : std::uint8_t { everything, some, nothing };

    Kind kind { Kind::nothing };
    std::vector<std::string> branches {}; // some: a row is readable when any of them holds
    // Where shares are one of the ways, they are the last branch; this query answers the ids of
    // the shared rows, each once. They are few beside the table's rows, so a walk starts from them.
    std::string shared_ids {};

    // One condition: empty for everything, "1 = 0" for nothing.
    std::string predicate() const;
};

Access read_access(Compiling&, Source const&);
// "PrivilegeDenied" when the caller may not read any row of the table.
Result<void> require_read(Compiling const&, Table const&);
bool may_read_some(Compiling const&, Table const&);

}
