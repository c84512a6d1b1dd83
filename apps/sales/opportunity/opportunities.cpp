#include "apps/sales/api.h"
#include "apps/sales/opportunity/close_opportunity.h"
#include "apps/sales/opportunity/opportunity_rules.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_close/opportunity_close_table.h"
#include "apps/sales/opportunity_product/opportunity_product_table.h"
#include "apps/sales/pricing/document_pricing.h"

namespace cashline::sales {

void register_opportunities(Registry& registry)
{
    auto const open = static_cast<std::int64_t>(OpportunityState::open);
    auto const won = static_cast<std::int64_t>(OpportunityState::won);
    auto const lost = static_cast<std::int64_t>(OpportunityState::lost);

    registry.before_save(opportunity::table, complete_opportunity,
        { opportunity::customer, opportunity::parent_account, opportunity::parent_contact });
    registry.after_save(opportunity::table, calculate_revenue,
        { opportunity::total, opportunity::is_revenue_calculated });
    registry.after(
        Operation::update, opportunity::table, reopen_opportunity, { opportunity::state });
    registry.before_save(opportunity_product::table, lines_need_an_open_opportunity);
    register_pricing(registry, opportunity_document(), TaxOnDocument::none);

    registry.transitions(opportunity::state,
        { { open, won, "WinOpportunity" }, { open, lost, "LoseOpportunity" },
            { won, open, "Update" }, { lost, open, "Update" } });
    registry.frozen_when(opportunity::table, { won, lost }, "CannotUpdateObjectBecauseItIsInactive",
        { opportunity::state, opportunity::status, opportunity::owner, opportunity::step_name,
            opportunity::sales_stage, opportunity::actual_revenue, opportunity::actual_close_date,
            opportunity::forecast_category });

    // A resolution is completed when it is written, and canceled when the deal is reopened.
    registry.transitions(opportunity_close::state,
        { { static_cast<std::int64_t>(ActivityPointerState::open),
              static_cast<std::int64_t>(ActivityPointerState::completed), "Update" },
            { static_cast<std::int64_t>(ActivityPointerState::completed),
                static_cast<std::int64_t>(ActivityPointerState::canceled), "Update" } });

    registry.message<WinOpportunity>(win_opportunity);
    registry.message<LoseOpportunity>(lose_opportunity);
}

}
