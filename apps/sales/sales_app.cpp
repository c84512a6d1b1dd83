#include "apps/sales/api.h"

namespace cashline::sales {

void register_sales(Registry& registry)
{
    register_leads(registry);
    register_opportunities(registry);
    register_quotes(registry);
    register_orders(registry);
    register_processes(registry);
    register_quote_files(registry);
}

}
