#include "apps/commerce/buyer/welcome_buyer.h"

#include "apps/commerce/buyer/buyers.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_close/opportunity_close_table.h"
#include "platform/notification/notify.h"

namespace cashline::commerce {

namespace {

// The person of the deal, else the person who is the customer, else the company's first contact.
Result<std::optional<Id>> person_of_deal(Reader& reader, Row const& deal)
{
    if (auto const person = deal.get(opportunity::parent_contact)) {
        return std::optional(person->id);
    }
    auto const customer = deal.get(opportunity::customer);
    if (!customer) {
        return std::nullopt;
    }
    if (customer->table == contact::table) {
        return std::optional(customer->id);
    }
    auto const company =
        TRY(reader.find(account::table, customer->id, { account::primary_contact }));
    auto const first = company ? company->get(account::primary_contact) : std::nullopt;
    return first ? std::optional(first->id) : std::nullopt;
}

Result<void> tell_owner(Unit& unit, Row const& deal, std::string const& why)
{
    auto const owner = deal.get(opportunity::owner);
    if (!owner) {
        return {};
    }
    // From the platform: nobody is told what he did himself, and this the winner should see, too.
    auto const sender = system_caller(Door::job);
    Unit platform(unit.context(), sender);
    return notify(platform, *owner,
        { .title = "Nobody was invited to the shop: " + deal.text_or(opportunity::topic),
            .body = why,
            .about = { opportunity::table, deal.id() },
            .kind = 870000003 });
}

}

Result<void> welcome_buyer(Unit& unit, sales::WinOpportunity const& request, NoReply const&)
{
    auto const won = request.close.get(opportunity_close::opportunity);
    if (!won) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const deal = TRY(elevated.retrieve(opportunity::table, won->id));
    auto const person = TRY(person_of_deal(elevated, deal));
    if (!person) {
        return tell_owner(unit, deal, "The deal names no contact who could sign in.");
    }
    auto const customer = deal.get(opportunity::customer);
    NewBuyer wanted { .contact = *person, .opportunity = won->id };
    if (customer && customer->table == account::table) {
        wanted.organisation = customer->id;
    }
    auto const made = ensure_buyer(elevated, wanted);
    if (made) {
        return {};
    }
    if (made.error().code == "buyer_needs_address" || made.error().code == "buyer_address_taken") {
        return tell_owner(unit, deal, made.error().text);
    }
    return std::unexpected(made.error());
}

}
