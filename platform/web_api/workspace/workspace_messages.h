// What the workspace asks about itself: tables with their columns, views, forms and commands, and
// the site map, each for one caller (docs/contracts/web-workspace.md 4).
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::workspace {

void register_workspace_messages(Registry& registry);

}
