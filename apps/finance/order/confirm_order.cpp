#include "apps/finance/credit/credit.h"
#include "apps/finance/order/order_pricing.h"
#include "apps/finance/order/order_steps.h"
#include "apps/finance/order/write_document.h"
#include "apps/finance/workspace/fulfilment.h"

#include <algorithm>

namespace cashline::finance {

Result<DocumentReply> confirm_order(Unit& unit, ConfirmOrder const& request)
{
    auto work = TRY(OrderWork::load(unit, request.order));
    // 1. What is invoiced already keeps the prices it was invoiced at.
    auto const is_invoiced = [](Row const& line) {
        return quantities_of(line).invoiced.sign() > 0;
    };
    if (std::ranges::any_of(work.lines, is_invoiced)) {
        return conflict("order_partly_invoiced",
            "Order " + work.number() + " is invoiced in part and cannot be confirmed again.");
    }
    // 2. Amounts, charges and tax as of today; discounts and charges are kept for the invoices.
    auto const priced = TRY(price_order(work.unit, work.order, work.lines));
    TRY(save_pricing(work, priced));
    // 3. With this order the customer must stay within the limit.
    TRY(credit_must_suffice(work.unit, work.books, work.customer));
    // 4. The confirmation, a snapshot with its own number.
    NewDocument confirmation { .type = OrderDocumentDocumentType::confirmation,
        .total = priced.priced.gross };
    for (std::size_t place = 0; place < work.lines.size(); ++place) {
        confirmation.lines.push_back({ .line = work.lines[place],
            .quantity = quantities_of(work.lines[place]).ordered,
            .amount = priced.priced.lines[place].net });
    }
    TRY(write_document(work, confirmation));
    TRY(work.unit.update(finance_order::table, request.order,
        Row(finance_order::table).set(finance_order::confirmed_on, unit.today())));
    TRY(work.update_status(FinanceOrderDocumentStatus::confirmation));
    return DocumentReply { TRY(fulfilment_order(unit, request.order)) };
}

}
