#include "platform/query/json/formatted_value.h"
#include "platform/query/json/json_rows.h"
#include "platform/query/odata/options.h"
#include "platform/query/query_testing.h"

namespace cashline::query_testing {

namespace {

class JsonTest : public QueryTest {
protected:
    // The rows that a request's query string brings, with "@odata.etag" and ids of the test's names
    // made readable.
    std::string rows(
        std::string_view set_table, std::string_view raw, Caller const& caller = everybody())
    {
        auto const& on = *schema()->find(set_table);
        auto const options = odata::split_query_string(raw);
        auto parsed = odata::parse_options(*schema(), on, *options);
        if (!parsed) {
            return parsed.error().code;
        }
        parsed->query.page_size = m_page_size;
        std::string out;
        json::Writer writer { out };
        auto const info = write_json_rows(context(), caller, { parsed->query, m_options }, writer);
        if (!info) {
            return info.error().code + ": " + info.error().text;
        }
        m_info = *info;
        EXPECT_TRUE(json::parse(out).has_value()) << out;
        for (auto const* name : { "contoso", "fabrikam", "carla", "dora", "anna", "bert", "crew",
                 "eur", "boards", "ropes", "acme", "line1", "line2", "call", "aland", "root" }) {
            auto const text = id(name).to_string();
            for (auto at = out.find(text); at != std::string::npos; at = out.find(text)) {
                out.replace(at, text.size(), name);
            }
        }
        return out;
    }

    JsonOptions m_options { .base_url = "https://crm.example/api/data/v9.2/" };
    std::optional<std::int64_t> m_page_size {};
    PageInfo m_info {};
};
INSTANTIATE_TEST_SUITE_P(Databases, JsonTest, both_databases(), database_name);

TEST_P(JsonTest, a_row_lists_its_columns_with_nulls_and_its_key)
{
    EXPECT_EQ(rows("account",
                  "$select=name,revenue,_parentaccountid_value,creditonhold,createdon&$filter=name "
                  "eq 'contoso'"),
        R"([{"@odata.etag":"W/\"20\"","name":"Contoso","revenue":1234.5000,)"
        R"("_parentaccountid_value":null,)"
        R"("creditonhold":true,"createdon":"2026-03-17T09:00:00Z",)"
        R"("_transactioncurrencyid_value":"eur","accountid":"contoso"}])");
    EXPECT_EQ(rows("opportunity",
                  "$select=estimatedclosedate,discount,opportunityid&$filter=name eq 'boards'"),
        R"([{"@odata.etag":"W/\"30\"","estimatedclosedate":"2026-03-18","discount":1.50,)"
        R"("opportunityid":"boards"}])");
    EXPECT_EQ(rows("account", "$filter=name eq 'nobody'"), "[]");
}

