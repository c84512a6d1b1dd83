#include "apps/finance/order/write_document.h"

#include "apps/finance/order/order_document_line_table.h"

namespace cashline::finance {

Result<std::string> next_document_number(OrderWork& work, OrderDocumentDocumentType type)
{
    auto const series = [&] {
        switch (type) {
        case OrderDocumentDocumentType::confirmation:
            return "finance.confirmation";
        case OrderDocumentDocumentType::picking_list:
            return "finance.picking_list";
        case OrderDocumentDocumentType::packing_slip:
            return "finance.packing_slip";
        }
        return "";
    }();
    return work.unit.next_number(series, work.books.code);
}

Result<Id> write_document(OrderWork& work, NewDocument const& made)
{
    Row row(order_document::table);
    row.set(order_document::company, work.books.code)
        .set(order_document::order, work.order.id())
        .set(order_document::document_type, made.type)
        .set(order_document::number,
            made.number.empty() ? TRY(next_document_number(work, made.type)) : made.number)
        .set(order_document::date, work.unit.today())
        .set(order_document::total, made.total)
        .set(order_document::tracking_number, made.tracking_number);
    if (made.voucher) {
        row.set(order_document::voucher, *made.voucher);
    }
    auto const id = TRY(work.unit.create(std::move(row)));
    for (auto const& line : made.lines) {
        Row entry(order_document_line::table);
        entry.set(order_document_line::company, work.books.code)
            .set(order_document_line::document, id)
            .set(order_document_line::line, line.line.id())
            .set(order_document_line::item, line.line.text_or(finance_order_line::item))
            .set(order_document_line::description,
                line.line.text_or(finance_order_line::description))
            .set(order_document_line::unit, line.line.text_or(finance_order_line::unit))
            .set(order_document_line::quantity, line.quantity)
            .set(order_document_line::amount, line.amount)
            .set(order_document_line::cost, line.cost);
        TRY(work.unit.create(std::move(entry)));
    }
    return id;
}

}
