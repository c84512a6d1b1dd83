#include "platform/query/json/json_aggregates.h"
#include "platform/query/odata/options.h"
#include "platform/query/query_testing.h"

namespace cashline::query_testing {

namespace {

class AggregateTest : public QueryTest {
protected:
    std::string rows(
        std::string_view on, std::string_view apply, Caller const& caller = everybody())
    {
        auto const query = odata::parse_apply(*schema(), *schema()->find(on), apply);
        return query ? rows_of(*query, caller) : query.error().code;
    }

    std::string rows_of(AggregateQuery const& query, Caller const& caller = everybody())
    {
        std::string out;
        json::Writer writer { out };
        auto const count = write_json_aggregates(context(), caller, { query, m_options }, writer);
        return count ? out : count.error().code + ": " + count.error().text;
    }

    JsonOptions m_options {};
};
INSTANTIATE_TEST_SUITE_P(Databases, AggregateTest, both_databases(), database_name);

TEST_P(AggregateTest, figures_of_all_rows)
{
    EXPECT_EQ(
        rows("account", "aggregate($count as n,revenue with sum as total,revenue with max as top)"),
        R"([{"n":4,"total":1235.5500,"top":1234.5000}])");
    EXPECT_EQ(rows("opportunity",
                  "aggregate(discount with average as mean,closeprobability with min as low)"),
        R"([{"mean":5.7500000000,"low":40}])");
    EXPECT_EQ(rows("account",
                  "filter(name eq 'nobody')/aggregate($count as n,revenue with sum as total)"),
        R"([{"n":0,"total":null}])");
    EXPECT_EQ(rows("account", "aggregate(name with sum as total)"),
        "AttributeCannotBeUsedInAggregate: 'name' is no number and cannot be summed up.");
}

TEST_P(AggregateTest, groups_come_in_order_with_their_labels)
{
    EXPECT_EQ(rows("account", "groupby((statecode),aggregate($count as n))"),
        R"([{"statecode":0,"n":3},{"statecode":1,"n":1}])");
    m_options = { .formatted_values = true, .lookup_names = true };
    auto const owners = rows("account", "groupby((_ownerid_value),aggregate($count as n))");
    EXPECT_TRUE(
        owners.contains(R"("_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"team",)"
                        R"("_ownerid_value@OData.Community.Display.V1.FormattedValue":"Crew")"))
        << owners;
    EXPECT_TRUE(
        owners.contains(R"("Anna Ek","_ownerid_value":")" + id("anna").to_string() + R"(","n":2)"))
        << owners;
    EXPECT_EQ(rows("account", "groupby((primarycontactid/fullname))"),
        R"([{"contact_fullname":null},{"contact_fullname":"Carla Ärm"},{"contact_fullname":"Dor)"
        R"(a Bo"}])");
}

TEST_P(AggregateTest, unreadable_rows_are_not_added_up)
{
    EXPECT_EQ(rows("account", "aggregate($count as n,revenue with sum as total)",
                  reader("bert", Depth::user)),
        R"([{"n":2,"total":0.0500}])");
    EXPECT_TRUE(
        rows("account", "aggregate($count as n)", stranger()).starts_with("PrivilegeDenied"));
}

TEST_P(AggregateTest, dates_are_grouped_by_parts_in_the_callers_zone)
{
    AggregateQuery query { .table = table("account") };
    query.groups = { { column("account", "createdon"), "y", DatePart::year },
        { column("account", "createdon"), "m", DatePart::month } };
    query.figures = { { AggregateMethod::count, {}, "n" },
        { AggregateMethod::sum, column("account", "revenue"), "total" } };
    query.orders = { { "n", true } };
    EXPECT_EQ(rows_of(query),
        R"([{"y":2026,"m":3,"n":3,"total":1234.5500},{"y":2025,"m":3,"n":1,"total":1.0000}])");
    query.groups = { { column("account", "name"), "x", DatePart::year } };
    EXPECT_TRUE(rows_of(query).starts_with("QueryBuilderInvalidDateGrouping"));
}

}

}
