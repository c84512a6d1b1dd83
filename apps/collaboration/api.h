// What other apps may use of collaboration besides its tables.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::collaboration {

void register_collaboration(Registry&);

}
