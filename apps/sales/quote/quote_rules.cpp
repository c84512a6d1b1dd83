#include "apps/sales/quote/quote_rules.h"

#include "apps/sales/pricing/default_price_list.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_line/quote_line_table.h"

namespace cashline::sales {

Result<void> complete_quote(Unit& unit, Change& change)
{
    if (change.values.is_null(quote::revision)) {
        change.values.set(quote::revision, 0);
    }
    TRY(fill_company_of_customer(unit, change, quote::customer, quote::company));
    return fill_currency_and_price_list(
        unit, change, { quote::customer, quote::currency, quote::price_list });
}

Result<void> only_a_draft_can_be_activated(Unit& unit, Change& change)
{
    if (!change.changes(quote::state) || change.now(quote::state) != Value(QuoteState::active)) {
        return {};
    }
    if (change.before.get(quote::state) != QuoteState::draft) {
        return conflict("UnableToActivateQuoteNotInDraft",
            "Only a draft can be activated. Revise the quote instead.");
    }
    auto elevated = unit.elevated();
    auto const lines =
        TRY(elevated.count(Query::from(quote_line::table).where(quote_line::quote == change.id)));
    if (lines == 0) {
        return conflict("quote_has_no_lines",
            "This quote offers nothing yet. Add a product before you activate it.");
    }
    return {};
}

Result<void> quote_lines_need_a_draft(Unit& unit, Change& change)
{
    auto const* parent = change.now(quote_line::quote).as_lookup();
    if (!parent) {
        return invalid("InvalidArgument", "A line belongs to a quote: name it.", "quoteid");
    }
    auto elevated = unit.elevated();
    auto const row = TRY(elevated.find(quote::table, parent->id, { quote::state }));
    if (row && row->get(quote::state) != QuoteState::draft) {
        return conflict("CannotUpdateObjectBecauseItIsInactive",
            "The lines of this quote are frozen: the customer has seen them. Revise the quote to "
            "change it.");
    }
    return {};
}

}
