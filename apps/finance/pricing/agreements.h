// Trade agreements: which price, discount or total discount a customer gets for an item (finance.md
// 4, the search matrix). Answers with the agreement that decided, so that every price can name its
// source. Pure: the caller loads the rows that could match.
#pragma once

#include "apps/finance/pricing/scope.h"
#include "core/money.h"
#include "core/time.h"

#include <span>

namespace cashline::finance {

enum class Relation : std::uint8_t { price, line_discount, multiline_discount, total_discount };

struct Agreement {
    Id id {};
    std::string name {};
    Relation relation { Relation::price };
    Scope account_scope { Scope::all };
    std::string account {}; // customer account or price/discount group; empty for all
    Scope item_scope { Scope::all };
    std::string item {}; // item number or item discount group; empty for all
    Decimal quantity_from {}; // bracket: from ≤ x < to; an order amount for total discounts
    std::optional<Decimal> quantity_to {};
    std::string unit {}; // empty: any
    std::string currency {};
    std::optional<Date> from {};
    std::optional<Date> to {};
    Decimal price {};
    Decimal price_quantity { 1, 0 };
    Amount fixed_charge {};
    Decimal unit_discount {};
    Decimal percent1 {};
    Decimal percent2 {};
    bool find_next {};
};

struct AgreementQuestion {
    std::string customer {};
    std::string price_group {};
    std::string line_discount_group {};
    std::string multiline_discount_group {};
    std::string total_discount_group {};
    std::string item {};
    std::string item_line_discount_group {};
    std::string item_multiline_discount_group {};
    std::string unit {};
    std::string currency {};
    Date date {};
    Decimal quantity { 1, 0 }; // the order amount when a total discount is asked for
};

struct FoundPrice {
    Decimal price {};
    Decimal price_quantity { 1, 0 };
    Amount fixed_charge {};
    Id agreement {};
    std::string source {}; // "customer × item", for the trace
};

struct FoundDiscount {
    Decimal unit_discount {};
    std::vector<Decimal> percents {};
    std::vector<Id> agreements {};
    std::string source {};
};

// Customer, then price group, then all; the first hit decides unless it says "find next": then the
// lowest price. An agreement beats the base price even when it is higher (PRC-4).
Result<std::optional<FoundPrice>> find_price(std::span<Agreement const>, AgreementQuestion const&);

// Line, multiline or total discount. Nine combinations, first hit, or with "find next" the sum of
// all found.
Result<std::optional<FoundDiscount>> find_discount(
    std::span<Agreement const>, AgreementQuestion const&, Relation);

// How a line discount and a multiline discount meet (finance.md 4.3, step 3).
enum class DiscountCombination : std::uint8_t { line, multiline, higher, lower, sum, product };
Result<FoundDiscount> combine(
    FoundDiscount const& line, FoundDiscount const& multiline, DiscountCombination);

}
