#include "apps/parties/account/account_table.h"
#include "apps/sales/competitor/competitor_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_close/opportunity_close_table.h"
#include "server/demo/history.h"

namespace cashline::demo {

namespace {

constexpr char const* deals[] { "Season equipment", "Rental fleet", "School wetsuits",
    "Shop assortment", "Beginner boards", "Board care contract", "New station" };
constexpr char const* rivals[] { "Crest & Sons", "Waveline Supply", "Surfdepot" };

int age_of(int number) { return 424 - number * 7; }
bool is_open(int number) { return age_of(number) < 120; }
bool is_won(int number) { return number * 13 % 20 < 11; }
int closed_days_ago(int number) { return age_of(number) - 30 - number * 13 % 50; }

Amount value_of(int number) { return Amount::from_units(2'000 + number * 7'919 % 58 * 1'000); }

Result<void> make_deal(Unit& unit, int number)
{
    auto const account_number = account_of_deal(number);
    auto const age = age_of(number);
    auto const expected = is_open(number)
        ? unit.today().plus_days(5 + number * 11 % 90)
        : days_ago(unit, closed_days_ago(number) - 3 + number % 9, number).date_utc();
    Row row(opportunity::table, deal_id(number));
    row.set(opportunity::topic, deals[static_cast<std::size_t>(number) % std::size(deals)])
        .set(opportunity::customer, Lookup { account::table, account_id(account_number) })
        .set(opportunity::parent_contact, contact_id(account_number))
        .set(opportunity::estimated_revenue, value_of(number))
        .set(opportunity::estimated_close_date, expected)
        .set(opportunity::probability, 20 + number * 17 % 70)
        .set(opportunity::rating, static_cast<OpportunityRating>(1 + number * 7 % 3))
        .set(opportunity::owner, seller_of_account(account_number))
        .set(opportunity::overridden_created_on, days_ago(unit, age, number));
    TRY(unit.create(std::move(row)));
    return {};
}

Result<void> write_resolution(Unit& unit, int number, Amount revenue)
{
    auto const verdict = is_won(number) ? "Won: " : "Lost: ";
    Row row(opportunity_close::table, named("opportunityclose", "demo/" + std::to_string(number)));
    row.set(opportunity_close::subject,
           verdict + std::string(deals[static_cast<std::size_t>(number) % std::size(deals)]))
        .set(opportunity_close::opportunity, deal_id(number))
        .set(opportunity_close::regarding, Lookup { opportunity::table, deal_id(number) })
        .set(opportunity_close::actual_revenue, revenue)
        .set(opportunity_close::actual_end, days_ago(unit, closed_days_ago(number), number))
        .set(opportunity_close::state, ActivityPointerState::completed)
        .set(opportunity_close::status, ActivityPointerStatus::completed)
        .set(opportunity_close::owner, seller_of_account(account_of_deal(number)));
    if (!is_won(number)) {
        row.set(opportunity_close::competitor,
            named("competitor", rivals[static_cast<std::size_t>(number) % std::size(rivals)]));
    }
    TRY(unit.create(std::move(row)));
    return {};
}

// Past deals are told as they ended; WinOpportunity would invite buyers who signed in long ago.
Result<void> close_deal(Unit& unit, int number)
{
    auto const date = days_ago(unit, closed_days_ago(number), number).date_utc();
    auto const revenue = is_won(number) ? value_of(number) : Amount {};
    Row row;
    row.set(opportunity::state, is_won(number) ? OpportunityState::won : OpportunityState::lost)
        .set(opportunity::status,
            is_won(number)        ? OpportunityStatus::won
                : number % 3 == 0 ? OpportunityStatus::canceled
                                  : OpportunityStatus::out_sold)
        .set(opportunity::actual_revenue, revenue)
        .set(opportunity::actual_close_date, date)
        .set(opportunity::forecast_category,
            is_won(number) ? OpportunityForecastCategory::won : OpportunityForecastCategory::lost);
    TRY(unit.update(opportunity::table, deal_id(number), std::move(row)));
    return write_resolution(unit, number, revenue);
}

}

Id deal_id(int number) { return named("opportunity", "demo/" + std::to_string(number)); }

// Won deals belong to customers: every account but each third one is one.
int account_of_deal(int number)
{
    auto const account_number = number * 7 % account_count;
    return is_won(number) && account_number % 3 == 2 ? account_number - 1 : account_number;
}

Result<void> make_competitors(Unit& unit)
{
    for (auto const* name : rivals) {
        TRY(unit.create(
            Row(competitor::table, named("competitor", name)).set(competitor::name, name)));
    }
    return {};
}

Result<void> make_deals(Unit& unit)
{
    for (auto number = 0; number < deal_count; ++number) {
        TRY(make_deal(unit, number));
        if (!is_open(number)) {
            TRY(close_deal(unit, number));
        }
    }
    return {};
}

}
