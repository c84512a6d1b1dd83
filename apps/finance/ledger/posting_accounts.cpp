#include "apps/finance/ledger/posting_accounts.h"

#include <array>

namespace cashline::finance {

namespace {

bool matches_side(
    Scope scope, std::string_view value, std::string_view single, std::string_view group)
{
    switch (scope) {
    case Scope::one:
        return !value.empty() && value == single;
    case Scope::group:
        return !value.empty() && value == group;
    case Scope::all:
        return true;
    }
    return false;
}

}

Result<std::string> find_posting_account(
    std::span<PostingRule const> rules, PostingQuestion const& question)
{
    constexpr std::array scopes { Scope::one, Scope::group, Scope::all };
    for (auto const item : scopes) {
        for (auto const account : scopes) {
            for (auto const& rule : rules) {
                if (rule.role == question.role && rule.item_scope == item
                    && rule.account_scope == account && !rule.ledger_account.empty()
                    && matches_side(item, rule.item, question.item, question.item_group)
                    && matches_side(
                        account, rule.account, question.customer, question.customer_group)) {
                    return rule.ledger_account;
                }
            }
        }
    }
    auto text = "There is no ledger account for " + std::string(name_of(question.role));
    text += question.item.empty() ? "" : ", item " + question.item;
    text += question.customer.empty() ? "" : ", customer " + question.customer;
    return conflict("posting_account_missing", text + ". Add a posting rule.");
}

}
