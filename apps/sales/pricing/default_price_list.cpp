#include "apps/sales/pricing/default_price_list.h"

#include "apps/catalog/price_list/price_list_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/api.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/api.h"
#include "platform/organization/organization_table.h"

namespace cashline::sales {

namespace {

Result<std::optional<Lookup>> list_of_customer(Reader& reader, Lookup const& customer)
{
    if (customer.table == account::table) {
        auto const row = TRY(reader.find(account::table, customer.id, { account::price_list }));
        return row ? row->get(account::price_list) : std::nullopt;
    }
    auto const row = TRY(reader.find(contact::table, customer.id, { contact::price_list }));
    return row ? row->get(contact::price_list) : std::nullopt;
}

Result<std::optional<Lookup>> base_currency(Reader& reader)
{
    auto const row =
        TRY(reader.find(organization::table, organization_id(), { organization::base_currency }));
    return row ? row->get(organization::base_currency) : std::nullopt;
}

Result<std::optional<Lookup>> first_list_in(Reader& reader, Lookup const& currency)
{
    auto const row = TRY(reader.first(Query::from(price_list::table)
            .select({ price_list::name })
            .where(
                price_list::currency == currency.id && price_list::state == PriceListState::active)
            .order_by(price_list::name)));
    return row ? std::optional(Lookup { price_list::table, row->id() }) : std::nullopt;
}

}

Result<void> fill_company_of_customer(
    Unit& unit, Change& change, LookupColumn const& customer, LookupColumn const& company)
{
    if (!change.values.is_null(company)) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const* buyer = change.now(customer).as_lookup();
    std::optional<Lookup> own;
    if (buyer && buyer->table == account::table) {
        own = TRY(elevated.retrieve(account::table, buyer->id, { account::company }))
                  .get(account::company);
    } else if (buyer) {
        own = TRY(elevated.retrieve(contact::table, buyer->id, { contact::company }))
                  .get(contact::company);
    }
    if (own) {
        change.values.set(company, *own);
    } else if (auto const fallback = TRY(parties::default_company(elevated))) {
        change.values.set(company, *fallback);
    }
    return {};
}

Result<UsualTerms> usual_terms(Reader& reader, Lookup customer)
{
    auto elevated = reader.elevated_reader();
    UsualTerms terms { .price_list = TRY(list_of_customer(elevated, customer)) };
    if (terms.price_list) {
        auto const row =
            TRY(elevated.find(price_list::table, terms.price_list->id, { price_list::currency }));
        terms.currency = row ? row->get(price_list::currency) : std::nullopt;
    }
    if (!terms.currency) {
        terms.currency = TRY(base_currency(elevated));
    }
    if (!terms.price_list && terms.currency) {
        terms.price_list = TRY(first_list_in(elevated, *terms.currency));
    }
    return terms;
}

Result<void> fill_currency_and_price_list(
    Unit& unit, Change& change, DefaultingColumns const& columns)
{
    auto elevated = unit.elevated();
    auto const* customer = change.now(columns.customer).as_lookup();
    auto list = change.values.get(columns.price_list);
    if (!list && customer) {
        list = TRY(list_of_customer(elevated, *customer));
    }
    auto currency = change.values.get(columns.currency);
    if (list) {
        auto const row = TRY(elevated.find(price_list::table, list->id, { price_list::currency }));
        auto const of_list = row ? row->get(price_list::currency) : std::nullopt;
        if (currency && of_list && *currency != *of_list) {
            if (change.values.has(columns.price_list)) {
                return invalid("RecordAndOpportunityCurrencyNotEqual",
                    "The price list is in another currency than the document. Choose a list in the "
                    "same currency.",
                    columns.price_list.name);
            }
            list.reset();
        } else if (!currency) {
            currency = of_list;
        }
    }
    if (!currency) {
        currency = TRY(base_currency(elevated));
    }
    if (!list && currency) {
        list = TRY(first_list_in(elevated, *currency));
    }
    change.values.set(columns.price_list, list).set(columns.currency, currency);
    return {};
}

}
