// Between stored bank lines and the matching: a line as the transaction it came from, and what it
// could pay.
#pragma once

#include "apps/finance/bank/matching.h"
#include "apps/finance/ledger/transactions.h"

namespace cashline::finance {

json::Value details_of(BankTransaction const&, std::string const& entry_text);
BankTransaction transaction_of(Row const& line);

// The open items of a statement's company and currency, and who has paid from where.
class LineMatching {
public:
    static Result<LineMatching> load(Reader&, Books const&, CurrencyFacts const&);
    std::vector<MatchCandidate> candidates(Row const& line) const;
    OpenItem const* find(Id transaction) const;

private:
    CurrencyFacts m_currency {};
    std::vector<OpenItem> m_items {};
    std::vector<KnownPayer> m_payers {};
};

}
