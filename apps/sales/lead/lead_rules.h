// Rules of the lead table; registered in leads.cpp in the order they must run.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::sales {

Result<void> fill_lead_name(Unit&, Change&);
// A request from a known person or company is linked to it and marked (product.md step 2).
Result<void> recognise_existing_customer(Unit&, Change&);
// Gives a lead that came through the shop to the seller the assignment rules name.
Result<void> route_to_seller(Unit&, Change&);
Result<void> tell_new_owner(Unit&, Change&);

}
