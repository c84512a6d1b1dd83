// Short forms for the tests of prices: amounts and decimals from text.
#pragma once

#include "apps/catalog/pricing/calculate.h"

namespace cashline::catalog::testing {

inline Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }
inline Amount amount(std::string_view text) { return Amount::parse(text).value(); }

inline TaxRate standard(std::string_view percent)
{
    return { .code = "VAT" + std::string(percent), .percent = decimal(percent) };
}

inline LineInput line(std::string_view quantity, std::string_view price,
    std::vector<std::size_t> taxes = { 0 }, std::string_view percent = "0")
{
    return { .label = std::string(quantity) + " x " + std::string(price),
        .quantity = decimal(quantity),
        .price = decimal(price),
        .percents = { decimal(percent) },
        .taxes = std::move(taxes) };
}

inline std::string text(Amount value) { return value.to_string(2); }

}
