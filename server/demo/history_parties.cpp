#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "core/text.h"
#include "platform/security/system_user/system_user_table.h"
#include "server/demo/history.h"

namespace cashline::demo {

namespace {

struct Group {
    char const* name;
    char const* city;
    char const* country;
    char const* dial;
    char const* seller;
};

constexpr Group groups[] {
    { "Blue Reef", "Galway", "Ireland", "+353 91", "daisy" },
    { "Atlantic Edge", "Sligo", "Ireland", "+353 71", "tom" },
    { "Harbour Lights", "Newquay", "United Kingdom", "+44 1637", "lena" },
    { "Kestrel Bay", "Swansea", "United Kingdom", "+44 1792", "daisy" },
    { "Côte d'Écume", "Biarritz", "France", "+33 5", "tom" },
    { "Playa Larga", "Zarautz", "Spain", "+34 943", "lena" },
    { "Maré Alta", "Ericeira", "Portugal", "+351 261", "daisy" },
    { "Nordsee Welle", "Westerland", "Germany", "+49 4651", "tom" },
    { "Klitmøller Vind", "Thisted", "Denmark", "+45 97", "lena" },
    { "Pacific Crest", "Santa Cruz", "United States", "+1 831", "grace" },
    { "Outer Banks", "Nags Head", "United States", "+1 252", "noah" },
    { "North Shore", "Haleiwa", "United States", "+1 808", "grace" },
};

constexpr char const* kinds[] { "Group", "Surf Schools", "Rentals", "Outfitters", "Resorts" };
constexpr AccountIndustry industries[] { AccountIndustry::consumer_services,
    AccountIndustry::service_retail, AccountIndustry::equipment_rental_and_leasing,
    AccountIndustry::entertainment_retail, AccountIndustry::consumer_services };

constexpr char const* first_names[] { "Aoife", "Bruno", "Clara", "Declan", "Elena", "Farid",
    "Gemma", "Hugo", "Inês", "Jonas", "Katja", "Luca", "Maeve", "Nils", "Orla", "Pedro", "Quentin",
    "Rosa", "Sven", "Tara", "Uwe", "Vera", "Will", "Yara", "Zoe" };
constexpr char const* last_names[] { "Ahern", "Bauer", "Costa", "Duffy", "Etxeberria", "Fischer",
    "García", "Hansen", "Iversen", "Jørgensen", "Keane", "Lopes", "Moreau", "Nolan", "Oliveira",
    "Petit", "Quinn", "Rasmussen", "Silva" };
constexpr char const* job_titles[] { "Managing director", "Head of purchasing", "Shop manager",
    "Accounts payable", "Head coach", "Station manager" };

template<class T, std::size_t count>
T const& picked(T const (&list)[count], int number)
{
    return list[static_cast<std::size_t>(number) % count];
}

Group const& group_of(int account_number)
{
    return picked(groups, account_number / accounts_per_group);
}

// "Côte d'Écume Rentals" → "cote-d-ecume-rentals"
std::string plain(std::string const& name)
{
    std::string word;
    for (auto const character : text::fold(name)) {
        auto const is_letter = character >= 'a' && character <= 'z';
        if (is_letter || (!word.empty() && word.back() != '-')) {
            word += is_letter ? character : '-';
        }
    }
    return word;
}

std::string domain_of(int account_number)
{
    return plain(std::string(group_of(account_number).name) + " "
               + picked(kinds, account_number % accounts_per_group))
        + ".example";
}

Result<void> make_account(Unit& unit, int number)
{
    auto const& group = group_of(number);
    auto const place = number % accounts_per_group;
    auto const is_customer = number % 3 != 2;
    Row row(account::table, account_id(number));
    row.set(account::name, std::string(group.name) + " " + picked(kinds, place))
        .set(account::relationship_type,
            is_customer ? AccountRelationshipType::customer : AccountRelationshipType::prospect)
        .set(account::industry, picked(industries, place))
        .set(account::street, std::to_string(3 + number * 7 % 90) + " Beach Road")
        .set(account::city, group.city)
        .set(account::postal_code, std::to_string(10'000 + number * 131))
        .set(account::country, group.country)
        .set(account::phone, std::string(group.dial) + " 555 " + std::to_string(1'000 + number))
        .set(account::email, "office@" + domain_of(number))
        .set(account::website, "https://www." + domain_of(number))
        .set(account::employees, 4 + number * 37 % 180)
        .set(account::price_list,
            named("pricelevel",
                is_american(number) ? "america"
                    : is_customer   ? "partners"
                                    : "europe"))
        .set(account::currency, named("transactioncurrency", is_american(number) ? "USD" : "EUR"))
        .set(account::company, named("cdm_company", is_american(number) ? "awus" : "awie"))
        .set(account::owner, seller_of_account(number))
        .set(account::overridden_created_on, days_ago(unit, 440 - number * 5, number));
    if (place != 0) {
        row.set(account::parent, account_id(number - place));
    }
    TRY(unit.create(std::move(row)));
    return {};
}

Result<void> make_contact(Unit& unit, int number)
{
    auto const account_number = number % account_count;
    auto const name = person_name(number);
    auto const address = plain(name.first) + "." + plain(name.last);
    Row row(contact::table, contact_id(number));
    row.set(contact::first_name, name.first)
        .set(contact::last_name, name.last)
        .set(contact::job_title, picked(job_titles, number / account_count + number))
        .set(contact::company_or_contact, Lookup { account::table, account_id(account_number) })
        .set(contact::email, address + "@" + domain_of(account_number))
        .set(contact::phone,
            std::string(group_of(account_number).dial) + " 555 " + std::to_string(2'000 + number))
        .set(contact::city, group_of(account_number).city)
        .set(contact::country, group_of(account_number).country)
        .set(contact::company, named("cdm_company", is_american(account_number) ? "awus" : "awie"))
        .set(contact::owner, seller_of_account(account_number))
        .set(contact::overridden_created_on, days_ago(unit, 435 - number * 2, number));
    TRY(unit.create(std::move(row)));
    return {};
}

}

Id account_id(int number) { return named("account", "demo/" + std::to_string(number)); }
Id contact_id(int number) { return named("contact", "demo/" + std::to_string(number)); }

bool is_american(int account_number) { return account_number / accounts_per_group >= 9; }

Lookup seller_of_account(int number)
{
    return { system_user::table, named("systemuser", group_of(number).seller) };
}

// Twenty-five first and nineteen last names: no pair twice among the first 475.
PersonName person_name(int number)
{
    return { picked(first_names, number), picked(last_names, number) };
}

Timestamp days_ago(Reader& reader, int days, int number)
{
    auto const day = reader.now().date_utc().plus_days(-days);
    auto const moment =
        Timestamp::at_midnight_utc(day).plus_seconds(8 * 3'600 + number * 977 % 32'000);
    return days > 0 ? moment : std::min(moment, reader.now());
}

Result<void> make_accounts(Unit& unit)
{
    for (auto number = 0; number < account_count; ++number) {
        TRY(make_account(unit, number));
    }
    return {};
}

Result<void> make_contacts(Unit& unit)
{
    for (auto number = 0; number < contact_count; ++number) {
        TRY(make_contact(unit, number));
    }
    for (auto number = 0; number < account_count; ++number) {
        TRY(unit.update(account::table, account_id(number),
            Row {}.set(account::primary_contact, contact_id(number))));
    }
    return {};
}

}
