#include "apps/finance/ledger/posting_accounts.h"

namespace cashline::finance {

Result<std::string> find_posting_account(
    std::span<PostingRule const> rules, PostingQuestion const& question)
{
    for (auto const item : scopes_in_order) {
        for (auto const account : scopes_in_order) {
            for (auto const& rule : rules) {
                if (rule.role == question.role && rule.item_scope == item
                    && rule.account_scope == account && !rule.ledger_account.empty()
                    && scope_matches(item, rule.item, { question.item, question.item_group })
                    && scope_matches(
                        account, rule.account, { question.customer, question.customer_group })) {
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
