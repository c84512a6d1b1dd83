// Rules of orders; registered in orders.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::sales {

Result<void> complete_order(Unit&, Change&);
Result<void> order_lines_need_an_open_order(Unit&, Change&);
// Finance sends totals and taxes when it computes them anew; what adds up from them follows.
Result<void> follow_totals_of_finance(Unit&, Change&);
Result<void> follow_tax_of_finance(Unit&, Change&);

// CancelSalesOrder: sales.md 2.4. `close` is an unsaved orderclose row.
struct CancelSalesOrder {
    static constexpr char const* name = "CancelSalesOrder";
    using Reply = NoReply;
    Row close {};
    std::int32_t status { -1 };
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OrderClose", &CancelSalesOrder::close);
        visit("Status", &CancelSalesOrder::status);
    }
};

Result<NoReply> cancel_order(Unit&, CancelSalesOrder const&);

}
