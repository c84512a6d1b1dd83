// Rules of invoices in Sales; Finance writes them, Sales completes what only it knows. Registered
// in orders.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::sales {

// Owner, opportunity, price list and addresses of the order (integration.md 1.13).
Result<void> complete_invoice(Unit&, Change&);

}
