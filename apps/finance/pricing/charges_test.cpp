#include "apps/finance/pricing/charges.h"

#include <gtest/gtest.h>

namespace cashline::finance {

namespace {

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

// commerce-b2b.md 14.2, CHG-1, with brackets that leave no gap.
std::vector<ChargeRule> rules()
{
    return { { .code = "freight",
                 .delivery_scope = Scope::one,
                 .delivery_mode = "ground",
                 .currency = "EUR",
                 .value = { 10, 0 },
                 .amount_to = amount("100") },
        { .code = "freight",
            .delivery_scope = Scope::one,
            .delivery_mode = "air",
            .currency = "EUR",
            .value = { 20, 0 } },
        { .code = "freight",
            .account_scope = Scope::one,
            .account = "C1",
            .currency = "EUR",
            .value = { 5, 0 } },
        { .code = "packing", .currency = "EUR", .value = { 3, 0 } } };
}

std::string charges(ChargeQuestion const& question)
{
    std::string text;
    for (auto const& rule : find_charges(rules(), question)) {
        text += rule.code + " " + rule.value.to_string() + ";";
    }
    return text;
}

}

TEST(Charges, by_delivery_mode_and_amount_bracket)
{
    EXPECT_EQ(
        charges({ .delivery_mode = "ground", .currency = "EUR", .order_amount = amount("99.99") }),
        "freight 10;packing 3;");
    EXPECT_EQ(
        charges({ .delivery_mode = "ground", .currency = "EUR", .order_amount = amount("100") }),
        "packing 3;");
    EXPECT_EQ(charges({ .delivery_mode = "air", .currency = "EUR", .order_amount = amount("150") }),
        "freight 20;packing 3;");
}

TEST(Charges, the_customers_own_rule_beats_the_general_one)
{
    EXPECT_EQ(charges({ .customer = "C1",
                  .delivery_mode = "air",
                  .currency = "EUR",
                  .order_amount = amount("150") }),
        "freight 5;packing 3;");
}

TEST(Charges, another_currency_has_no_charge)
{
    EXPECT_EQ(charges({ .delivery_mode = "air", .currency = "USD" }), "");
}

}
