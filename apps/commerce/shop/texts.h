// Amounts, quantities, dates and states as buyers read them.
#pragma once

#include "apps/parties/api.h"

namespace cashline::commerce {

using parties::money_texts;
using parties::MoneyTexts;
std::string quantity_text(Decimal const&);
std::string date_text(Date);
std::string moment_text(Timestamp, std::string_view zone);
// What an order's processing status means to the customer.
std::string order_status_text(Row const& order);
std::string processing_status_text(std::int64_t status);

}
