// The demo company's people can sign in from the start, and the sign-in page says who they are.
#pragma once

#include "platform/pipeline/platform.h"

namespace cashline::server {

// The demo company with a password for each of its people.
Result<void> install_demo(Platform& platform);
// One line for the terminal: who signs in where with which password. Empty without a demo company.
Result<std::string> demo_sign_in_text(Platform& platform);
// Provides what the sign-in page shows.
void register_demo_sign_in(Registry& registry);

}