TEST_P(JsonTest, annotations_stand_before_their_value)
{
    m_options.formatted_values = m_options.lookup_names = m_options.navigation_names = true;
    EXPECT_EQ(rows("account",
                  "$select=industrycode,sports,creditonhold,revenue,_ownerid_value,_"
                  "primarycontactid_value,createdon&$filter=name eq 'contoso'"),
        R"([{"@odata.etag":"W/\"20\"",)"
        R"("industrycode@OData.Community.Display.V1.FormattedValue":"Zoo","industrycode":1,)"
        R"("sports@OData.Community.Display.V1.FormattedValue":"Surfing; Climbing","sports":"1,9",)"
        R"("creditonhold@OData.Community.Display.V1.FormattedValue":"Yes","creditonhold":true,)"
        R"("revenue@OData.Community.Display.V1.FormattedValue":"€1,234.50","revenue":1234.5000,)"
        R"("_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty":"ownerid",)"
        R"("_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"systemuser",)"
        R"("_ownerid_value@OData.Community.Display.V1.FormattedValue":"Anna Ek",)"
        R"("_ownerid_value":"anna",)"
        R"("_primarycontactid_value@Microsoft.Dynamics.CRM.associatednavigationproperty":"prima)"
        R"(rycontactid",)"
        R"("_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact",)"
        R"("_primarycontactid_value@OData.Community.Display.V1.FormattedValue":"Carla Ärm",)"
        R"("_primarycontactid_value":"carla",)"
        R"("createdon@OData.Community.Display.V1.FormattedValue":"17/03/2026 09:00",)"
        R"("createdon":"2026-03-17T09:00:00Z",)"
        R"("_transactioncurrencyid_value@Microsoft.Dynamics.CRM.associatednavigationproperty":")"
        R"(transactioncurrencyid",)"
        R"("_transactioncurrencyid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"transaction)"
        R"(currency",)"
        R"("_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue":"Euro",)"
        R"("_transactioncurrencyid_value":"eur",)"
        R"("accountid":"contoso"}])");
    m_options = { .lookup_names = true, .navigation_names = true };
    EXPECT_EQ(rows("opportunity", "$select=_customerid_value&$filter=name eq 'ropes'"),
        R"([{"@odata.etag":"W/\"31\"",)"
        R"("_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty":"customerid_)"
        R"(contact",)"
        R"("_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact",)"
        R"("_customerid_value":"dora","opportunityid":"ropes"}])");
    EXPECT_EQ(
        rows("account", "$select=_owningteam_value,_owninguser_value&$filter=name eq 'aland oil'"),
        R"([{"@odata.etag":"W/\"22\"",)"
        R"("_owningteam_value@Microsoft.Dynamics.CRM.associatednavigationproperty":"owningteam",)"
        R"("_owningteam_value@Microsoft.Dynamics.CRM.lookuplogicalname":"team",)"
        R"("_owningteam_value":"crew",)"
        R"("_owninguser_value":null,"accountid":"aland"}])");
}

TEST_P(JsonTest, names_of_unreadable_rows_stay_hidden)
{
    m_options.formatted_values = true;
    auto caller = reader("anna", Depth::organization);
    auto rights = std::make_shared<Rights>();
    rights->user = id("anna");
    rights->unit = id("root");
    rights->grant(table("account"), Privilege::read, Depth::organization);
    rights->grant(table("contact"), Privilege::read, Depth::user);
    caller.rights = rights;
    auto const text =
        rows("account", "$select=_primarycontactid_value,_ownerid_value&$orderby=name", caller);
    EXPECT_TRUE(text.contains("Carla")) << text;
    EXPECT_FALSE(text.contains("Dora")) << text;
    EXPECT_FALSE(text.contains("Anna Ek")) << text;
    auto const expanded = rows(
        "account", "$select=name&$expand=primarycontactid($select=fullname)&$orderby=name", caller);
    EXPECT_FALSE(expanded.contains("Dora")) << expanded;
    EXPECT_TRUE(rows("account", "$expand=ownerid", caller).starts_with("PrivilegeDenied"));
}

TEST_P(JsonTest, single_valued_expands_are_joined)
{
    EXPECT_EQ(rows("account",
                  "$select=name&$expand=primarycontactid($select=fullname;$expand=ownerid($select="
                  "fullname)),parentaccountid/$ref&$filter=name eq 'fabrikam' or name eq 'aland "
                  "oil'&$orderby=name"),
        R"([{"@odata.etag":"W/\"22\"","name":"Åland Oil","accountid":"aland",)"
        R"("primarycontactid":null,)"
        R"x("parentaccountid":{"@odata.id":"https://crm.example/api/data/v9.2/accounts(fabrikam)x"
        R"x()"}},)x"
        R"({"@odata.etag":"W/\"21\"","name":"Fabrikam","accountid":"fabrikam",)"
        R"("primarycontactid":{"@odata.etag":"W/\"11\"","fullname":"Dora Bo","contactid":"dora",)"
        R"("ownerid":{"@odata.etag":"W/\"4\"","fullname":"Bert Öst","systemuserid":"bert"}},)"
        R"x("parentaccountid":{"@odata.id":"https://crm.example/api/data/v9.2/accounts(contoso))x"
        R"x("}}])x");
    EXPECT_EQ(
        rows("account", "$select=name&$expand=ownerid($select=name)&$filter=name eq 'aland oil'"),
        R"([{"@odata.etag":"W/\"22\"","name":"Åland Oil","accountid":"aland",)"
        R"("ownerid":{"@odata.etag":"W/\"5\"","name":"Crew","teamid":"crew"}}])");
    EXPECT_EQ(
        rows("opportunity",
            "$select=name&$expand=customerid_account($select=name),customerid_contact($select="
            "fullname)&$filter=name eq 'ropes'"),
        R"([{"@odata.etag":"W/\"31\"","name":"Ropes","opportunityid":"ropes",)"
        R"("customerid_account":null,)"
        R"("customerid_contact":{"@odata.etag":"W/\"11\"","fullname":"Dora Bo",)"
        R"("contactid":"dora"}}])");
}

