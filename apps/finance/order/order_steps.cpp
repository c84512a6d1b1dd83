#include "apps/finance/order/order_steps.h"

#include "apps/finance/inventory/stock.h"
#include "apps/finance/invoice/invoice_order.h"
#include "apps/finance/order/order_pricing.h"

namespace cashline::finance {

void register_order_steps(Registry& registry)
{
    register_order_pricing(registry);
    registry.message<ConfirmOrder>(confirm_order).requires_privilege("prvPostFinance");
    registry.message<PickOrder>(pick_order).requires_privilege("prvPickAndPack");
    registry.message<PackOrder>(pack_order).requires_privilege("prvPickAndPack");
    registry.message<InvoiceOrder>(invoice_order).requires_privilege("prvPostFinance");
    registry.message<AdjustInventory>(adjust_inventory).requires_privilege("prvPickAndPack");
}

}
