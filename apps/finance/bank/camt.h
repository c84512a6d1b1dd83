// Reads ISO 20022 camt.053 files, versions .001.02 to .001.13, with the traps of finance.md 20.2:
// two shapes of parties, statuses as text or code, entries without details, NOTPROVIDED, prefixes
// on every element. A file is taken whole or refused whole, with the place where it breaks.
#pragma once

#include "apps/finance/bank/bank_statement.h"

#include <string_view>

namespace cashline::finance {

inline constexpr std::size_t camt_bytes_max = 64U << 20U;

// Refuses: "camt_too_large", "camt_malformed" (torn; says line and column), "camt_foreign" (another
// format), "camt_incomplete" (a required element is missing; says which and in which entry),
// "camt_value_invalid", and what check_statement refuses.
Result<BankFile> read_camt(std::string_view bytes);

}