TEST_P(JsonTest, collections_are_read_with_one_query_each)
{
    EXPECT_EQ(rows("opportunity",
                  "$select=name&$expand=product_opportunities($select=name;$filter=contains(name,'"
                  "board');$orderby=name "
                  "desc;$top=1),opportunitycompetitors_association($select=name;$orderby=name)&$"
                  "filter=name ne "
                  "'tents'&$orderby=name"),
        R"([{"@odata.etag":"W/\"30\"","name":"Boards","opportunityid":"boards",)"
        R"("product_opportunities":[{"@odata.etag":"W/\"51\"","name":"Short board",)"
        R"("opportunityproductid":"line2"}],)"
        R"("product_opportunities@odata.nextLink":"https://crm.example/api/data/v9.2/opportunit)"
        R"(ies(boards)/product_opportunities?$select=name&$filter=contains(name,'board')&$order)"
        R"(by=name%20desc&$top=1",)"
        R"("opportunitycompetitors_association":[{"@odata.etag":"W/\"40\"","name":"Acme",)"
        R"("competitorid":"acme"},{"@odata.etag":"W/\"41\"","name":"Umbra","competitorid":")"
            + id("umbra").to_string()
            + R"("}],)"
              R"("opportunitycompetitors_association@odata.nextLink":"https://crm.example/api/d)"
              R"(ata/v9.2/opportunities(boards)/opportunitycompetitors_association?$select=name)"
              R"(&$orderby=name"},)"
              R"({"@odata.etag":"W/\"31\"","name":"Ropes","opportunityid":"ropes",)"
              R"("product_opportunities":[],)"
              R"("product_opportunities@odata.nextLink":"https://crm.example/api/data/v9.2/oppo)"
              R"(rtunities(ropes)/product_opportunities?$select=name&$filter=contains(name,'boa)"
              R"(rd')&$orderby=name%20desc&$top=1",)"
              R"("opportunitycompetitors_association":[{"@odata.etag":"W/\"40\"","name":"Acme",)"
              R"("competitorid":"acme"}],)"
              R"("opportunitycompetitors_association@odata.nextLink":"https://crm.example/api/d)"
              R"(ata/v9.2/opportunities(ropes)/opportunitycompetitors_association?$select=name&)"
              R"($orderby=name"}])");
    auto const nested = rows("account",
        "$select=name&$expand=opportunity_customer_accounts($select=name;$expand=product_"
        "opportunities($select=name))&$filter=name eq 'contoso'");
    EXPECT_TRUE(nested.contains(
        R"("name":"Boards","opportunityid":"boards",)"
        R"("product_opportunities":[{"@odata.etag":"W/\"50\"","name":"Long board")"))
        << nested;
}

TEST_P(JsonTest, unreadable_children_do_not_come)
{
    auto const own = reader("anna", Depth::user);
    auto const text =
        rows("account", "$select=name&$expand=opportunity_customer_accounts($select=name)", own);
    EXPECT_TRUE(text.contains("Boards")) << text;
    EXPECT_FALSE(text.contains("Ropes")) << text;
    EXPECT_TRUE(rows("competitor", "$expand=opportunitycompetitors_association($select=name)", own)
            .contains("Boards"));
    EXPECT_FALSE(rows("competitor", "$expand=opportunitycompetitors_association($select=name)", own)
            .contains("Ropes"));
}

