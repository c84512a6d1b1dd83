// What other apps may use of activities besides its tables.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

void register_activities(Registry&);

}
