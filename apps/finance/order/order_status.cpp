#include "apps/finance/order/order_status.h"

#include <algorithm>

namespace cashline::finance {

namespace {

enum class Reached : std::uint8_t { nothing, something, everything };

Reached reached(std::span<LineQuantities const> lines, Decimal LineQuantities::* quantity)
{
    auto const any = std::ranges::any_of(
        lines, [&](LineQuantities const& line) { return (line.*quantity).sign() > 0; });
    auto const all = std::ranges::all_of(
        lines, [&](LineQuantities const& line) { return line.*quantity >= line.ordered; });
    return any && all ? Reached::everything : any ? Reached::something : Reached::nothing;
}

bool is_open(std::span<LineQuantities const> lines, Decimal LineQuantities::* from,
    Decimal LineQuantities::* to)
{
    return std::ranges::any_of(
        lines, [&](LineQuantities const& line) { return line.*to < line.*from; });
}

}

FinanceOrderProcessingStatus processing_status(
    std::span<LineQuantities const> lines, Confirmed is_confirmed)
{
    using enum FinanceOrderProcessingStatus;
    auto const invoiced_part = reached(lines, &LineQuantities::invoiced);
    auto const packed_part = reached(lines, &LineQuantities::packed);
    auto const picked_part = reached(lines, &LineQuantities::picked);
    if (invoiced_part == Reached::everything) {
        return invoiced;
    }
    if (invoiced_part == Reached::something) {
        return packed_part == Reached::everything ? delivered_partially_invoiced
                                                  : partially_invoiced;
    }
    if (packed_part != Reached::nothing) {
        return packed_part == Reached::everything ? delivered : partially_delivered;
    }
    if (picked_part != Reached::nothing) {
        return picked_part == Reached::everything ? picked : partially_picked;
    }
    return is_confirmed == Confirmed::yes ? confirmed : active;
}

FinanceOrderOrderStatus order_status(FinanceOrderProcessingStatus status)
{
    switch (status) {
    case FinanceOrderProcessingStatus::invoiced:
        return FinanceOrderOrderStatus::invoiced;
    case FinanceOrderProcessingStatus::delivered:
    case FinanceOrderProcessingStatus::delivered_partially_invoiced:
        return FinanceOrderOrderStatus::delivered;
    case FinanceOrderProcessingStatus::cancelled:
        return FinanceOrderOrderStatus::canceled;
    case FinanceOrderProcessingStatus::active:
    case FinanceOrderProcessingStatus::confirmed:
    case FinanceOrderProcessingStatus::picked:
    case FinanceOrderProcessingStatus::partially_picked:
    case FinanceOrderProcessingStatus::partially_delivered:
    case FinanceOrderProcessingStatus::partially_invoiced:
        return FinanceOrderOrderStatus::open_order;
    }
    return FinanceOrderOrderStatus::open_order;
}

FinanceOrderLineLineStatus line_status(LineQuantities const& line)
{
    if (line.invoiced >= line.ordered) {
        return FinanceOrderLineLineStatus::invoiced;
    }
    return line.packed >= line.ordered ? FinanceOrderLineLineStatus::delivered
                                       : FinanceOrderLineLineStatus::backorder;
}

NextStep next_step(std::span<LineQuantities const> lines, Confirmed confirmed)
{
    if (lines.empty()) {
        return NextStep::none;
    }
    if (confirmed == Confirmed::no) {
        return NextStep::confirm;
    }
    if (is_open(lines, &LineQuantities::ordered, &LineQuantities::picked)) {
        return NextStep::pick;
    }
    if (is_open(lines, &LineQuantities::picked, &LineQuantities::packed)) {
        return NextStep::pack;
    }
    return is_open(lines, &LineQuantities::packed, &LineQuantities::invoiced) ? NextStep::invoice
                                                                              : NextStep::none;
}

}
