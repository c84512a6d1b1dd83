#include "apps/finance/order/order_status.h"

#include <gtest/gtest.h>

namespace cashline::finance {
namespace {

using enum FinanceOrderProcessingStatus;

LineQuantities line(int ordered, int reached_picked, int packed, int reached_invoiced)
{
    return { Decimal::from(ordered), Decimal::from(reached_picked), Decimal::from(packed),
        Decimal::from(reached_invoiced) };
}

struct Case {
    char const* what;
    std::vector<LineQuantities> lines;
    Confirmed is_confirmed;
    FinanceOrderProcessingStatus expected;
    NextStep next;
};

TEST(OrderStatus, follows_from_the_quantities_of_the_lines)
{
    auto const yes = Confirmed::yes;
    std::vector<Case> const cases {
        { "new", { line(10, 0, 0, 0) }, Confirmed::no, active, NextStep::confirm },
        { "confirmed", { line(10, 0, 0, 0) }, yes, confirmed, NextStep::pick },
        { "short pick", { line(10, 6, 0, 0) }, yes, partially_picked, NextStep::pick },
        { "one line picked", { line(10, 10, 0, 0), line(2, 0, 0, 0) }, yes, partially_picked,
            NextStep::pick },
        { "all picked", { line(10, 10, 0, 0), line(2, 2, 0, 0) }, yes, picked, NextStep::pack },
        { "part packed", { line(10, 10, 6, 0) }, yes, partially_delivered, NextStep::pack },
        { "packed wins over picked", { line(10, 10, 10, 0), line(2, 0, 0, 0) }, yes,
            partially_delivered, NextStep::pick },
        { "all packed", { line(10, 10, 10, 0) }, yes, delivered, NextStep::invoice },
        { "invoiced in part", { line(10, 6, 6, 6) }, yes, partially_invoiced, NextStep::pick },
        { "packed, invoiced in part", { line(10, 10, 10, 6) }, yes, delivered_partially_invoiced,
            NextStep::invoice },
        { "all invoiced", { line(10, 10, 10, 10), line(2, 2, 2, 2) }, yes, invoiced,
            NextStep::none },
        { "no lines", {}, Confirmed::no, active, NextStep::none },
    };
    for (auto const& one : cases) {
        EXPECT_EQ(processing_status(one.lines, one.is_confirmed), one.expected) << one.what;
        EXPECT_EQ(next_step(one.lines, one.is_confirmed), one.next) << one.what;
    }
}

TEST(OrderStatus, the_order_status_is_coarser)
{
    EXPECT_EQ(order_status(partially_invoiced), FinanceOrderOrderStatus::open_order);
    EXPECT_EQ(order_status(delivered_partially_invoiced), FinanceOrderOrderStatus::delivered);
    EXPECT_EQ(order_status(invoiced), FinanceOrderOrderStatus::invoiced);
    EXPECT_EQ(line_status(line(10, 10, 10, 4)), FinanceOrderLineLineStatus::delivered);
    EXPECT_EQ(line_status(line(10, 10, 4, 4)), FinanceOrderLineLineStatus::backorder);
    EXPECT_EQ(line_status(line(10, 10, 10, 10)), FinanceOrderLineLineStatus::invoiced);
}

}
}
