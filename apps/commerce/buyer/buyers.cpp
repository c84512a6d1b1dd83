#include "apps/commerce/buyer/buyers.h"

#include "apps/commerce/buyer_link/buyer_links.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/api.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

Result<std::optional<Buyer>> first_buyer(Reader& reader, Filter filter)
{
    auto elevated = reader.elevated_reader();
    auto const row = TRY(elevated.first(Query::from(buyer::table).where(std::move(filter))));
    return row ? std::optional(buyer_of(*row)) : std::nullopt;
}

Refusal address_taken(std::string const& address)
{
    return conflict("buyer_address_taken",
        "Somebody else signs in to the shop with " + address
            + ". Give the contact an address of its own first.",
        contact::email.name);
}

Row row_of(NewBuyer const& wanted, Row const& person)
{
    Row row(buyer::table);
    row.set(buyer::name, person.text_or(contact::full_name))
        .set(buyer::email, std::string(text::trim(person.text_or(contact::email))))
        .set(buyer::contact, wanted.contact);
    if (wanted.organisation) {
        row.set(buyer::organisation, *wanted.organisation);
    }
    if (wanted.opportunity) {
        row.set(buyer::opportunity, *wanted.opportunity);
    }
    return row;
}

}

Lookup Buyer::customer() const
{
    return organisation ? Lookup { account::table, *organisation }
                        : Lookup { contact::table, contact };
}

Buyer buyer_of(Row const& row)
{
    auto const id_of = [&](LookupColumn const& column) -> std::optional<Id> {
        auto const reference = row.get(column);
        return reference ? std::optional(reference->id) : std::nullopt;
    };
    return { .id = row.id(),
        .contact = id_of(buyer::contact).value_or(Id {}),
        .organisation = id_of(buyer::organisation),
        .name = row.text_or(buyer::name),
        .email = row.text_or(buyer::email),
        .is_admin = row.get(buyer::is_admin).value_or(false),
        .spending_limit = row.get(buyer::spending_limit),
        .limit_currency = id_of(buyer::currency),
        .status = row.get(buyer::status).value_or(BuyerStatus::disabled) };
}

Result<std::optional<Buyer>> find_buyer(Reader& reader, Id id)
{
    auto const row = TRY(reader.elevated_reader().find(buyer::table, id));
    return row ? std::optional(buyer_of(*row)) : std::nullopt;
}

Result<std::optional<Buyer>> find_buyer_of_contact(Reader& reader, Id contact)
{
    return first_buyer(reader, buyer::contact == contact);
}

Result<std::optional<Buyer>> find_active_buyer(Reader& reader, std::string_view email)
{
    return first_buyer(
        reader, buyer::email == text::trim(email) && buyer::state == BuyerState::active);
}

Result<std::vector<Buyer>> buyers_of(Reader& reader, Id organisation)
{
    std::vector<Buyer> list;
    for (auto const& row : TRY(reader.elevated_reader().query(Query::from(buyer::table)
                 .where(buyer::organisation == organisation)
                 .order_by(buyer::name)))) {
        list.push_back(buyer_of(row));
    }
    return list;
}

Result<Buyer> acting_buyer(Reader& reader)
{
    auto const& contact = reader.caller().contact;
    auto const found = contact ? TRY(find_buyer_of_contact(reader, *contact)) : std::nullopt;
    if (!found) {
        return refuse(Fault::unauthenticated, "buyer_signed_out", "Please sign in to the shop.");
    }
    if (found->status == BuyerStatus::disabled) {
        return denied("buyer_disabled", "This sign-in has been switched off. Please call us.");
    }
    return *found;
}

Result<MadeBuyer> ensure_buyer(Unit& unit, NewBuyer const& wanted)
{
    auto elevated = unit.elevated();
    // The lock on the person makes two deals won at once make one buyer.
    auto const person = TRY(elevated.retrieve_for_update(contact::table, wanted.contact));
    if (auto const known = TRY(find_buyer_of_contact(elevated, wanted.contact))) {
        return MadeBuyer { known->id, false };
    }
    auto row = row_of(wanted, person);
    auto const address = row.text_or(buyer::email);
    if (!text::is_email_address(address)) {
        return conflict("buyer_needs_address",
            person.text_or(contact::full_name) + " needs an e-mail address to sign in to the shop.",
            contact::email.name);
    }
    if (TRY(first_buyer(elevated, buyer::email == address))) {
        return address_taken(address);
    }
    row.set(buyer::is_admin,
        !wanted.organisation || TRY(buyers_of(elevated, *wanted.organisation)).empty());
    auto const terms = TRY(sales::usual_terms(elevated, buyer_of(row).customer()));
    if (terms.currency) {
        row.set(buyer::currency, *terms.currency);
    }
    auto const id = TRY(elevated.create(std::move(row)));
    TRY(send_link(elevated, id, LinkMail::welcome));
    return MadeBuyer { id, true };
}

}
