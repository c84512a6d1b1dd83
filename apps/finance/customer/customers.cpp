#include "apps/finance/customer/customers.h"

#include "apps/finance/customer/customer_group_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/setup/finance_company_table.h"

namespace cashline::finance {

Result<std::optional<Row>> find_customer_of_party(
    Reader& reader, std::string_view company, Id party)
{
    auto elevated = reader.elevated_reader();
    return elevated.first(Query::from(finance_customer::table)
            .where(finance_customer::company == company && finance_customer::party == party));
}

Result<std::optional<Row>> find_customer(
    Reader& reader, std::string_view company, std::string_view account)
{
    auto elevated = reader.elevated_reader();
    return elevated.first(Query::from(finance_customer::table)
            .where(finance_customer::company == company && finance_customer::account == account));
}

Result<Row> customer_row(Reader& reader, std::string_view company, std::string_view account)
{
    auto row = TRY(find_customer(reader, company, account));
    if (!row) {
        return missing("customer_unknown",
            "Finance knows no customer '" + std::string(account) + "' in company "
                + std::string(company) + ".");
    }
    return std::move(*row);
}

CustomerTerms terms_of(Row const& customer)
{
    return { .account = customer.text_or(finance_customer::account),
        .group = customer.text_or(finance_customer::group),
        .tax_group = customer.text_or(finance_customer::tax_group),
        .prices_include_tax = customer.get(finance_customer::prices_include_tax).value_or(false),
        .price_group = customer.text_or(finance_customer::price_group),
        .line_discount_group = customer.text_or(finance_customer::line_discount_group),
        .multiline_discount_group = customer.text_or(finance_customer::multiline_discount_group),
        .total_discount_group = customer.text_or(finance_customer::total_discount_group),
        .charges_group = customer.text_or(finance_customer::charges_group),
        .delivery_mode = customer.text_or(finance_customer::delivery_mode) };
}

Result<CustomerTerms> default_terms(Reader& reader, Books const& books)
{
    CustomerTerms terms { .group = books.settings.text_or(finance_company::customer_group),
        .tax_group = books.settings.text_or(finance_company::tax_group) };
    auto elevated = reader.elevated_reader();
    auto const group = TRY(elevated.first(Query::from(customer_group::table)
            .where(customer_group::company == books.code && customer_group::code == terms.group)));
    if (group) {
        terms.tax_group = group->text_or(customer_group::tax_group);
        terms.prices_include_tax = group->get(customer_group::prices_include_tax).value_or(false);
    }
    return terms;
}

}
