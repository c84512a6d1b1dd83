#include "apps/finance/pricing/agreements.h"

namespace cashline::finance {

namespace {

constexpr Decimal one { 1, 0 };
constexpr Decimal hundred { 100, 0 };

std::string_view name_of(Scope scope, std::string_view one_name)
{
    switch (scope) {
    case Scope::one:
        return one_name;
    case Scope::group:
        return "group";
    case Scope::all:
        return "all";
    }
    return "";
}

std::string const& account_group(AgreementQuestion const& question, Relation relation)
{
    switch (relation) {
    case Relation::price:
        return question.price_group;
    case Relation::line_discount:
        return question.line_discount_group;
    case Relation::multiline_discount:
        return question.multiline_discount_group;
    case Relation::total_discount:
        return question.total_discount_group;
    }
    return question.price_group;
}

bool item_scope_allowed(Relation relation, Scope scope)
{
    switch (relation) {
    case Relation::price:
        return scope == Scope::one;
    case Relation::line_discount:
        return true;
    case Relation::multiline_discount:
        return scope != Scope::one;
    case Relation::total_discount:
        return scope == Scope::all;
    }
    return false;
}

bool matches(Agreement const& agreement, AgreementQuestion const& question)
{
    auto const relation = agreement.relation;
    auto const& item_group = relation == Relation::multiline_discount
        ? question.item_multiline_discount_group
        : question.item_line_discount_group;
    auto const in_bracket = agreement.quantity_from <= question.quantity
        && (!agreement.quantity_to || question.quantity < *agreement.quantity_to);
    auto const on_date = (!agreement.from || *agreement.from <= question.date)
        && (!agreement.to || question.date <= *agreement.to);
    auto const in_unit = agreement.unit.empty() || relation == Relation::total_discount
        || agreement.unit == question.unit;
    return item_scope_allowed(relation, agreement.item_scope) && in_bracket && on_date && in_unit
        && agreement.currency == question.currency
        && scope_matches(agreement.account_scope, agreement.account,
            { question.customer, account_group(question, relation) })
        && scope_matches(agreement.item_scope, agreement.item, { question.item, item_group });
}

std::string source_of(Agreement const& agreement)
{
    return std::string(name_of(agreement.account_scope, "customer")) + " × "
        + std::string(name_of(agreement.item_scope, "item"));
}

// The matching agreements in the order of search: customer × item, customer × item group, customer
// × all, then the group's three, then everybody's three; within one cell as given.
std::vector<Agreement const*> in_search_order(
    std::span<Agreement const> agreements, AgreementQuestion const& question, Relation relation)
{
    std::vector<Agreement const*> found;
    for (auto const account : scopes_in_order) {
        for (auto const item : scopes_in_order) {
            for (auto const& agreement : agreements) {
                if (agreement.relation == relation && agreement.account_scope == account
                    && agreement.item_scope == item && matches(agreement, question)) {
                    found.push_back(&agreement);
                }
            }
        }
    }
    return found;
}

// a/b < c/d by cross products; price quantities are positive.
Result<bool> is_cheaper(Agreement const& a, Agreement const& b)
{
    auto const left = TRY(a.price.without_trailing_zeros().times(b.price_quantity));
    auto const right = TRY(b.price.without_trailing_zeros().times(a.price_quantity));
    return left < right;
}

void add(FoundDiscount& found, Agreement const& agreement)
{
    for (auto const& percent : { agreement.percent1, agreement.percent2 }) {
        if (!percent.is_zero()) {
            found.percents.push_back(percent);
        }
    }
    found.agreements.push_back(agreement.id);
    found.source += (found.source.empty() ? "" : " + ") + source_of(agreement);
}

// The one percent that several in sequence amount to.
Result<Decimal> effective_percent(std::span<Decimal const> percents)
{
    auto left = one;
    for (auto const& percent : percents) {
        auto const share = percent.without_trailing_zeros();
        Decimal const fraction { share.coefficient(),
            static_cast<std::uint8_t>(share.scale() + 2) };
        left = TRY(left.times(TRY(one.minus(fraction)))).without_trailing_zeros();
    }
    return TRY(one.minus(left)).times(hundred);
}

}

Result<std::optional<FoundPrice>> find_price(
    std::span<Agreement const> agreements, AgreementQuestion const& question)
{
    Agreement const* best = nullptr;
    for (auto const* agreement : in_search_order(agreements, question, Relation::price)) {
        if (agreement->price_quantity.sign() <= 0) {
            return conflict("agreement_price_quantity_invalid",
                "The price quantity of agreement " + agreement->name
                    + " must be greater than zero.");
        }
        if (!best || TRY(is_cheaper(*agreement, *best))) {
            best = agreement;
        }
        if (!agreement->find_next) {
            break;
        }
    }
    if (!best) {
        return std::optional<FoundPrice> {};
    }
    return FoundPrice { .price = best->price,
        .price_quantity = best->price_quantity,
        .fixed_charge = best->fixed_charge,
        .agreement = best->id,
        .source = source_of(*best) };
}

Result<std::optional<FoundDiscount>> find_discount(
    std::span<Agreement const> agreements, AgreementQuestion const& question, Relation relation)
{
    std::optional<FoundDiscount> found;
    for (auto const* agreement : in_search_order(agreements, question, relation)) {
        if (!found) {
            found.emplace();
        }
        found->unit_discount = TRY(found->unit_discount.plus(agreement->unit_discount));
        add(*found, *agreement);
        if (!agreement->find_next) {
            break;
        }
    }
    return found;
}

Result<FoundDiscount> combine(
    FoundDiscount const& line, FoundDiscount const& multiline, DiscountCombination combination)
{
    auto const line_percent = TRY(effective_percent(line.percents));
    auto const multiline_percent = TRY(effective_percent(multiline.percents));
    auto const line_is_higher = line_percent != multiline_percent
        ? line_percent > multiline_percent
        : line.unit_discount >= multiline.unit_discount;
    FoundDiscount both { .unit_discount = TRY(line.unit_discount.plus(multiline.unit_discount)),
        .percents = line.percents,
        .agreements = line.agreements,
        .source = line.source + " + " + multiline.source };
    both.agreements.insert(
        both.agreements.end(), multiline.agreements.begin(), multiline.agreements.end());
    switch (combination) {
    case DiscountCombination::line:
        return line;
    case DiscountCombination::multiline:
        return multiline;
    case DiscountCombination::higher:
        return line_is_higher ? line : multiline;
    case DiscountCombination::lower:
        return line_is_higher ? multiline : line;
    case DiscountCombination::sum:
        both.percents = { TRY(line_percent.plus(multiline_percent)) };
        return both;
    case DiscountCombination::product:
        both.percents.insert(
            both.percents.end(), multiline.percents.begin(), multiline.percents.end());
        return both;
    }
    return line;
}

}
