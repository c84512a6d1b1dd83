// Rules of a customer row: what the creator leaves out comes from the group and the company, so
// that a map or a script can always make one; the currency is one the organisation knows.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::finance {

void register_customers(Registry&);

}
