#include "apps/sales/lead/qualification_plan.h"

#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"

#include <algorithm>
#include <utility>

namespace cashline::sales {

namespace {

template<class From, class To>
void copy(Row const& from, From const& source, Row& to, To const& target)
{
    if (!from.is_null(source)) {
        to.set(target, from.get(source));
    }
}

void copy_address(Row const& from, Row& to, auto const& street, auto const& rest)
{
    copy(from, lead::street, to, street);
    copy(from, lead::street_2, to, std::get<0>(rest));
    copy(from, lead::city, to, std::get<1>(rest));
    copy(from, lead::province, to, std::get<2>(rest));
    copy(from, lead::postal_code, to, std::get<3>(rest));
    copy(from, lead::country, to, std::get<4>(rest));
}

Row account_values(Row const& lead_row)
{
    Row row(account::table);
    copy(lead_row, lead::company_name, row, account::name);
    copy(lead_row, lead::website, row, account::website);
    copy(lead_row, lead::business_phone, row, account::phone);
    copy(lead_row, lead::email, row, account::email);
    copy(lead_row, lead::fax, row, account::fax);
    copy(lead_row, lead::employees, row, account::employees);
    copy(lead_row, lead::annual_revenue, row, account::annual_revenue);
    copy(lead_row, lead::sic_code, row, account::sic_code);
    copy_address(lead_row, row, account::street,
        std::tuple { account::street_2, account::city, account::province, account::postal_code,
            account::country });
    if (auto const industry = lead_row.get(lead::industry)) {
        row.set(account::industry, static_cast<AccountIndustry>(*industry));
    }
    row.set(account::relationship_type, AccountRelationshipType::prospect);
    row.set(account::originating_lead, lead_row.id());
    return row;
}

Row contact_values(Row const& lead_row)
{
    Row row(contact::table);
    copy(lead_row, lead::salutation, row, contact::salutation);
    copy(lead_row, lead::first_name, row, contact::first_name);
    copy(lead_row, lead::middle_name, row, contact::middle_name);
    copy(lead_row, lead::last_name, row, contact::last_name);
    copy(lead_row, lead::job_title, row, contact::job_title);
    copy(lead_row, lead::email, row, contact::email);
    copy(lead_row, lead::business_phone, row, contact::phone);
    copy(lead_row, lead::mobile_phone, row, contact::mobile_phone);
    copy(lead_row, lead::website, row, contact::website);
    copy(lead_row, lead::no_email, row, contact::no_email);
    copy(lead_row, lead::no_phone, row, contact::no_phone);
    copy_address(lead_row, row, contact::street,
        std::tuple { contact::street_2, contact::city, contact::province, contact::postal_code,
            contact::country });
    row.set(contact::originating_lead, lead_row.id());
    return row;
}

template<class To, class From>
std::optional<To> same_option(std::optional<From> option)
{
    return option ? std::optional(static_cast<To>(*option)) : std::nullopt;
}

Row opportunity_values(Row const& lead_row, QualificationWish const& wish)
{
    Row row(opportunity::table);
    copy(lead_row, lead::topic, row, opportunity::topic);
    copy(lead_row, lead::description, row, opportunity::description);
    copy(lead_row, lead::email, row, opportunity::email);
    copy(lead_row, lead::budget_amount, row, opportunity::budget_amount);
    copy(lead_row, lead::estimated_amount, row, opportunity::estimated_revenue);
    copy(lead_row, lead::estimated_close_date, row, opportunity::estimated_close_date);
    copy(lead_row, lead::qualification_comments, row, opportunity::qualification_comments);
    copy(lead_row, lead::is_decision_maker, row, opportunity::is_decision_maker);
    copy(lead_row, lead::confirm_interest, row, opportunity::confirm_interest);
    copy(lead_row, lead::evaluate_fit, row, opportunity::evaluate_fit);
    row.set(opportunity::budget_status,
        same_option<OpportunityBudgetStatus>(lead_row.get(lead::budget_status)));
    row.set(opportunity::purchase_process,
        same_option<OpportunityPurchaseProcess>(lead_row.get(lead::purchase_process)));
    row.set(opportunity::purchase_timeframe,
        same_option<OpportunityPurchaseTimeframe>(lead_row.get(lead::purchase_timeframe)));
    row.set(opportunity::need, same_option<OpportunityNeed>(lead_row.get(lead::need)));
    auto const currency = wish.currency ? wish.currency : lead_row.get(lead::currency);
    if (currency) {
        row.set(opportunity::currency, *currency);
    }
    row.set(opportunity::originating_lead, lead_row.id());
    return row;
}

PlannedRow reuse(Id existing, std::string reason)
{
    return {
        .action = PlannedRow::Action::reuse, .reason = std::move(reason), .existing = existing
    };
}

PlannedRow none(std::string reason)
{
    return { .action = PlannedRow::Action::none, .reason = std::move(reason) };
}

PlannedRow plan_account(Row const& lead_row, QualificationWish const& wish)
{
    if (auto const parent = lead_row.get(lead::parent_account)) {
        return reuse(parent->id, "The lead names this account.");
    }
    auto const customer = wish.customer ? wish.customer : lead_row.get(lead::customer);
    if (customer && customer->table == account::table) {
        return reuse(customer->id, "The lead comes from this customer.");
    }
    if (customer) {
        return none("The lead comes from a person who is a customer already.");
    }
    if (!wish.create_account) {
        return none("No account was asked for.");
    }
    if (lead_row.text_or(lead::company_name).empty()) {
        return none("The lead names no company.");
    }
    return { .action = PlannedRow::Action::create, .values = account_values(lead_row) };
}

PlannedRow plan_contact(Row const& lead_row, QualificationWish const& wish)
{
    if (auto const parent = lead_row.get(lead::parent_contact)) {
        return reuse(parent->id, "The lead names this contact.");
    }
    auto const customer = wish.customer ? wish.customer : lead_row.get(lead::customer);
    if (customer && customer->table == contact::table) {
        return reuse(customer->id, "The lead comes from this person.");
    }
    if (customer) {
        return none("The lead comes from an existing customer: only an opportunity is made.");
    }
    if (!wish.create_contact) {
        return none("No contact was asked for.");
    }
    return { .action = PlannedRow::Action::create, .values = contact_values(lead_row) };
}

Result<std::vector<DuplicateMatch>> matches(Reader& reader, TableId table, TextColumn name,
    std::vector<std::pair<Filter, std::string>> criteria)
{
    std::vector<DuplicateMatch> found;
    for (auto& [filter, label] : criteria) {
        auto const rows =
            TRY(reader.query(Query::from(table).select({ name }).where(filter).top(5)));
        for (auto const& row : rows) {
            auto known = std::ranges::find(found, Lookup { table, row.id() }, &DuplicateMatch::row);
            if (known == found.end()) {
                found.push_back({ .row = { table, row.id() }, .name = row.text_or(name) });
                known = std::prev(found.end());
            }
            known->matched.push_back(label);
        }
    }
    return found;
}

}

Result<QualificationPlan> plan_qualification(
    Reader& reader, Row const& lead_row, QualificationWish const& wish)
{
    QualificationPlan plan { .account = plan_account(lead_row, wish),
        .contact = plan_contact(lead_row, wish) };
    // A known person brings his company along.
    if (plan.account.action == PlannedRow::Action::none && plan.contact.existing) {
        auto const person = TRY(
            reader.find(contact::table, *plan.contact.existing, { contact::company_or_contact }));
        auto const company = person ? person->get(contact::company_or_contact) : std::nullopt;
        if (company && company->table == account::table) {
            plan.account = reuse(company->id, "The company of the contact.");
        }
    }
    if (wish.create_opportunity) {
        plan.opportunity = { .action = PlannedRow::Action::create,
            .values = opportunity_values(lead_row, wish) };
    } else {
        plan.opportunity = none("No opportunity was asked for.");
    }
    return plan;
}

Result<std::vector<DuplicateMatch>> possible_duplicates(Reader& reader, Row const& planned)
{
    std::vector<std::pair<Filter, std::string>> criteria;
    auto const add = [&](TextColumn const& column, Filter extra, std::string label) {
        if (auto const value = planned.get(column); value && !value->empty()) {
            criteria.emplace_back(column == *value && std::move(extra), std::move(label));
        }
    };
    if (planned.table() == account::table) {
        auto const active = account::state == AccountState::active;
        add(account::name, active, "Name");
        add(account::website, active, "Website");
        return matches(reader, account::table, account::name, std::move(criteria));
    }
    auto const active = contact::state == ContactState::active;
    add(contact::email, active, "E-mail");
    if (auto const first = planned.get(contact::first_name)) {
        add(contact::last_name, active && contact::first_name == *first, "Name");
    }
    return matches(reader, contact::table, contact::full_name, std::move(criteria));
}

}
