// The bell: writes a cl_notification for a person (or every member of a team) in the running unit.
#pragma once

#include "platform/pipeline/unit.h"

namespace cashline {

struct Notice {
    std::string title {};
    std::string body {};
    Lookup about {};
    std::int64_t kind { 870000000 }; // cl_kind
};

// Nobody is told about what he did himself.
Result<void> notify(Unit&, Lookup recipient, Notice const&);

}
