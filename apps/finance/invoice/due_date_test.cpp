#include "apps/finance/invoice/due_date.h"

#include <gtest/gtest.h>

namespace cashline::finance {
namespace {

TEST(DueDate, follows_the_terms)
{
    auto const day = Date::of(2027, 1, 31);
    auto const due = [&](PaymentTermFacts const& terms) {
        return due_dates(terms, day, Amount::from_units(100), 2).value().due.to_string();
    };
    EXPECT_EQ(due({ .days = 30 }), "2027-03-02");
    EXPECT_EQ(due({}), "2027-01-31");
    EXPECT_EQ(due({ .months = 1 }), "2027-02-28"); // No 31 February.
    EXPECT_EQ(due({ .base = DueBase::end_of_month, .days = 10 }), "2027-02-10");
}

TEST(DueDate, an_early_payment_takes_its_percent)
{
    auto const dates = due_dates({ .days = 30, .discount_days = 10, .discount_percent = { 2, 0 } },
        Date::of(2027, 3, 1), Amount::parse("362.50").value(), 2);
    ASSERT_TRUE(dates.has_value());
    EXPECT_EQ(dates->discount_until, Date::of(2027, 3, 11));
    EXPECT_EQ(dates->discount, Amount::parse("7.25").value());
    auto const plain = due_dates({ .days = 30 }, Date::of(2027, 3, 1), Amount::from_units(1), 2);
    EXPECT_FALSE(plain->discount_until.has_value());
}

}
}
