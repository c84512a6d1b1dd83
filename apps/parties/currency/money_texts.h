// Amounts of one currency as people outside read them, in the organisation's way of writing
// numbers.
#pragma once

#include "platform/pipeline/reader.h"
#include "platform/query/json/formatted_value.h"

namespace cashline::parties {

class MoneyTexts {
public:
    MoneyTexts(ValueFormatter formatter, CurrencyFormat currency, std::string code)
        : m_formatter(std::move(formatter))
        , m_currency(std::move(currency))
        , m_code(std::move(code))
    {
    }
    std::string amount(Amount) const;
    std::string price(Decimal const&) const; // with up to four decimals
    std::string const& code() const { return m_code; }

private:
    ValueFormatter m_formatter;
    CurrencyFormat m_currency;
    std::string m_code; // ISO 4217
};

// A nil currency gives bare numbers.
Result<MoneyTexts> money_texts(Reader&, Id currency);

}
