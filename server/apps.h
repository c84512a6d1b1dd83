// Every app of this build, in the order of their dependencies.
#pragma once

#include <functional>
#include <vector>

namespace cashline {

class Registry;
std::vector<std::function<void(Registry&)>> all_apps();

}
