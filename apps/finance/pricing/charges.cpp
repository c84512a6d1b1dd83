#include "apps/finance/pricing/charges.h"

#include <algorithm>

namespace cashline::finance {

namespace {

bool matches(ChargeRule const& rule, ChargeQuestion const& question)
{
    auto const in_bracket = rule.amount_from <= question.order_amount
        && (!rule.amount_to || question.order_amount < *rule.amount_to);
    return in_bracket && rule.currency == question.currency
        && scope_matches(
            rule.account_scope, rule.account, { question.customer, question.charges_group })
        && scope_matches(rule.delivery_scope, rule.delivery_mode,
            { question.delivery_mode, question.delivery_group });
}

bool is_more_specific(ChargeRule const& a, ChargeRule const& b)
{
    return std::pair { a.account_scope, a.delivery_scope }
    < std::pair { b.account_scope, b.delivery_scope };
}

}

std::vector<ChargeRule> find_charges(
    std::span<ChargeRule const> rules, ChargeQuestion const& question)
{
    std::vector<ChargeRule> found;
    for (auto const& rule : rules) {
        if (!matches(rule, question)) {
            continue;
        }
        auto const same = std::ranges::find(found, rule.code, &ChargeRule::code);
        if (same == found.end()) {
            found.push_back(rule);
        } else if (is_more_specific(rule, *same)) {
            *same = rule;
        }
    }
    return found;
}

}
