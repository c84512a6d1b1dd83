#include "apps/finance/invoice/due_date.h"

namespace cashline::finance {

Result<DueDates> due_dates(
    PaymentTermFacts const& terms, Date document, Amount gross, std::uint8_t precision)
{
    auto const base = terms.base == DueBase::end_of_month ? document.end_of_month() : document;
    DueDates dates { .due = base.plus_months(terms.months).plus_days(terms.days) };
    if (terms.discount_days && !terms.discount_percent.is_zero()) {
        dates.discount_until = document.plus_days(*terms.discount_days);
        auto const percent = terms.discount_percent.without_trailing_zeros();
        Decimal const fraction { percent.coefficient(),
            static_cast<std::uint8_t>(percent.scale() + 2) };
        dates.discount = TRY(gross.times(fraction, precision, Rounding::half_away));
    }
    return dates;
}

}
