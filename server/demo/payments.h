// The bank of the demo company: it writes camt.053 statements, which the clerk imports.
#pragma once

#include "server/demo/stage.h"

#include <vector>

namespace cashline::demo {

struct Payment {
    std::string payer {};
    Amount amount {};
    std::string text {};
};

struct Statement {
    std::string number {};
    Date date {};
    std::vector<Payment> payments {};
};

// What is paid in goes to the deposit account the same day, so the account always stands at this:
// a test or a person can write the next statement without looking.
inline constexpr std::int64_t bank_balance_units = 10'000;

Result<Id> import_statement(Unit&, Statement const&);
Result<void> post_statement(Unit&, Id statement);

}
