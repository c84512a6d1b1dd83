#include "apps/commerce/buyer/buyer_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "core/check.h"
#include "server/demo/history.h"

namespace cashline::demo {

// Her organisation has ordered before, so its credit is set, and invoices wait in her account.
Id buyer_contact() { return contact_id(0); }

Result<void> make_buyer(Unit& unit)
{
    auto const person = TRY(unit.retrieve(contact::table, buyer_contact()));
    auto const organisation = person.get(contact::company_or_contact);
    CHECK(organisation.has_value());
    auto const company = TRY(unit.retrieve(*organisation));
    TRY(unit.create(Row(buyer::table, named("cl_buyer", "demo/0"))
            .set(buyer::name, person.text_or(contact::full_name))
            .set(buyer::email, person.text_or(contact::email))
            .set(buyer::contact, buyer_contact())
            .set(buyer::organisation, company.id())
            .set(buyer::is_admin, true)
            .set(buyer::currency, company.get(account::currency))
            .set(buyer::spending_limit, Amount::from_units(15'000))
            .set(buyer::state, BuyerState::active)
            .set(buyer::status, BuyerStatus::enabled)));
    return {};
}

}
