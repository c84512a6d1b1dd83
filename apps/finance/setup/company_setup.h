// Books for a company: chart of accounts, posting rules, taxes of its country, groups, terms,
// number series, a warehouse and its bank account. Runs by itself when a company is created, so
// that what maps and postings need is always there; everything it makes can be changed afterwards.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::finance {

// Nothing happens when the company has its books already, except that a bank account new to it is
// added.
Result<void> ensure_books(Unit&, Id company);

void register_company_setup(Registry&);

// Steps of ensure_books, each in its own file.
struct NewBooks {
    Unit& unit; // with all rights
    std::string code {}; // dataareaid
    std::string country {};
    std::string currency_code {};
};
Result<void> create_chart(NewBooks const&);
Result<void> create_taxes(NewBooks const&);
Result<void> create_groups(NewBooks const&);

// Ledger accounts that the set-up of other rows names.
namespace chart {
inline constexpr char const* bank = "1100";
inline constexpr char const* tax_payable = "2200";
}

}
