#include "apps/parties/account/account_rules.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/api.h"
#include "apps/parties/contact/contact_rules.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/parties/currency/currency_table.h"
#include "apps/parties/currency/first_currency.h"

namespace cashline::parties {

void register_parties(Registry& registry)
{
    registry.before(Operation::create, account::table, fill_company(account::company));
    registry.before_save(account::table, account_must_not_be_its_own_ancestor, { account::parent });

    registry.before(Operation::create, contact::table, fill_company(contact::company));
    registry.before_save(contact::table, fill_contact_name,
        { contact::first_name, contact::middle_name, contact::last_name });

    registry.before(Operation::create, currency::table, currency_has_a_rate);
    registry.after(Operation::create, currency::table, first_currency_is_the_base);
}

}
