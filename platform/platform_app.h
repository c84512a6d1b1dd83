// The platform's own messages and rules, registered before those of any app.
#pragma once

namespace cashline {

class Registry;
void register_platform(Registry&);

}
