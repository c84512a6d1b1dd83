#include "apps/sales/lead/lead_table.h"
#include "platform/notification/notification_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "server/demo/history.h"

namespace cashline::demo {

namespace {

constexpr char const* companies[] { "Sandpiper", "Driftwood", "Tidewater", "Seagrass", "Lighthouse",
    "Longboard", "Saltmarsh", "Breakwater", "Windward" };
constexpr char const* trades[] { "Campsites", "Surf Camp", "Beach Club", "Sailing Centre",
    "Hostels", "Sports", "Wave Park", "Holidays", "Kiosks", "Adventures" };
constexpr char const* topics[] { "Boards for the coming season", "Wetsuits for a school",
    "Rental fleet renewal", "Shop assortment", "Foam boards for beginners",
    "Offer for a partner programme", "Repair and care workshop" };
constexpr LeadSource sources[] { LeadSource::web, LeadSource::trade_show,
    LeadSource::external_referral, LeadSource::web, LeadSource::partner, LeadSource::web,
    LeadSource::word_of_mouth };
constexpr char const* countries[] { "Ireland", "United Kingdom", "France", "Portugal", "Germany",
    "Spain", "Denmark" };
constexpr char const* sellers[] { "daisy", "tom", "lena" };

template<class T, std::size_t count>
T const& picked(T const (&list)[count], int number)
{
    return list[static_cast<std::size_t>(number) % count];
}

int age_of(int number) { return 425 - number * 425 / lead_count; }

// Most old requests are decided, the last six weeks' mostly not.
void set_state(Row& row, int number)
{
    if (age_of(number) > 42 || number % 7 == 3) {
        auto const is_good = number % 20 < 11;
        row.set(lead::state, is_good ? LeadState::qualified : LeadState::disqualified)
            .set(lead::status,
                is_good               ? LeadStatus::qualified
                    : number % 2 == 0 ? LeadStatus::no_longer_interested
                                      : LeadStatus::cannot_contact);
        return;
    }
    row.set(lead::state, LeadState::open)
        .set(lead::status, number % 2 == 0 ? LeadStatus::new_ : LeadStatus::contacted);
}

Result<void> make_lead(Unit& unit, int number)
{
    auto const name = person_name(number + 200);
    Row row(lead::table, lead_id(number));
    row.set(lead::topic, picked(topics, number))
        .set(lead::first_name, name.first)
        .set(lead::last_name, name.last)
        .set(lead::company_name,
            std::string(picked(companies, number)) + " " + picked(trades, number))
        .set(lead::email, "request" + std::to_string(number) + "@visitors.example")
        .set(lead::country, picked(countries, number))
        .set(lead::source, picked(sources, number))
        .set(lead::rating, static_cast<LeadRating>(1 + number * 5 % 3))
        .set(lead::estimated_amount, Amount::from_units(500 + number * 1'733 % 18'000))
        .set(lead::owner,
            Lookup { system_user::table, named("systemuser", picked(sellers, number)) })
        .set(lead::overridden_created_on, days_ago(unit, age_of(number), number));
    set_state(row, number);
    TRY(unit.create(std::move(row)));
    return {};
}

}

Id lead_id(int number) { return named("lead", "demo/" + std::to_string(number)); }

Result<void> make_leads(Unit& unit)
{
    for (auto number = 0; number < lead_count; ++number) {
        TRY(make_lead(unit, number));
    }
    return {};
}

Result<void> calm_the_bell(Unit& unit)
{
    auto const unread =
        TRY(unit.query(Query::from(notification::table).where(notification::is_read == false)));
    for (auto const& row : unread) {
        TRY(unit.update(notification::table, row.id(), Row {}.set(notification::is_read, true)));
    }
    return {};
}

}