TEST_P(JsonTest, a_page_tells_whether_there_are_more)
{
    m_page_size = 3;
    rows("account", "$select=name&$orderby=name&$count=true");
    EXPECT_EQ(m_info.row_count, 3);
    EXPECT_EQ(m_info.count, 4);
    EXPECT_FALSE(m_info.count_exceeded);
    ASSERT_FALSE(m_info.next.empty());
    auto const second = rows("account", "$select=name&$orderby=name&$skiptoken=" + m_info.next);
    EXPECT_TRUE(second.contains("Zeta_1")) << second;
    EXPECT_EQ(m_info.row_count, 1);
    EXPECT_TRUE(m_info.next.empty());
    m_page_size = 4;
    rows("account", "$select=name");
    EXPECT_TRUE(m_info.next.empty()) << "a full last page has no next one";
    EXPECT_EQ(rows("account", "$skiptoken=nonsense"),
        "QueryBuilderInvalidPagingCookie: The link to the next page does not belong to this query; "
        "start again with the first page.");
}

TEST_P(JsonTest, one_row_comes_as_members)
{
    auto query = Query::from(table("account"));
    query.columns = { column("account", "name").column };
    auto const for_all = RowStatement::prepare(context(), everybody(), { query, m_options });
    ASSERT_TRUE(for_all.has_value());
    auto const row = for_all->find(context(), everybody(), m_options, id("contoso"));
    ASSERT_TRUE(row.has_value() && row->has_value());
    EXPECT_EQ((*row)->version, 20);
    EXPECT_EQ((*row)->members,
        R"("@odata.etag":"W/\"20\"","name":"Contoso","accountid":")" + id("contoso").to_string()
            + '"');
    auto const other = for_all->find(context(), everybody(), m_options, id("fabrikam"));
    ASSERT_TRUE(other.has_value() && other->has_value());
    EXPECT_TRUE((*other)->members.contains("Fabrikam")) << "the same statement serves every row";
    auto const bert = reader("bert", Depth::user);
    auto const for_bert = RowStatement::prepare(context(), bert, { query, m_options });
    EXPECT_FALSE(for_bert->find(context(), bert, m_options, id("contoso"))->has_value());
}

TEST_P(JsonTest, every_column_comes_without_a_select)
{
    m_options.formatted_values = true;
    auto const text = rows("task", "$filter=subject eq 'visit'");
    EXPECT_TRUE(text.contains(R"("category":"road")")) << text;
    EXPECT_TRUE(text.contains(R"("activitytypecode":"task")")) << text;
    EXPECT_TRUE(text.contains(
        R"("_regardingobjectid_value@OData.Community.Display.V1.FormattedValue":"Ropes")"))
        << text;
    EXPECT_TRUE(
        rows("account", "$filter=name eq 'contoso'").contains(R"("contactname":"Carla Ärm")"));
}

TEST_P(JsonTest, nulls_are_left_out_for_fetchxml)
{
    m_options.omits_nulls = true;
    EXPECT_EQ(rows("account", "$select=name,description&$filter=name eq 'fabrikam'"),
        R"([{"@odata.etag":"W/\"21\"","name":"Fabrikam","accountid":"fabrikam"}])");
}

TEST(FormattedValue, numbers_are_grouped)
{
    ValueFormatter const formatter { "en-IE", "Europe/Dublin" };
    EXPECT_EQ(formatter.money(480'000'000, { "€", 2 }), "€48,000.00");
    EXPECT_EQ(formatter.money(-12'345, { "€", 2 }), "-€1.2345");
    EXPECT_EQ(formatter.money(0, { "¥", 0 }), "¥0");
    EXPECT_EQ(
        formatter.money(std::numeric_limits<std::int64_t>::min(), {}), "-922,337,203,685,477.5808");
    EXPECT_EQ(formatter.number(999, 0, 0), "999");
    EXPECT_EQ(formatter.number(1000, 0, 0), "1,000");
    EXPECT_EQ(ValueFormatter("de-DE", "UTC").money(12'345'600, { "€", 2 }), "1.234,56 €");
}

TEST(FormattedValue, moments_are_in_the_readers_zone)
{
    auto const moment = *Timestamp::parse("2026-07-01T22:30:00Z");
    EXPECT_EQ(ValueFormatter("en-IE", "Europe/Berlin").moment(moment, DateBehavior::user_local),
        "02/07/2026 00:30");
    EXPECT_EQ(
        ValueFormatter("en-IE", "Europe/Berlin").moment(moment, DateBehavior::zone_independent),
        "01/07/2026 22:30");
    EXPECT_EQ(ValueFormatter("en-US", "UTC").moment(moment, DateBehavior::user_local),
        "7/1/2026 10:30 PM");
}
}
}
