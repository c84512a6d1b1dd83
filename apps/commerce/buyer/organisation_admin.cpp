#include "apps/commerce/buyer/organisation_admin.h"

#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

constexpr std::int64_t limit_units_max = 1'000'000'000;

Result<Buyer> acting_administrator(Reader& reader)
{
    auto const admin = TRY(acting_buyer(reader));
    if (!admin.is_admin || !admin.organisation) {
        return denied(
            "not_administrator", "Only the administrator of your organisation may do this.");
    }
    return admin;
}

// Somebody of the organisation whom the shop does not know yet, or a new contact of it.
Result<Id> contact_for(Unit& elevated, Buyer const& admin, Colleague const& colleague)
{
    auto const known = TRY(elevated.first(Query::from(contact::table)
            .where(contact::email == colleague.email
                && contact::company_or_contact == Lookup { account::table, *admin.organisation }
                && contact::state == ContactState::active)));
    if (known) {
        return known->id();
    }
    auto const company = TRY(elevated.retrieve(account::table, *admin.organisation));
    return elevated.create(Row(contact::table)
            .set(contact::first_name, colleague.first_name)
            .set(contact::last_name, colleague.last_name)
            .set(contact::email, colleague.email)
            .set(contact::company_or_contact, Lookup { account::table, company.id() })
            .set(contact::company, company.get(account::company))
            .set(contact::owner, company.get(account::owner)));
}

}

Result<std::optional<Amount>> parse_limit(std::string_view typed)
{
    auto const trimmed = text::trim(typed);
    if (trimmed.empty()) {
        return std::nullopt;
    }
    auto const is_plain = trimmed.find_first_not_of("0123456789.") == std::string_view::npos;
    auto const amount = is_plain ? Amount::parse(trimmed) : std::nullopt;
    if (!amount || *amount > Amount::from_units(limit_units_max)
        || *amount != amount->round_to(2, Rounding::down)) {
        return invalid("amount_invalid", "Write an amount such as 2500 or 2500.00.");
    }
    return amount;
}

Result<void> set_spending_limit(Unit& unit, Id buyer_id, std::optional<Amount> limit)
{
    auto elevated = unit.elevated();
    auto const admin = TRY(acting_administrator(unit));
    auto const colleague = TRY(find_buyer(elevated, buyer_id));
    if (!colleague || colleague->organisation != admin.organisation) {
        return missing("buyer_unknown", "There is no such buyer in your organisation.");
    }
    Row changes(buyer::table);
    if (limit) {
        changes.set(buyer::spending_limit, *limit);
    } else {
        changes.clear(buyer::spending_limit);
    }
    return elevated.update(buyer::table, buyer_id, std::move(changes));
}

Result<void> invite(Unit& unit, Colleague const& colleague)
{
    auto elevated = unit.elevated();
    auto const admin = TRY(acting_administrator(unit));
    auto const person = TRY(contact_for(elevated, admin, colleague));
    auto const made =
        TRY(ensure_buyer(elevated, { .contact = person, .organisation = admin.organisation }));
    if (!made.is_new) {
        return conflict("buyer_address_taken",
            "Somebody of your organisation signs in with this address already.");
    }
    return set_spending_limit(unit, made.id, colleague.limit);
}

}
