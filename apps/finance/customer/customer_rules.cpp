#include "apps/finance/customer/customer_rules.h"

#include "apps/finance/customer/customer_group_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/customer/payment_term_table.h"
#include "apps/finance/setup/books.h"
#include "apps/finance/setup/finance_company_table.h"
#include "apps/finance/tax/tax_group_table.h"

namespace cashline::finance {

namespace {

Result<void> fill_from_group(Unit& unit, Change& change)
{
    auto const books = TRY(books_of(unit, change.values.text_or(finance_customer::company)));
    auto& values = change.values;
    if (values.is_null(finance_customer::group)) {
        values.set(
            finance_customer::group, books.settings.text_or(finance_company::customer_group));
    }
    if (values.is_null(finance_customer::currency_code)) {
        values.set(finance_customer::currency_code, books.currency.code);
    }
    values.set(finance_customer::balance, Amount {});
    auto elevated = unit.elevated();
    auto const group = TRY(elevated.first(Query::from(customer_group::table)
            .where(customer_group::company == books.code
                && customer_group::code == values.text_or(finance_customer::group))));
    if (!group) {
        return conflict("customer_group_unknown",
            "There is no customer group '" + values.text_or(finance_customer::group)
                + "' in company " + books.code + ".",
            finance_customer::group.name);
    }
    if (values.is_null(finance_customer::payment_terms)) {
        values.set(finance_customer::payment_terms, group->text_or(customer_group::payment_terms));
    }
    if (values.is_null(finance_customer::tax_group)) {
        values.set(finance_customer::tax_group, group->text_or(customer_group::tax_group));
    }
    if (values.is_null(finance_customer::prices_include_tax)) {
        values.set(finance_customer::prices_include_tax,
            group->get(customer_group::prices_include_tax).value_or(false));
    }
    return {};
}

// Names that other rows have to know: they are text here, as in the public entities.
Result<void> names_must_exist(Unit& unit, Change& change)
{
    auto const after = change.after();
    auto elevated = unit.elevated();
    auto const company = after.text_or(finance_customer::company);
    TRY(currency_by_code(elevated, after.text_or(finance_customer::currency_code)));
    auto const terms = after.text_or(finance_customer::payment_terms);
    if (!TRY(elevated.exists(Query::from(payment_term::table)
                .where(payment_term::company == company && payment_term::code == terms)))) {
        return conflict("payment_terms_unknown",
            "There are no terms of payment '" + terms + "' in company " + company + ".",
            finance_customer::payment_terms.name);
    }
    auto const tax = after.text_or(finance_customer::tax_group);
    if (!TRY(elevated.exists(Query::from(tax_group::table)
                .where(tax_group::company == company && tax_group::code == tax)))) {
        return conflict("tax_group_unknown",
            "There is no sales tax group '" + tax + "' in company " + company + ".",
            finance_customer::tax_group.name);
    }
    return {};
}

}

void register_customers(Registry& registry)
{
    registry.before(Operation::create, finance_customer::table, fill_from_group);
    registry.before_save(finance_customer::table, names_must_exist,
        { finance_customer::currency_code, finance_customer::payment_terms,
            finance_customer::tax_group });
}

}
