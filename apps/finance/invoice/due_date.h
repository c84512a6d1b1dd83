// When a document of a day is due under terms of payment (finance.md 1.4), and what an early
// payment may take off. Pure.
#pragma once

#include "core/money.h"
#include "core/time.h"

#include <optional>

namespace cashline::finance {

enum class DueBase : std::uint8_t { document_date, end_of_month };

struct PaymentTermFacts {
    DueBase base { DueBase::document_date };
    std::int32_t months {};
    std::int32_t days {};
    std::optional<std::int32_t> discount_days {};
    Decimal discount_percent {};
};

struct DueDates {
    Date due {};
    std::optional<Date> discount_until {};
    Amount discount {};
};

Result<DueDates> due_dates(
    PaymentTermFacts const&, Date document, Amount gross, std::uint8_t precision);

}
