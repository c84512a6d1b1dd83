// Where an order stands, from the quantities of its lines alone (integration.md 3.1): invoiced
// before packed before picked before confirmed. Pure.
#pragma once

#include "apps/finance/order/finance_order_line_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "core/decimal.h"

#include <span>

namespace cashline::finance {

struct LineQuantities {
    Decimal ordered {};
    Decimal picked {};
    Decimal packed {};
    Decimal invoiced {};
};

enum class Confirmed : std::uint8_t { no, yes };

FinanceOrderProcessingStatus processing_status(std::span<LineQuantities const>, Confirmed);
FinanceOrderOrderStatus order_status(FinanceOrderProcessingStatus);
FinanceOrderLineLineStatus line_status(LineQuantities const&);

enum class NextStep : std::uint8_t { none, confirm, pick, pack, invoice };
// What the clerk or the warehouse does next: the step that is furthest along and still has
// something to do.
NextStep next_step(std::span<LineQuantities const>, Confirmed);

}
