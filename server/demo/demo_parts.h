// The parts of the demo company, each made in one unit; called in this order by demo_company.cpp.
#pragma once

#include "server/demo/demo_company.h"

namespace cashline::demo {

Result<void> make_people(Unit&);
Result<void> make_money(Unit&); // currencies, companies, the organisation's settings
Result<void> make_catalog(Unit&); // units, families, products, price lists
Result<void> make_routing(Unit&); // assignment rules
Result<void> make_stock(Unit&); // as Otto: what lies in the warehouses
Result<void> make_freight(Unit&); // as Paul: the charge that orders carry

}
