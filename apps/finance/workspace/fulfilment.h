// Orders as the fulfilment pages show them (docs/contracts/web-workspace.md 8, "Order").
#pragma once

#include "apps/finance/order/order_steps.h"

namespace cashline::finance {

struct RetrieveFulfilmentOrders {
    static constexpr char const* name = "cl_RetrieveFulfilmentOrders";
    using Reply = DocumentReply;

    std::optional<std::string> company {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Company", &RetrieveFulfilmentOrders::company);
    }
};

struct RetrieveFulfilmentOrder {
    static constexpr char const* name = "cl_RetrieveFulfilmentOrder";
    using Reply = DocumentReply;

    Id order {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OrderId", &RetrieveFulfilmentOrder::order);
    }
};

// One order with lines, totals and documents, as the caller may see it.
Result<json::Value> fulfilment_order(Reader&, Id order);

// The part of it that lists show, too.
Result<json::Value> fulfilment_head(Reader&, Row const& order, std::string const& customer_name);
json::Value next_step_text(Row const& order, std::vector<Row> const& lines);

void register_fulfilment(Registry&);

}
