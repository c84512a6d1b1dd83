// The columns that opportunity, quote, order and invoice share under the same meaning, so that
// pricing and copying are written once.
#pragma once

#include "platform/metadata/handles.h"

namespace cashline::sales {

struct HeaderColumns {
    TableHandle table;
    LookupColumn customer;
    LookupColumn price_list;
    LookupColumn currency;
    DecimalColumn discount_percentage;
    MoneyColumn discount_amount;
    MoneyColumn freight;
    MoneyColumn total_line_amount;
    MoneyColumn total_line_discount;
    MoneyColumn total_discount;
    MoneyColumn total_less_freight;
    MoneyColumn total_tax;
    MoneyColumn total;
};

struct LineColumns {
    TableHandle table;
    LookupColumn parent;
    LookupColumn product;
    LookupColumn unit;
    TextColumn description;
    YesNoColumn is_write_in;
    YesNoColumn is_price_overridden;
    MoneyColumn price;
    DecimalColumn quantity;
    MoneyColumn manual_discount;
    MoneyColumn agreement_discount;
    MoneyColumn base_amount;
    MoneyColumn extended_amount;
    MoneyColumn tax;
    WholeColumn number;
};

struct DocumentColumns {
    HeaderColumns header;
    LineColumns line;
};

DocumentColumns const& opportunity_document();
DocumentColumns const& quote_document();
DocumentColumns const& order_document();
DocumentColumns const& invoice_document();

}
