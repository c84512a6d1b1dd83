#include "apps/sales/api.h"
#include "apps/sales/invoice/invoice_rules.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/pricing/document_pricing.h"
#include "apps/sales/sales_order/order_rules.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"

namespace cashline::sales {

Result<catalog::PricedDocument> price_order(Unit& unit, Id order)
{
    return price_document(unit, order_document(), order, TaxOnDocument::included);
}

void register_orders(Registry& registry)
{
    registry.before(Operation::create, sales_order::table, complete_order);
    registry.before(Operation::update, sales_order::table, follow_totals_of_finance,
        { sales_order::total_line_amount, sales_order::total_discount });
    registry.before(Operation::update, sales_order_line::table, follow_tax_of_finance,
        { sales_order_line::tax });
    registry.before(Operation::create, invoice::table, complete_invoice);
    registry.before_save(sales_order_line::table, order_lines_need_an_open_order);
    register_pricing(registry, order_document(), TaxOnDocument::included);
    auto const canceled = static_cast<std::int64_t>(SalesOrderState::canceled);
    auto const invoiced = static_cast<std::int64_t>(SalesOrderState::invoiced);
    registry.frozen_when(sales_order::table, { canceled, invoiced },
        "CannotUpdateObjectBecauseItIsInactive",
        { sales_order::state, sales_order::status, sales_order::owner,
            sales_order::processing_status });
    registry.message<CancelSalesOrder>(cancel_order);
}

}
