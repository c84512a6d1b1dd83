#include "apps/finance/api.h"
#include "apps/finance/bank/bank_messages.h"
#include "apps/finance/credit/credit.h"
#include "apps/finance/customer/customer_rules.h"
#include "apps/finance/invoice/render_invoice.h"
#include "apps/finance/ledger/post_voucher.h"
#include "apps/finance/order/order_steps.h"
#include "apps/finance/pricing/prices.h"
#include "apps/finance/setup/company_setup.h"
#include "apps/finance/workspace/bank_pages.h"
#include "apps/finance/workspace/fulfilment.h"

namespace cashline::finance {

void register_finance(Registry& registry)
{
    registry.provide<catalog::Prices>(std::make_unique<FinancePrices>());
    register_company_setup(registry);
    register_customers(registry);
    register_posted_rows(registry);
    register_credit(registry);
    register_order_steps(registry);
    register_rendering(registry);
    register_fulfilment(registry);
    register_bank(registry);
    register_bank_pages(registry);
}

}
