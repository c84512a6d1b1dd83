// What happened in the demo company before today: fourteen months of customers, requests and deals.
// Made from plain lists and arithmetic, so that every installation has the same; only the dates
// follow the day it is installed on.
#pragma once

#include "server/demo/demo_company.h"

#include <string>

namespace cashline::demo {

inline constexpr int group_count = 12;
inline constexpr int accounts_per_group = 5; // the first is the parent of the others
inline constexpr int account_count = group_count * accounts_per_group;
inline constexpr int contact_count = 150;
inline constexpr int lead_count = 90;
inline constexpr int deal_count = 60;

Result<void> make_accounts(Unit&);
Result<void> make_contacts(Unit&);
Result<void> make_leads(Unit&);
Result<void> make_competitors(Unit&);
Result<void> make_deals(Unit&);
Result<void> make_offers(Unit&); // products, quotes and things to do of the open deals
Result<void> make_buyer(Unit&); // who signs in to the shop
Result<void> calm_the_bell(Unit&); // nobody starts with a hundred old notifications

// The n-th of each.
Id account_id(int number);
Id contact_id(int number);
Id lead_id(int number);
Id deal_id(int number);
// Whose they are; accounts of the American groups belong to the sellers there.
Lookup seller_of_account(int number);
bool is_american(int account_number);
int account_of_deal(int number);

struct PersonName {
    char const* first;
    char const* last;
};
PersonName person_name(int number);

// Days before the moment of installation, at a working hour that depends on the number.
Timestamp days_ago(Reader& reader, int days, int number);

}
