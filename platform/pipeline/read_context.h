// What reading needs: the connection of a unit or a snapshot, the metadata of that moment, the
// clock of the unit and the registry of what apps provide. The pipeline makes one per unit and per
// snapshot; it lives as long as they do.
#pragma once

#include "platform/environment/environment.h"
#include "platform/metadata/schema.h"
#include "platform/store/sql.h"

namespace cashline {

class Registry;

struct ReadContext {
    SqlConnection& sql;
    Schema const& schema;
    Environment& environment;
    Registry const* registry {}; // null in tests of the query layer
    Timestamp now {}; // one moment for the whole unit, so that it can be run again
};

}
