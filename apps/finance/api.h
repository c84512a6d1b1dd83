// What other apps may use of finance besides its tables. Sales never includes this: prices, credit
// and open invoices come through the ports of catalog, rows through the maps of integration.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::finance {

void register_finance(Registry&);

}
