// Amounts, quantities, dates and states as buyers read them.
#pragma once

#include "platform/pipeline/reader.h"
#include "platform/query/json/formatted_value.h"

namespace cashline::commerce {

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
std::string quantity_text(Decimal const&);
std::string date_text(Date);
std::string moment_text(Timestamp, std::string_view zone);
// What an order's processing status means to the customer.
std::string order_status_text(Row const& order);
std::string processing_status_text(std::int64_t status);

}
