#include "apps/sales/opportunity/close_opportunity.h"

#include "apps/parties/account/account_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_close/opportunity_close_table.h"
#include "apps/sales/quote/quote_table.h"

namespace cashline::sales {

namespace {

struct Closing {
    Id opportunity {};
    Row source {};
    Amount revenue {};
    Date date {};
};

Result<Closing> read_closing(Unit& unit, Row const& close)
{
    auto const target = close.get(opportunity_close::opportunity);
    if (!target) {
        return invalid(
            "MissingOpportunityId", "Name the opportunity that is closed.", "opportunityid");
    }
    Closing closing { .opportunity = target->id };
    closing.source = TRY(unit.retrieve_for_update(opportunity::table, target->id));
    if (closing.source.get(opportunity::state) != OpportunityState::open) {
        return conflict("OpportunityIsAlreadyClosed",
            "This opportunity is closed already. Reopen it before you close it differently.");
    }
    auto const estimated = closing.source.amount_or_zero(opportunity::estimated_revenue);
    closing.revenue = close.get(opportunity_close::actual_revenue).value_or(estimated);
    auto const end = close.get(opportunity_close::actual_end);
    closing.date = end ? end->date_utc() : unit.today();
    return closing;
}

// Steps 2: the client asks to close what is still on offer first.
Result<void> no_quote_may_be_open(Unit& unit, Id opportunity_id)
{
    auto elevated = unit.elevated();
    auto const open = TRY(elevated.count(Query::from(quote::table)
            .where(quote::opportunity == opportunity_id
                && (quote::state == QuoteState::draft || quote::state == QuoteState::active))));
    if (open > 0) {
        return conflict("OpportunityCannotBeClosed",
            "Quotes of this opportunity are still draft or active. Close or win them first.");
    }
    return {};
}

Result<void> write_resolution(
    Unit& unit, Row close, Closing const& closing, std::string_view outcome)
{
    close.set_table(opportunity_close::table);
    if (close.is_null(opportunity_close::subject)) {
        close.set(opportunity_close::subject,
            std::string(outcome) + ": " + closing.source.text_or(opportunity::topic));
    }
    close.set(opportunity_close::regarding, Lookup { opportunity::table, closing.opportunity })
        .set(opportunity_close::actual_revenue, closing.revenue)
        .set(opportunity_close::actual_end,
            close.get(opportunity_close::actual_end).value_or(unit.now()))
        .set(opportunity_close::currency, closing.source.get(opportunity::currency))
        .set(opportunity_close::state, ActivityPointerState::completed)
        .set(opportunity_close::status, ActivityPointerStatus::completed);
    TRY(unit.create(std::move(close)));
    return {};
}

Result<void> account_becomes_customer(Unit& unit, Row const& source)
{
    auto const customer = source.get(opportunity::customer);
    if (!customer || customer->table != account::table) {
        return {};
    }
    return unit.elevated().update(account::table, customer->id,
        Row {}.set(account::relationship_type, AccountRelationshipType::customer));
}

}

Result<NoReply> win_opportunity(Unit& unit, WinOpportunity const& request)
{
    // 1. Only an open opportunity can be won.
    auto const closing = TRY(read_closing(unit, request.close));
    // 2. Nothing may still be on offer.
    TRY(no_quote_may_be_open(unit, closing.opportunity));
    // 3. The resolution activity.
    TRY(write_resolution(unit, request.close, closing, "Won"));
    // 4. The deal.
    TRY(unit.update(opportunity::table, closing.opportunity,
        Row {}
            .set(opportunity::state, OpportunityState::won)
            .set(opportunity::status, OpportunityStatus::won)
            .set(opportunity::actual_revenue, closing.revenue)
            .set(opportunity::actual_close_date, closing.date)
            .set(opportunity::forecast_category, OpportunityForecastCategory::won)));
    // 5. The prospect is a customer now; prices, books and the shop's sign-in follow in rules of
    // other apps.
    TRY(account_becomes_customer(unit, closing.source));
    return NoReply {};
}

Result<NoReply> lose_opportunity(Unit& unit, LoseOpportunity const& request)
{
    auto const closing = TRY(read_closing(unit, request.close));
    TRY(no_quote_may_be_open(unit, closing.opportunity));
    if (request.status != -1 && request.status != 4 && request.status != 5) {
        return invalid("InvalidStateCodeStatusCode",
            "A lost opportunity is Canceled (4) or Out-Sold (5).", "statuscode");
    }
    auto close = request.close;
    if (close.is_null(opportunity_close::actual_revenue)) {
        close.set(opportunity_close::actual_revenue, Amount {});
    }
    TRY(write_resolution(unit, std::move(close), closing, "Lost"));
    TRY(unit.update(opportunity::table, closing.opportunity,
        Row {}
            .set(opportunity::state, OpportunityState::lost)
            .set(opportunity::status,
                request.status == -1 ? OpportunityStatus::canceled
                                     : static_cast<OpportunityStatus>(request.status))
            .set(opportunity::actual_close_date, closing.date)
            .set(opportunity::forecast_category, OpportunityForecastCategory::lost)));
    return NoReply {};
}

}
