#include "apps/parties/account/account_table.h"
#include "apps/sales/lead/lead_rules.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/lead/qualify_lead.h"

namespace cashline::sales {

void register_leads(Registry& registry)
{
    registry.before_save(
        lead::table, fill_lead_name, { lead::first_name, lead::middle_name, lead::last_name });
    registry.before(Operation::create, lead::table, recognise_existing_customer);
    registry.before(Operation::create, lead::table, route_to_seller);
    registry.after_save(lead::table, tell_new_owner, { lead::owner });

    registry.transitions(lead::state,
        { { static_cast<std::int64_t>(LeadState::open),
              static_cast<std::int64_t>(LeadState::qualified), "QualifyLead" },
            { static_cast<std::int64_t>(LeadState::open),
                static_cast<std::int64_t>(LeadState::disqualified), "Update" },
            { static_cast<std::int64_t>(LeadState::qualified),
                static_cast<std::int64_t>(LeadState::open), "Update" },
            { static_cast<std::int64_t>(LeadState::disqualified),
                static_cast<std::int64_t>(LeadState::open), "Update" } });
    registry.frozen_when(lead::table,
        { static_cast<std::int64_t>(LeadState::qualified),
            static_cast<std::int64_t>(LeadState::disqualified) },
        "CannotUpdateObjectBecauseItIsInactive", { lead::state, lead::status, lead::owner });

    registry.message<QualifyLead>(qualify_lead).bound_to(lead::table, &QualifyLead::lead);
    registry.function<PreviewQualification>(preview_qualification)
        .bound_to(lead::table, &PreviewQualification::lead);
}

}
