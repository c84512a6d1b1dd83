#include "apps/sales/api.h"
#include "apps/sales/pricing/document_pricing.h"
#include "apps/sales/quote/quote_messages.h"
#include "apps/sales/quote/quote_rules.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_line/quote_line_table.h"

namespace cashline::sales {

void register_quotes(Registry& registry)
{
    auto const draft = static_cast<std::int64_t>(QuoteState::draft);
    auto const active = static_cast<std::int64_t>(QuoteState::active);
    auto const won = static_cast<std::int64_t>(QuoteState::won);
    auto const closed = static_cast<std::int64_t>(QuoteState::closed);

    registry.before(Operation::create, quote::table, complete_quote);
    registry.before(
        Operation::update, quote::table, only_a_draft_can_be_activated, { quote::state });
    registry.before_save(quote_line::table, quote_lines_need_a_draft);
    register_pricing(registry, quote_document(), TaxOnDocument::included);

    registry.transitions(quote::state,
        { { draft, active, "Update" }, { active, won, "WinQuote" },
            { active, closed, "CloseQuote" }, { active, won, "ConvertQuoteToSalesOrder" } });
    registry.frozen_when(quote::table, { active, won, closed },
        "CannotUpdateObjectBecauseItIsInactive",
        { quote::state, quote::status, quote::owner, quote::closed_on, quote::pdf_file });

    registry.message<GenerateQuoteFromOpportunity>(generate_quote);
    registry.message<ReviseQuote>(revise_quote);
    registry.message<WinQuote>(win_quote);
    registry.message<CloseQuote>(close_quote);
    registry.message<ConvertQuoteToSalesOrder>(convert_quote);
}

}
