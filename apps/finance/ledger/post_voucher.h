// Writes a planned voucher to the ledger: number, entries, balances of accounts and customers. The
// only place where entries are made; a posted voucher is never changed, corrections are new
// vouchers.
#pragma once

#include "apps/finance/ledger/ledger_voucher_table.h"
#include "apps/finance/ledger/posting_accounts.h"
#include "apps/finance/setup/books.h"
#include "platform/pipeline/registry.h"

namespace cashline::finance {

using PostingType = LedgerVoucherPostingType;

struct VoucherHead {
    PostingType type {};
    std::string document {}; // number of what is posted
    std::optional<Id> reverses {};
};

struct PostedVoucher {
    Id id {};
    std::string number {};
};

// Refuses what check_voucher refuses, "period_closed" and "ledger_account_unknown".
Result<PostedVoucher> post_voucher(Unit&, Books const&, VoucherHead const&, Voucher const&);

// A posted voucher as it was planned, for its reversal.
Result<Voucher> load_voucher(Reader&, Id);

// The posting rules of a company, read once for a document.
class PostingAccounts {
public:
    static Result<PostingAccounts> load(Reader&, std::string_view company);
    // "posting_account_missing".
    Result<std::string> account(PostingQuestion const& question) const
    {
        return find_posting_account(m_rules, question);
    }

private:
    std::vector<PostingRule> m_rules {};
};

// Posted rows are written by postings only and never changed afterwards but for the derived columns
// given.
void register_posted_rows(Registry&);

}
