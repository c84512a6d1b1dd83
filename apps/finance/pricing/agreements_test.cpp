#include "apps/finance/pricing/agreements.h"

#include <gtest/gtest.h>

namespace cashline::finance {

namespace {

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

Agreement price_for(Scope scope, std::string account, std::string_view price)
{
    return { .id = Id::from_name(account + std::string(price)),
        .account_scope = scope,
        .account = std::move(account),
        .item_scope = Scope::one,
        .item = "BOARD",
        .currency = "EUR",
        .price = decimal(price) };
}

AgreementQuestion question()
{
    return { .customer = "C1",
        .price_group = "PG",
        .line_discount_group = "LG",
        .item = "BOARD",
        .item_line_discount_group = "IG",
        .unit = "ea",
        .currency = "EUR",
        .date = Date::parse("2026-05-01").value() };
}

std::string price(std::vector<Agreement> const& agreements, AgreementQuestion const& asked)
{
    auto const found = find_price(agreements, asked);
    if (!found) {
        return found.error().code;
    }
    return *found ? (*found)->price.to_string() + " " + (*found)->source : "none";
}

}

TEST(Agreements, a_price_is_searched_from_narrow_to_wide)
{
    std::vector<Agreement> agreements { price_for(Scope::all, "", "90"),
        price_for(Scope::group, "PG", "95"), price_for(Scope::one, "C1", "99") };
    EXPECT_EQ(price(agreements, question()), "99 customer × item");
    agreements.pop_back();
    EXPECT_EQ(price(agreements, question()), "95 group × item");
    agreements.pop_back();
    EXPECT_EQ(price(agreements, question()), "90 all × item");
    agreements.pop_back();
    EXPECT_EQ(price(agreements, question()), "none");
}

TEST(Agreements, find_next_takes_the_lowest_price_of_those_searched)
{
    std::vector<Agreement> agreements { price_for(Scope::one, "C1", "99"),
        price_for(Scope::group, "PG", "95"), price_for(Scope::all, "", "90") };
    agreements[0].find_next = true;
    EXPECT_EQ(price(agreements, question()), "95 group × item");
    agreements[1].find_next = true;
    EXPECT_EQ(price(agreements, question()), "90 all × item");
    agreements[2].price_quantity = decimal("0.9");
    EXPECT_EQ(price(agreements, question()), "95 group × item"); // 90 per 0.9 is 100 each.
}

TEST(Agreements, what_does_not_fit_is_not_used)
{
    struct Row {
        char const* name;
        std::function<void(Agreement&)> change;
    };
    std::vector<Row> const rows {
        { "currency", [](auto& row) { row.currency = "USD"; } },
        { "unit", [](auto& row) { row.unit = "box"; } },
        { "not yet", [](auto& row) { row.from = Date::parse("2026-05-02"); } },
        { "no longer", [](auto& row) { row.to = Date::parse("2026-04-30"); } },
        { "bracket below", [](auto& row) { row.quantity_from = decimal("2"); } },
        { "bracket end is outside", [](auto& row) { row.quantity_to = decimal("1"); } },
        { "another customer", [](auto& row) { row.account = "C2"; } },
        { "empty account", [](auto& row) { row.account = ""; } },
        { "another item", [](auto& row) { row.item = "FIN"; } },
        { "price for a group of items", [](auto& row) { row.item_scope = Scope::group; } },
    };
    for (auto const& row : rows) {
        std::vector agreements { price_for(Scope::one, "C1", "99") };
        EXPECT_EQ(price(agreements, question()), "99 customer × item");
        row.change(agreements[0]);
        EXPECT_EQ(price(agreements, question()), "none") << row.name;
    }
}

TEST(Agreements, nine_discount_cells_are_searched_in_order)
{
    std::vector<Agreement> all;
    for (auto const account : { Scope::all, Scope::group, Scope::one }) {
        for (auto const item : { Scope::all, Scope::group, Scope::one }) {
            all.push_back({ .relation = Relation::line_discount,
                .account_scope = account,
                .account = account == Scope::one ? "C1"
                    : account == Scope::group    ? "LG"
                                                 : "",
                .item_scope = item,
                .item = item == Scope::one ? "BOARD"
                    : item == Scope::group ? "IG"
                                           : "",
                .currency = "EUR",
                .percent1 = { static_cast<int>(all.size()) + 1, 0 } });
        }
    }
    for (int percent = 9; percent >= 1; --percent) {
        auto const found = find_discount(all, question(), Relation::line_discount).value();
        ASSERT_TRUE(found);
        EXPECT_EQ(found->percents[0].to_string(), std::to_string(percent)) << found->source;
        all.pop_back();
    }
    EXPECT_FALSE(find_discount(all, question(), Relation::line_discount).value());
}

TEST(Agreements, found_discounts_are_added_when_they_say_find_next)
{
    std::vector<Agreement> agreements {
        { .relation = Relation::line_discount,
            .account_scope = Scope::one,
            .account = "C1",
            .currency = "EUR",
            .unit_discount = decimal("1.50"),
            .percent1 = decimal("5"),
            .find_next = true },
        { .relation = Relation::line_discount, .currency = "EUR", .unit_discount = decimal("0.50") }
    };
    auto const found = find_discount(agreements, question(), Relation::line_discount).value();
    EXPECT_EQ(found->unit_discount.to_string(), "2.00");
    EXPECT_EQ(found->percents.size(), 1U);
    EXPECT_EQ(found->agreements.size(), 2U);
}

TEST(Agreements, line_and_multiline_discounts_meet_as_configured)
{
    FoundDiscount const line { .percents = { decimal("10"), decimal("10") }, .source = "line" };
    FoundDiscount const multiline { .percents = { decimal("18") }, .source = "multiline" };
    auto const percents = [&](DiscountCombination how) {
        std::string text;
        for (auto const& percent : combine(line, multiline, how).value().percents) {
            text += percent.without_trailing_zeros().to_string() + " ";
        }
        return text;
    };
    EXPECT_EQ(percents(DiscountCombination::line), "10 10 ");
    EXPECT_EQ(percents(DiscountCombination::multiline), "18 ");
    EXPECT_EQ(percents(DiscountCombination::higher), "10 10 "); // 19 %
    EXPECT_EQ(percents(DiscountCombination::lower), "18 ");
    EXPECT_EQ(percents(DiscountCombination::sum), "37 ");
    EXPECT_EQ(percents(DiscountCombination::product), "10 10 18 ");
}

}
