#include "apps/sales/lead/qualify_lead.h"

#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/lead/qualification_plan.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/process/sales_process.h"

namespace cashline::sales {

namespace {

Result<void> no_duplicates(Unit& unit, QualifyLead const& request, PlannedRow const& planned)
{
    if (planned.action != PlannedRow::Action::create || !unit.caller().detects_duplicates
        || request.suppress_duplicate_detection.value_or(false)) {
        return {};
    }
    auto const found = TRY(possible_duplicates(unit, planned.values));
    if (found.empty()) {
        return {};
    }
    return refuse(Fault::precondition, "DuplicateRecordsFound",
        "'" + found.front().name
            + "' looks like the same one. Choose it on the lead, or qualify without duplicate "
              "detection.");
}

struct Parties {
    std::optional<Id> account {};
    std::optional<Id> contact {};
};

Result<std::optional<Id>> make_or_reuse(
    Unit& unit, QualifyLead const& request, PlannedRow planned, std::vector<Lookup>& created)
{
    TRY(no_duplicates(unit, request, planned));
    if (planned.action != PlannedRow::Action::create) {
        return planned.existing;
    }
    auto const table = planned.values.table();
    auto const id = TRY(unit.create(std::move(planned.values)));
    created.push_back({ table, id });
    return id;
}

Result<Parties> make_parties(
    Unit& unit, QualifyLead const& request, QualificationPlan& plan, std::vector<Lookup>& created)
{
    Parties parties;
    parties.account = TRY(make_or_reuse(unit, request, plan.account, created));
    if (plan.contact.action == PlannedRow::Action::create && parties.account) {
        plan.contact.values.set(
            contact::company_or_contact, Lookup { account::table, *parties.account });
    }
    parties.contact = TRY(make_or_reuse(unit, request, plan.contact, created));
    if (plan.account.action == PlannedRow::Action::create && parties.contact) {
        TRY(unit.update(account::table, *parties.account,
            Row {}.set(account::primary_contact, *parties.contact)));
    }
    return parties;
}

Result<std::optional<Id>> make_opportunity(
    Unit& unit, QualifyLead const& request, PlannedRow planned, Parties const& parties)
{
    if (planned.action != PlannedRow::Action::create) {
        return std::nullopt;
    }
    auto& values = planned.values;
    if (parties.account) {
        values.set(opportunity::parent_account, *parties.account);
    }
    if (parties.contact) {
        values.set(opportunity::parent_contact, *parties.contact);
    }
    if (request.opportunity_customer) {
        values.set(opportunity::customer, *request.opportunity_customer);
    } else if (parties.account) {
        values.set(opportunity::customer, Lookup { account::table, *parties.account });
    } else if (parties.contact) {
        values.set(opportunity::customer, Lookup { contact::table, *parties.contact });
    } else {
        return invalid("InvalidArgument",
            "An opportunity needs a customer: create an account or a contact, or name an existing "
            "one.");
    }
    return std::optional(TRY(unit.create(std::move(values))));
}

}

// Steps as in sales.md 4 and docs/contracts/qualify-lead.md.
Result<EntitiesReply> qualify_lead(Unit& unit, QualifyLead const& request)
{
    // 1. Only an open lead can be qualified; the row lock makes a double click harmless.
    auto const source = TRY(unit.retrieve_for_update(lead::table, request.lead.id));
    if (source.get(lead::state) != LeadState::open) {
        return conflict("LeadAlreadyInClosedState",
            "This lead is closed. Reactivate it before you qualify it again.");
    }
    TRY(lead_process_must_stand_on_lead(unit, request.lead.id));
    // 2. Existing parties are used and never overwritten; the plan says which.
    auto plan = TRY(plan_qualification(unit, source,
        { .create_account = request.create_account,
            .create_contact = request.create_contact,
            .create_opportunity = request.create_opportunity,
            .currency = request.opportunity_currency,
            .customer = request.opportunity_customer }));
    // 3, 4. Create what is missing and link everything.
    EntitiesReply reply;
    auto const parties = TRY(make_parties(unit, request, plan, reply.rows));
    auto const deal = TRY(make_opportunity(unit, request, plan.opportunity, parties));
    if (deal) {
        reply.rows.push_back({ opportunity::table, *deal });
    }
    // 5. Closing the lead comes last: a failure above leaves it open.
    Row closing;
    closing.set(lead::state, LeadState::qualified)
        .set(lead::status,
            request.status == -1 ? LeadStatus::qualified : static_cast<LeadStatus>(request.status));
    if (parties.account) {
        closing.set(lead::parent_account, *parties.account);
    }
    if (parties.contact) {
        closing.set(lead::parent_contact, *parties.contact);
    }
    if (deal) {
        closing.set(lead::qualifying_opportunity, *deal);
    }
    TRY(unit.update(lead::table, request.lead.id, std::move(closing)));
    // 6. The process follows the deal; without one it stays on Qualify.
    if (deal) {
        TRY(move_lead_process_to_opportunity(unit, request.lead.id, *deal));
    }
    return reply;
}

}
