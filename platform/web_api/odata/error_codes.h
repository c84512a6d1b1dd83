// How a refusal looks outside: the number of its code and the HTTP status. Codes that the public
// list does not know go out under our own name.
#pragma once

#include "core/result.h"

#include <string_view>

namespace cashline::odata {

std::string_view wire_code(std::string_view name); // "0x80040217", or the name itself
int wire_status(Error const& error);

}
