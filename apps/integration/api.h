// Integration is the last of the apps: nothing but the server includes it.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::integration {

void register_integration(Registry&);

}
