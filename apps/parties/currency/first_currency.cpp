#include "apps/parties/currency/first_currency.h"

#include "apps/parties/currency/currency_table.h"
#include "platform/organization/organization_table.h"

namespace cashline::parties {

namespace {

Result<bool> has_base_currency(Unit& unit)
{
    auto elevated = unit.elevated();
    auto const row =
        TRY(elevated.find(organization::table, organization_id(), { organization::base_currency }));
    return row && row->get(organization::base_currency).has_value();
}

}

Result<void> currency_has_a_rate(Unit& unit, Change& change)
{
    if (!change.values.is_null(currency::rate)) {
        return {};
    }
    if (TRY(has_base_currency(unit))) {
        return invalid("RequiredFieldMissing",
            "Say how many units of this currency one unit of the base currency buys.",
            "exchangerate");
    }
    change.values.set(currency::rate, Decimal::from(1).rounded(10, Rounding::half_away));
    return {};
}

Result<void> first_currency_is_the_base(Unit& unit, Change& change)
{
    if (TRY(has_base_currency(unit))) {
        return {};
    }
    auto elevated = unit.elevated();
    return elevated.update(
        organization::table, organization_id(), Row {}.set(organization::base_currency, change.id));
}

}
