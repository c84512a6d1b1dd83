#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/lead/lead_rules.h"
#include "apps/sales/lead/lead_table.h"

namespace cashline::sales {

namespace {

Result<std::optional<Lookup>> contact_with_address(Reader& reader, std::string_view email)
{
    auto const found = TRY(reader.first(Query::from(contact::table)
            .select({ contact::email })
            .where(contact::email == email && contact::state == ContactState::active)
            .order_by(contact::created_on)));
    return found ? std::optional(Lookup { contact::table, found->id() }) : std::nullopt;
}

Result<std::optional<Lookup>> account_named(Reader& reader, std::string_view name)
{
    auto const found = TRY(reader.first(Query::from(account::table)
            .select({ account::name })
            .where(account::name == name && account::state == AccountState::active)
            .order_by(account::created_on)));
    return found ? std::optional(Lookup { account::table, found->id() }) : std::nullopt;
}

}

Result<void> recognise_existing_customer(Unit& unit, Change& change)
{
    if (!change.values.is_null(lead::customer)) {
        change.values.set(lead::is_existing_customer, true);
        return {};
    }
    // Only what comes through the shop is recognised by itself; a seller sees possible duplicates
    // and decides.
    if (unit.caller().door != Door::shop) {
        return {};
    }
    auto elevated = unit.elevated();
    std::optional<Lookup> customer;
    if (auto const email = change.values.get(lead::email); email && !email->empty()) {
        customer = TRY(contact_with_address(elevated, *email));
    }
    if (customer) {
        auto const person =
            TRY(elevated.retrieve(contact::table, customer->id, { contact::company_or_contact }));
        change.values.set(lead::parent_contact, customer->id);
        auto const company = person.get(contact::company_or_contact);
        if (company && company->table == account::table) {
            change.values.set(lead::parent_account, company->id);
            customer = company;
        }
    } else if (auto const name = change.values.get(lead::company_name); name && !name->empty()) {
        customer = TRY(account_named(elevated, *name));
        if (customer) {
            change.values.set(lead::parent_account, customer->id);
        }
    }
    if (customer) {
        change.values.set(lead::customer, *customer).set(lead::is_existing_customer, true);
    }
    return {};
}

}
