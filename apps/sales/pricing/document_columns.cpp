#include "apps/sales/pricing/document_columns.h"

#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/invoice_line/invoice_line_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_product/opportunity_product_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_line/quote_line_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"

namespace cashline::sales {

DocumentColumns const& opportunity_document()
{
    static constexpr DocumentColumns columns {
        .header = { opportunity::table, opportunity::customer, opportunity::price_list,
            opportunity::currency, opportunity::discount_percentage, opportunity::discount_amount,
            opportunity::freight, opportunity::total_line_amount, opportunity::total_line_discount,
            opportunity::total_discount, opportunity::total_less_freight, opportunity::total_tax,
            opportunity::total },
        .line = { opportunity_product::table, opportunity_product::opportunity,
            opportunity_product::product, opportunity_product::unit,
            opportunity_product::product_description, opportunity_product::is_write_in,
            opportunity_product::is_price_overridden, opportunity_product::price_per_unit,
            opportunity_product::quantity, opportunity_product::manual_discount,
            opportunity_product::agreement_discount, opportunity_product::base_amount,
            opportunity_product::extended_amount, opportunity_product::tax,
            opportunity_product::line_number },
    };
    return columns;
}

DocumentColumns const& quote_document()
{
    static constexpr DocumentColumns columns {
        .header = { quote::table, quote::customer, quote::price_list, quote::currency,
            quote::discount_percentage, quote::discount_amount, quote::freight,
            quote::total_line_amount, quote::total_line_discount, quote::total_discount,
            quote::total_less_freight, quote::total_tax, quote::total },
        .line = { quote_line::table, quote_line::quote, quote_line::product, quote_line::unit,
            quote_line::product_description, quote_line::is_write_in,
            quote_line::is_price_overridden, quote_line::price_per_unit, quote_line::quantity,
            quote_line::manual_discount, quote_line::agreement_discount, quote_line::base_amount,
            quote_line::extended_amount, quote_line::tax, quote_line::line_number },
    };
    return columns;
}

DocumentColumns const& order_document()
{
    static constexpr DocumentColumns columns {
        .header = { sales_order::table, sales_order::customer, sales_order::price_list,
            sales_order::currency, sales_order::discount_percentage, sales_order::discount_amount,
            sales_order::freight, sales_order::total_line_amount, sales_order::total_line_discount,
            sales_order::total_discount, sales_order::total_less_freight, sales_order::total_tax,
            sales_order::total },
        .line = { sales_order_line::table, sales_order_line::order, sales_order_line::product,
            sales_order_line::unit, sales_order_line::product_description,
            sales_order_line::is_write_in, sales_order_line::is_price_overridden,
            sales_order_line::price_per_unit, sales_order_line::quantity,
            sales_order_line::manual_discount, sales_order_line::agreement_discount,
            sales_order_line::base_amount, sales_order_line::extended_amount, sales_order_line::tax,
            sales_order_line::line_number },
    };
    return columns;
}

DocumentColumns const& invoice_document()
{
    static constexpr DocumentColumns columns {
        .header = { invoice::table, invoice::customer, invoice::price_list, invoice::currency,
            invoice::discount_percentage, invoice::discount_amount, invoice::freight,
            invoice::total_line_amount, invoice::total_line_discount, invoice::total_discount,
            invoice::total_less_freight, invoice::total_tax, invoice::total },
        .line = { invoice_line::table, invoice_line::invoice, invoice_line::product,
            invoice_line::unit, invoice_line::product_description, invoice_line::is_write_in,
            invoice_line::is_price_overridden, invoice_line::price_per_unit, invoice_line::quantity,
            invoice_line::manual_discount, invoice_line::agreement_discount,
            invoice_line::base_amount, invoice_line::extended_amount, invoice_line::tax,
            invoice_line::line_number },
    };
    return columns;
}

}
