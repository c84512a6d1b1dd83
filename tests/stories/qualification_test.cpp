// Leads and their limits (docs/contracts/qualify-lead.md); how one is qualified is in the story.
#include "apps/sales/api.h"
#include "apps/sales/lead/lead_table.h"
#include "server/demo/company_testing.h"

namespace cashline {

namespace {

class Qualification : public CompanyTest {
protected:
    Id make_lead(Row row)
    {
        auto const made =
            platform().write<Id>(as("daisy"), [&](Unit& unit) { return unit.create(row); });
        EXPECT_TRUE(made.has_value()) << made.error().code << ": " << made.error().text;
        return made.value_or(Id {});
    }
    Row surfboards()
    {
        return Row(lead::table)
            .set(lead::topic, "Surfboards for 2027")
            .set(lead::first_name, "Mona")
            .set(lead::last_name, "Lindgren")
            .set(lead::email, "mona@northwind.example")
            .set(lead::company_name, "Northwind Traders")
            .set(lead::description, "Forty boards for our rental stations.");
    }
    Result<EntitiesReply> qualify(Id id)
    {
        return platform().write<EntitiesReply>(as("daisy"), [&](Unit& unit) {
            return unit.call(sales::QualifyLead { .lead = { lead::table, id },
                .create_account = true,
                .create_contact = true,
                .create_opportunity = true });
        });
    }
    Row read(TableId table, Id id)
    {
        return platform()
            .read<Row>(system_caller(), [&](Reader& reader) { return reader.retrieve(table, id); })
            .value();
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, Qualification, both_databases(), database_name);

TEST_P(Qualification, a_closed_lead_is_read_only_and_can_be_reactivated)
{
    auto const source = make_lead(surfboards());
    ASSERT_TRUE(qualify(source).has_value());
    auto const changed =
        platform().write(as("daisy"), std::function<Result<void>(Unit&)>([&](Unit& unit) {
            return unit.update(lead::table, source, Row {}.set(lead::topic, "Other"));
        }));
    ASSERT_FALSE(changed.has_value());
    EXPECT_EQ(changed.error().code, "CannotUpdateObjectBecauseItIsInactive");
    auto const reactivated =
        platform().write(as("daisy"), std::function<Result<void>(Unit&)>([&](Unit& unit) {
            return unit.update(lead::table, source, Row {}.set(lead::state, LeadState::open));
        }));
    EXPECT_TRUE(reactivated.has_value()) << reactivated.error().code << reactivated.error().text;
}

TEST_P(Qualification, another_seller_neither_sees_nor_qualifies_it)
{
    auto const source = make_lead(surfboards());
    auto const refused = platform().write<EntitiesReply>(as("tom"), [&](Unit& unit) {
        return unit.call(
            sales::QualifyLead { .lead = { lead::table, source }, .create_opportunity = true });
    });
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, "ObjectDoesNotExist");
}

TEST_P(Qualification, a_shop_request_goes_to_the_seller_the_rules_name)
{
    auto const made = platform().write<Id>(
        system_caller(Door::shop), [&](Unit& unit) { return unit.create(surfboards()); });
    ASSERT_TRUE(made.has_value()) << made.error().text;
    auto const owner = read(lead::table, *made).get(lead::owner);
    ASSERT_TRUE(owner.has_value());
    EXPECT_EQ(owner->id, demo::named("systemuser", "daisy"));
}

}

}
