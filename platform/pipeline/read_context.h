// What reading needs: the connection of a unit or a snapshot, the metadata of that moment, the
// clock of the unit and the registry of what apps provide. The pipeline makes one per unit and per
// snapshot; it lives as long as they do.
#pragma once

#include "platform/environment/environment.h"
#include "platform/metadata/schema.h"
#include "platform/security/caller.h"
#include "platform/store/sql.h"

#include <deque>

namespace cashline {

class Registry;
class TablePlans;
struct UnitState;

struct ReadContext {
    SqlConnection& sql;
    Schema const& schema;
    Environment& environment;
    Registry const* registry {}; // null in tests of the query layer
    Timestamp now {}; // one moment for the whole unit, so that it can be run again
    TablePlans const* plans {}; // null in tests of the query layer
    UnitState* unit {}; // null on a snapshot
    std::deque<Caller> elevated {}; // callers made by elevated(); they live as long as this

    // The caller with all rights, made once.
    Caller const& elevated_of(Caller const& caller)
    {
        for (auto const& known : elevated) {
            if (known.user == caller.user && known.door == caller.door) {
                return known;
            }
        }
        return elevated.emplace_back(with_all_rights(caller));
    }
};

}
