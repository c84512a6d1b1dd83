#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/pricing/copy_document.h"
#include "apps/sales/pricing/document_pricing.h"
#include "apps/sales/quote/quote_messages.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_close/quote_close_table.h"

namespace cashline::sales {

namespace {

// An offer stands for a month unless the seller says otherwise.
constexpr int days_valid = 30;

void set_addresses(Row& header, Row const& party, auto const& columns)
{
    header.set(quote::bill_to_name, party.get(std::get<0>(columns)))
        .set(quote::bill_to_street, party.get(std::get<1>(columns)))
        .set(quote::bill_to_street_2, party.get(std::get<2>(columns)))
        .set(quote::bill_to_city, party.get(std::get<3>(columns)))
        .set(quote::bill_to_province, party.get(std::get<4>(columns)))
        .set(quote::bill_to_postal_code, party.get(std::get<5>(columns)))
        .set(quote::bill_to_country, party.get(std::get<6>(columns)))
        .set(quote::ship_to_name, party.get(std::get<0>(columns)))
        .set(quote::ship_to_street, party.get(std::get<1>(columns)))
        .set(quote::ship_to_street_2, party.get(std::get<2>(columns)))
        .set(quote::ship_to_city, party.get(std::get<3>(columns)))
        .set(quote::ship_to_province, party.get(std::get<4>(columns)))
        .set(quote::ship_to_postal_code, party.get(std::get<5>(columns)))
        .set(quote::ship_to_country, party.get(std::get<6>(columns)));
}

Result<void> take_address_of_customer(Unit& unit, Lookup const& customer, Row& header)
{
    auto elevated = unit.elevated();
    if (customer.table == account::table) {
        set_addresses(header, TRY(elevated.retrieve(customer)),
            std::tuple { account::name, account::street, account::street_2, account::city,
                account::province, account::postal_code, account::country });
    } else {
        set_addresses(header, TRY(elevated.retrieve(customer)),
            std::tuple { contact::full_name, contact::street, contact::street_2, contact::city,
                contact::province, contact::postal_code, contact::country });
    }
    return {};
}

}

Result<EntityReply> generate_quote(Unit& unit, GenerateQuoteFromOpportunity const& request)
{
    // 1. The deal as the caller sees it; also a won one can be quoted again.
    auto const source = TRY(unit.retrieve(opportunity::table, request.opportunity));
    Row header(quote::table);
    header.set(quote::opportunity, request.opportunity)
        .set(quote::revision, 0)
        .set(quote::effective_from, unit.today())
        .set(quote::effective_to, unit.today().plus_days(days_valid));
    if (auto const customer = source.get(opportunity::customer)) {
        TRY(take_address_of_customer(unit, *customer, header));
    }
    // 2. Header and lines as on the opportunity.
    auto const id = TRY(copy_document(unit, { opportunity_document(), source },
        { .columns = quote_document() }, std::move(header)));
    // 3. Tax and charges are computed by Finance from the quote on.
    TRY(price_document(unit, quote_document(), id, TaxOnDocument::included));
    return EntityReply { { quote::table, id } };
}

Result<EntityReply> revise_quote(Unit& unit, ReviseQuote const& request)
{
    // 1. A revision follows a closed quote; an active one is closed as revised on the way.
    auto const source = TRY(unit.retrieve_for_update(quote::table, request.quote));
    auto const state = source.get(quote::state);
    if (state == QuoteState::won) {
        return conflict("InvalidStateCodeStatusCode",
            "A won quote cannot be revised. Make a new quote instead.");
    }
    if (state == QuoteState::draft) {
        return conflict(
            "QuoteReviseExistingActiveQuote", "This quote is a draft: change it directly.");
    }
    if (state == QuoteState::active) {
        TRY(unit.call(
            CloseQuote { .close = Row(quote_close::table).set(quote_close::quote, request.quote),
                .status = 7 }));
    }
    // 2. Only one of a number may be draft or active.
    auto elevated = unit.elevated();
    auto const number = source.text_or(quote::number);
    auto const others = TRY(elevated.count(Query::from(quote::table)
            .where(quote::number == number
                && (quote::state == QuoteState::draft || quote::state == QuoteState::active))));
    if (others > 0) {
        return conflict("QuoteReviseExistingActiveQuote",
            "Another revision of this quote is open already. Close it before you revise.");
    }
    auto const last = TRY(elevated.first(Query::from(quote::table)
            .select({ quote::revision })
            .where(quote::number == number)
            .order_by_descending(quote::revision)));
    // 3. Same number, next revision, same lines.
    Row header(quote::table);
    header.set(quote::number, number)
        .set(quote::revision, (last ? last->get(quote::revision).value_or(0) : 0) + 1)
        .set(quote::effective_from, unit.today())
        .set(quote::effective_to, unit.today().plus_days(days_valid));
    auto const id = TRY(copy_document(
        unit, { quote_document(), source }, { .columns = quote_document() }, std::move(header)));
    TRY(price_document(unit, quote_document(), id, TaxOnDocument::included));
    return EntityReply { { quote::table, id } };
}

}
