// What other apps may use of insights besides its tables.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::insights {

void register_insights(Registry&);

}
