// A company as the books see it, and currencies by the code that finance rows carry.
#pragma once

#include "platform/pipeline/reader.h"

namespace cashline::finance {

struct CurrencyFacts {
    Id id {};
    std::string code {};
    std::uint8_t precision { 2 };
    Decimal rate { 1, 0 }; // units of this currency for one of the base currency
};

Result<CurrencyFacts> currency_by_id(Reader&, Id);
// "currency_unknown" when the organisation has no such currency.
Result<CurrencyFacts> currency_by_code(Reader&, std::string_view code);
// Units of `to` for one unit of `from`, to ten digits.
Result<Decimal> exchange_rate(CurrencyFacts const& from, CurrencyFacts const& to);

struct Books {
    std::string code {}; // dataareaid
    Id party {}; // cdm_company
    CurrencyFacts currency {}; // accounting currency
    Row settings {}; // fincompany
};

// Nothing when the company keeps no books (its finance set-up is missing).
Result<std::optional<Books>> find_books(Reader&, Id company);
// "company_without_books".
Result<Books> books_of(Reader&, std::string_view code);

// "€1,234.50": the symbol of the currency, or its code where it has none.
Result<std::string> amount_text(Reader&, Amount, std::string_view currency_code);

}
