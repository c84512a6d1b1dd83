// The vouchers of the ledger: each balances, and what its entries add up to on accounts and
// customers.
#pragma once

#include "platform/pipeline/reader.h"
#include "platform/verify/finding.h"

#include <map>
#include <vector>

namespace cashline::finance {

using CompanyKey = std::pair<std::string, std::string>; // company and account

struct EntrySums {
    std::map<CompanyKey, Amount> accounts {};
    std::map<CompanyKey, Amount> customers {}; // from entries of role customer
};

Result<EntrySums> verify_vouchers(Reader&, std::vector<VerifyFinding>&);

}
