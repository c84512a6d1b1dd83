#include "apps/finance/setup/periods.h"

#include "apps/finance/setup/period_table.h"

namespace cashline::finance {

Result<void> period_must_be_open(Unit& unit, std::string_view company, Date date)
{
    auto elevated = unit.elevated();
    auto const found = TRY(elevated.first(Query::from(period::table)
            .where(period::company == company && period::start <= date && period::end >= date)));
    if (!found) {
        auto const first = Date::of(date.year(), date.month(), 1);
        Row row(period::table);
        row.set(period::company, company)
            .set(period::name, first.to_string().substr(0, 7))
            .set(period::start, first)
            .set(period::end, first.end_of_month())
            .set(period::period_status, PeriodPeriodStatus::open);
        TRY(elevated.create(std::move(row)));
        return {};
    }
    if (found->get(period::period_status) != PeriodPeriodStatus::open) {
        return conflict("period_closed",
            date.to_string() + " lies in period " + found->text_or(period::name)
                + ", which is closed. Choose a later date, or open the period.");
    }
    return {};
}

}
