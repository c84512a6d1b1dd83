// What operators read: one line each on standard error, with time and weight. Never a secret, never
// a person's data beyond an id.
#pragma once

#include <string_view>

namespace cashline::log {

void info(std::string_view line);
void warning(std::string_view line);
void error(std::string_view line);

}
