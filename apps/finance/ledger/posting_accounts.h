// Which ledger account a role posts to (finance.md 13.1): item, then item group, then all, and
// within each customer, then customer group, then all; first hit.
#pragma once

#include "apps/finance/ledger/voucher.h"
#include "apps/finance/pricing/scope.h"

#include <span>

namespace cashline::finance {

struct PostingRule {
    PostingRole role { PostingRole::revenue };
    Scope item_scope { Scope::all };
    std::string item {};
    Scope account_scope { Scope::all };
    std::string account {}; // customer or customer group
    std::string ledger_account {};
};

struct PostingQuestion {
    PostingRole role { PostingRole::revenue };
    std::string item {};
    std::string item_group {};
    std::string customer {};
    std::string customer_group {};
};

// "posting_account_missing" names the role, the item and the customer, so that the clerk knows what
// to set up.
Result<std::string> find_posting_account(std::span<PostingRule const>, PostingQuestion const&);

}
