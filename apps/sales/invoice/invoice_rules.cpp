#include "apps/sales/invoice/invoice_rules.h"

#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/sales_order/sales_order_table.h"

namespace cashline::sales {

Result<void> complete_invoice(Unit& unit, Change& change)
{
    auto const reference = change.values.get(invoice::order);
    if (!reference) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const order = TRY(elevated.retrieve(sales_order::table, reference->id));
    auto& values = change.values;
    values.set(invoice::owner, order.get(sales_order::owner))
        .set(invoice::opportunity, order.get(sales_order::opportunity))
        .set(invoice::price_list, order.get(sales_order::price_list))
        .set(invoice::is_price_locked, true)
        .set(invoice::bill_to_name, order.get(sales_order::bill_to_name))
        .set(invoice::bill_to_street, order.get(sales_order::bill_to_street))
        .set(invoice::bill_to_city, order.get(sales_order::bill_to_city))
        .set(invoice::bill_to_postal_code, order.get(sales_order::bill_to_postal_code))
        .set(invoice::bill_to_country, order.get(sales_order::bill_to_country));
    return {};
}

}
