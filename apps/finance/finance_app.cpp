#include "apps/finance/api.h"
#include "apps/finance/customer/customer_rules.h"
#include "apps/finance/pricing/prices.h"
#include "apps/finance/setup/company_setup.h"

namespace cashline::finance {

void register_finance(Registry& registry)
{
    register_company_setup(registry);
    register_customers(registry);
    registry.provide<catalog::Prices>(std::make_unique<FinancePrices>());
}

}
