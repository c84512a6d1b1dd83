#include "apps/sales/pricing/copy_document.h"
#include "apps/sales/quote/quote_messages.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_close/quote_close_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"

namespace cashline::sales {

Result<EntityReply> convert_quote(Unit& unit, ConvertQuoteToSalesOrder const& request)
{
    auto source = TRY(unit.retrieve_for_update(quote::table, request.quote));
    // 1. An active quote is won on the way when the caller gives the closing.
    auto const closes = request.close_date || request.close_status || request.close_subject
        || request.close_description;
    if (source.get(quote::state) == QuoteState::active && closes) {
        Row close(quote_close::table);
        close.set(quote_close::quote, request.quote);
        close.set(quote_close::actual_end, request.close_date);
        if (request.close_subject) {
            close.set(quote_close::subject, *request.close_subject);
        }
        if (request.close_description) {
            close.set(quote_close::description, *request.close_description);
        }
        TRY(unit.call(
            WinQuote { .close = std::move(close), .status = request.close_status.value_or(-1) }));
        source = TRY(unit.retrieve(quote::table, request.quote));
    }
    if (source.get(quote::state) != QuoteState::won) {
        return conflict("InvalidStateCodeStatusCode",
            "An order is made from a won quote. Win the quote first.");
    }
    // 2. Prices are what was agreed: they are copied, not computed again.
    Row header(sales_order::table);
    header.set(sales_order::quote, request.quote).set(sales_order::is_price_locked, true);
    auto const id = TRY(copy_document(unit, { quote_document(), source },
        { .columns = order_document(), .line_lineage = sales_order_line::quote_line },
        std::move(header)));
    return EntityReply { { sales_order::table, id } };
}

}
