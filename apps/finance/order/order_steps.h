// The steps of an order from Sales to its goods: confirm, pick, pack. Each is one message; the
// pages of the contracts number what happens (docs/contracts/confirm-order.md, pick-order.md,
// pack-order.md).
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::finance {

// An open answer: the Web API sends the member `document` bare.
struct DocumentReply {
    json::Value document {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("document", &DocumentReply::document);
    }
};

struct ConfirmOrder {
    static constexpr char const* name = "cl_ConfirmOrder";
    using Reply = DocumentReply;

    Id order {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OrderId", &ConfirmOrder::order);
    }
};

struct PickOrder {
    static constexpr char const* name = "cl_PickOrder";
    using Reply = DocumentReply;

    Id order {};
    std::optional<json::Value> lines {}; // [{LineId, Quantity}]; absent: everything open

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OrderId", &PickOrder::order);
        visit("Lines", &PickOrder::lines);
    }
};

struct PackOrder {
    static constexpr char const* name = "cl_PackOrder";
    using Reply = DocumentReply;

    Id order {};
    std::optional<std::string> tracking_number {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OrderId", &PackOrder::order);
        visit("TrackingNumber", &PackOrder::tracking_number);
    }
};

Result<DocumentReply> confirm_order(Unit&, ConfirmOrder const&);
Result<DocumentReply> pick_order(Unit&, PickOrder const&);
Result<DocumentReply> pack_order(Unit&, PackOrder const&);

void register_order_steps(Registry&);

}
