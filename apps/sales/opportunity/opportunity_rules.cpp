#include "apps/sales/opportunity/opportunity_rules.h"

#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_close/opportunity_close_table.h"
#include "apps/sales/opportunity_product/opportunity_product_table.h"
#include "apps/sales/pricing/default_price_list.h"

namespace cashline::sales {

Result<void> complete_opportunity(Unit& unit, Change& change)
{
    auto const now = change.after();
    if (now.is_null(opportunity::customer)) {
        if (auto const company = now.get(opportunity::parent_account)) {
            change.values.set(opportunity::customer, *company);
        } else if (auto const person = now.get(opportunity::parent_contact)) {
            change.values.set(opportunity::customer, *person);
        }
    }
    auto const customer = change.now(opportunity::customer).as_lookup();
    if (customer && customer->table == account::table && now.is_null(opportunity::parent_account)) {
        change.values.set(opportunity::parent_account, *customer);
    }
    if (customer && customer->table == contact::table && now.is_null(opportunity::parent_contact)) {
        change.values.set(opportunity::parent_contact, *customer);
    }
    if (change.operation == Operation::create) {
        return fill_currency_and_price_list(unit, change,
            { opportunity::customer, opportunity::currency, opportunity::price_list });
    }
    return {};
}

Result<void> calculate_revenue(Unit& unit, Change& change)
{
    auto elevated = unit.elevated();
    auto const now = change.after();
    auto const lines = TRY(elevated.count(Query::from(opportunity_product::table)
            .where(opportunity_product::opportunity == change.id)));
    // The first line switches the calculation on; whoever wants a guess of his own switches it off
    // again.
    auto const was_calculated = now.get(opportunity::is_revenue_calculated).value_or(false);
    auto const first_lines = lines > 0 && change.before.amount_or_zero(opportunity::total).is_zero()
        && !change.values.has(opportunity::is_revenue_calculated);
    if (!was_calculated && !first_lines) {
        return {};
    }
    auto const total = now.get(opportunity::total);
    if (lines == 0 || !total
        || (was_calculated && now.get(opportunity::estimated_revenue) == total)) {
        return {};
    }
    return elevated.update(opportunity::table, change.id,
        Row {}
            .set(opportunity::estimated_revenue, *total)
            .set(opportunity::is_revenue_calculated, true));
}

Result<void> lines_need_an_open_opportunity(Unit& unit, Change& change)
{
    auto const* parent = change.now(opportunity_product::opportunity).as_lookup();
    if (!parent) {
        return invalid(
            "MissingOpportunityId", "A line belongs to an opportunity: name it.", "opportunityid");
    }
    auto elevated = unit.elevated();
    auto const row = TRY(elevated.find(opportunity::table, parent->id, { opportunity::state }));
    if (row && row->get(opportunity::state) != OpportunityState::open) {
        return conflict("CannotUpdateObjectBecauseItIsInactive",
            "This opportunity is closed. Reopen it before you change its products.");
    }
    return {};
}

// Reopening: actual figures are cleared, the resolution stays in the history as canceled
// (sales.md 2.2).
Result<void> reopen_opportunity(Unit& unit, Change& change)
{
    if (!change.changes(opportunity::state)
        || change.now(opportunity::state) != Value(OpportunityState::open)) {
        return {};
    }
    auto elevated = unit.elevated();
    TRY(elevated.update(opportunity::table, change.id,
        Row {}
            .clear(opportunity::actual_revenue)
            .clear(opportunity::actual_close_date)
            .set(opportunity::forecast_category, OpportunityForecastCategory::pipeline)));
    auto const resolutions = TRY(elevated.query(Query::from(opportunity_close::table)
            .select({ opportunity_close::state })
            .where(opportunity_close::opportunity == change.id
                && opportunity_close::state == ActivityPointerState::completed)));
    for (auto const& resolution : resolutions) {
        TRY(elevated.update(opportunity_close::table, resolution.id(),
            Row(opportunity_close::table)
                .set(opportunity_close::state, ActivityPointerState::canceled)
                .set(opportunity_close::status, ActivityPointerStatus::canceled)));
    }
    return {};
}

}
