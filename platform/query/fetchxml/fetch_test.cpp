#include "platform/query/fetchxml/fetch.h"

#include "core/text.h"
#include "platform/query/json/json_aggregates.h"
#include "platform/query/query_testing.h"

#include <fmt/format.h>
#include <random>

namespace cashline::query_testing {

namespace {

std::string code_of_fetch(std::string_view xml)
{
    auto const fetch = fetchxml::parse(*schema(), xml);
    return fetch ? "" : fetch.error().code;
}

class FetchTest : public QueryTest {
protected:
    std::string rows(std::string_view xml, Caller const& caller = everybody())
    {
        auto const fetch = fetchxml::parse(*schema(), xml);
        if (!fetch) {
            return fetch.error().code + ": " + fetch.error().text;
        }
        JsonOptions const options { .omits_nulls = true };
        std::string out;
        json::Writer writer { out };
        if (fetch->aggregate) {
            auto const done =
                write_json_aggregates(context(), caller, { *fetch->aggregate, options }, writer);
            return done ? out : done.error().code + ": " + done.error().text;
        }
        auto const page = write_json_rows(context(), caller, { fetch->query, options }, writer);
        if (!page) {
            return page.error().code + ": " + page.error().text;
        }
        m_page = *page;
        return without_identity(out);
    }

    // Drops etags and ids, which these tests do not look at.
    static std::string without_identity(std::string const& text)
    {
        auto document = *json::parse(text);
        std::string result;
        for (auto const& row : *document.as_array()) {
            result += result.empty() ? "" : " | ";
            std::string members;
            for (auto const& [key, value] : *row.as_object()) {
                if (key != "@odata.etag" && key != "accountid" && key != "opportunityid") {
                    members += (members.empty() ? "" : ", ") + key + "=" + value.to_string();
                }
            }
            result += members;
        }
        return result;
    }

    PageInfo m_page {};
};
INSTANTIATE_TEST_SUITE_P(Databases, FetchTest, both_databases(), database_name);

TEST_P(FetchTest, conditions_orders_and_columns)
{
    EXPECT_EQ(rows("<fetch top='2'><entity name='account'><attribute name='name'/><attribute "
                   "name='description'/>"
                   "<order attribute='name' descending='true'/><filter type='or'>"
                   "<condition attribute='name' operator='like' value='%o%'/>"
                   "<condition attribute='industrycode' "
                   "operator='in'><value>2</value><value>3</value></condition>"
                   "</filter></entity></fetch>"),
        R"(name="Fabrikam" | name="Contoso", description="Big 100% fish")")
        << "null columns are left out";
    EXPECT_EQ(rows("<fetch><entity name='account'><attribute name='name' alias='n'/>"
                   "<filter><condition attribute='creditonhold' operator='eq' "
                   "value='1'/></filter></entity></fetch>"),
        R"(n="Contoso")");
    EXPECT_EQ(rows("<fetch><entity name='account'><attribute name='name'/><order "
                   "attribute='industrycode'/></entity></fetch>"),
        R"(name="Zeta_1" | name="Åland Oil" | name="Fabrikam" | name="Contoso")")
        << "choices by label";
    EXPECT_EQ(rows("<fetch useraworderby='1'><entity name='account'><attribute name='name'/><order "
                   "attribute='industrycode'/></entity></fetch>"),
        R"(name="Zeta_1" | name="Contoso" | name="Fabrikam" | name="Åland Oil")");
    EXPECT_EQ(rows("<fetch><entity name='account'><attribute name='name'/><filter>"
                   "<condition attribute='createdon' operator='last-x-days' "
                   "value='1'/></filter></entity></fetch>",
                  reader("anna", Depth::user)),
        R"(name="Contoso")");
    EXPECT_EQ(rows("<fetch distinct='true'><entity name='account'><attribute "
                   "name='statecode'/></entity></fetch>"),
        "statecode=0 | statecode=1");
}

TEST_P(FetchTest, links_join_rows_and_their_columns)
{
    EXPECT_EQ(
        rows("<fetch><entity name='account'><attribute name='name'/><order attribute='name'/>"
             "<link-entity name='contact' from='contactid' to='primarycontactid' alias='c'>"
             "<attribute name='fullname'/><attribute name='parentcustomerid'/><filter><condition "
             "attribute='fullname' operator='begins-with' value='C'/></filter>"
             "</link-entity></entity></fetch>"),
        R"(name="Contoso", c.fullname="Carla Ärm", c.parentcustomerid=")"
            + id("contoso").to_string() + '"');
    EXPECT_EQ(
        rows("<fetch><entity name='account'><attribute name='name'/><order attribute='name'/>"
             "<link-entity name='contact' from='contactid' to='primarycontactid' link-type='outer'>"
             "<attribute name='fullname' alias='person'/></link-entity>"
             "<filter><condition attribute='statecode' operator='eq' "
             "value='0'/></filter></entity></fetch>"),
        R"(name="Contoso", person="Carla Ärm" | name="Fabrikam", person="Dora Bo" | name="Zeta_)"
        R"(1")");
    EXPECT_EQ(rows("<fetch><entity name='opportunity'><attribute name='name'/>"
                   "<link-entity name='opportunityproduct' from='opportunityid' to='opportunityid' "
                   "link-type='outer' alias='p'>"
                   "</link-entity><filter><condition entityname='p' "
                   "attribute='opportunityproductid' operator='null'/></filter></entity></fetch>"),
        R"(name="Tents")")
        << "has none";
    EXPECT_EQ(
        rows("<fetch><entity name='opportunity'><attribute name='name'/><order attribute='name'/>"
             "<link-entity name='opportunitycompetitors' from='opportunityid' to='opportunityid' "
             "intersect='true'>"
             "<link-entity name='competitor' from='competitorid' to='competitorid' "
             "alias='c'><attribute name='name'/>"
             "<order attribute='name' "
             "descending='1'/></link-entity></link-entity></entity></fetch>"),
        R"(name="Boards", c.name="Umbra" | name="Boards", c.name="Acme" | name="Ropes", c.name=)"
        R"("Acme")")
        << "one row for each match";
}

TEST_P(FetchTest, existence_of_related_rows)
{
    auto const lines = [&](std::string_view type, std::string_view filter) {
        return rows(fmt::format("<fetch><entity name='opportunity'><attribute name='name'/><order "
                                "attribute='name'/><filter>"
                                "<link-entity name='opportunityproduct' from='opportunityid' "
                                "to='opportunityid' link-type='{}'>{}"
                                "</link-entity></filter></entity></fetch>",
            type, filter));
    };
    auto const boards =
        "<filter><condition attribute='name' operator='ends-with' value='board'/></filter>";
    EXPECT_EQ(lines("any", boards), R"(name="Boards")");
    EXPECT_EQ(lines("not any", boards), R"(name="Ropes" | name="Tents")");
    EXPECT_EQ(lines("not all", boards), R"(name="Boards")");
    EXPECT_EQ(lines("all", boards), R"(name="Ropes")")
        << "there are lines, and none of them matches";
    EXPECT_EQ(
        rows("<fetch><entity name='account'><attribute name='name'/>"
             "<link-entity name='opportunity' from='customerid' to='accountid' link-type='exists'>"
             "<filter><condition attribute='name' operator='eq' "
             "value='boards'/></filter></link-entity></entity></fetch>"),
        R"(name="Contoso")");
}

TEST_P(FetchTest, unreadable_linked_rows_do_not_join)
{
    auto const xml =
        "<fetch><entity name='opportunity'><attribute name='name'/><order attribute='name'/>"
        "<link-entity name='contact' from='contactid' to='customerid' alias='c' "
        "link-type='outer'><attribute name='fullname'/></link-entity>"
        "</entity></fetch>";
    EXPECT_EQ(rows(xml), R"(name="Boards" | name="Ropes", c.fullname="Dora Bo" | name="Tents")");
    auto caller = reader("anna", Depth::organization);
    auto rights = std::make_shared<Rights>();
    rights->user = id("anna");
    rights->unit = id("root");
    rights->grant(table("opportunity"), Privilege::read, Depth::organization);
    rights->grant(table("contact"), Privilege::read, Depth::user);
    caller.rights = rights;
    EXPECT_EQ(rows(xml, caller), R"(name="Boards" | name="Ropes" | name="Tents")");
}

TEST_P(FetchTest, pages_with_and_without_cookie)
{
    auto const page = [&](int number, std::string_view cookie) {
        return rows(fmt::format(
            "<fetch count='2' page='{}' returntotalrecordcount='true' {}><entity name='account'>"
            "<attribute name='name'/><order attribute='name'/></entity></fetch>",
            number, cookie));
    };
    EXPECT_EQ(page(1, ""), R"(name="Åland Oil" | name="Contoso")");
    EXPECT_EQ(m_page.count, 4);
    ASSERT_FALSE(m_page.next.empty());
    // As clients do it: take the inner attribute, decode twice, escape, send it back.
    auto const annotation = fetchxml::paging_cookie(1, m_page.next);
    auto const from = annotation.find("pagingcookie=\"") + 14;
    auto const inner = text::percent_decode(
        *text::percent_decode(annotation.substr(from, annotation.find('"', from) - from)));
    EXPECT_TRUE(inner->starts_with("<cookie page=\"1\">")) << *inner;
    EXPECT_TRUE(inner->ends_with("</cookie>")) << *inner;
    EXPECT_EQ(page(2, "paging-cookie='" + text::escape_html(*inner) + "'"),
        R"(name="Fabrikam" | name="Zeta_1")");
    EXPECT_TRUE(m_page.next.empty());
    EXPECT_EQ(page(2, ""), R"(name="Fabrikam" | name="Zeta_1")");
    EXPECT_EQ(page(2, "paging-cookie=''"), R"(name="Fabrikam" | name="Zeta_1")");
    EXPECT_TRUE(page(2, "paging-cookie='nonsense'").starts_with("QueryBuilderInvalidPagingCookie"));
    EXPECT_TRUE(page(30'000, "").starts_with("OverRetrievalUpperLimitWithoutPagingCookie"));
}

TEST_P(FetchTest, pages_of_multiplied_rows_lose_none)
{
    std::string all;
    for (auto number = 1; number <= 4; ++number) {
        all += rows(fmt::format(
                   "<fetch count='1' page='{}'><entity name='opportunity'><attribute name='name'/>"
                   "<link-entity name='opportunityproduct' from='opportunityid' to='opportunityid' "
                   "alias='p'><attribute name='name'/>"
                   "<order attribute='name'/></link-entity></entity></fetch>",
                   number))
            + ";";
    }
    EXPECT_EQ(all,
        R"(name="Boards", p.name="Long board";name="Ropes", p.name="Rope";name="Boards", p.name)"
        R"(="Short board";;)");
}

TEST_P(FetchTest, aggregates)
{
    EXPECT_EQ(rows("<fetch aggregate='true'><entity name='account'>"
                   "<attribute name='statecode' alias='s' groupby='true'/><attribute "
                   "name='accountid' alias='n' aggregate='count'/>"
                   "<attribute name='revenue' alias='r' aggregate='countcolumn'/><order alias='n' "
                   "descending='true'/></entity></fetch>"),
        R"([{"s":0,"n":3,"r":2},{"s":1,"n":1,"r":1}])");
    EXPECT_EQ(rows("<fetch aggregate='true'><entity name='opportunity'><attribute "
                   "name='estimatedvalue' alias='total' aggregate='sum'/>"
                   "<link-entity name='account' from='accountid' to='customerid' "
                   "alias='a'><attribute name='name' alias='who' groupby='true'/>"
                   "</link-entity></entity></fetch>"),
        R"([{"who":"Contoso","total":48000.0000},{"who":"Fabrikam"}])");
}

TEST(FetchXml, mistakes_carry_the_names_of_the_real_service)
{
    EXPECT_EQ(code_of_fetch("<fetch>"), "InvalidFetchXml");
    EXPECT_EQ(code_of_fetch("<entity name='account'/>"), "QueryBuilderDeserializeInvalidNode");
    EXPECT_EQ(code_of_fetch("<fetch/>"), "QueryBuilderElementNotFound");
    EXPECT_EQ(code_of_fetch("<fetch><entity name='nix'/></fetch>"), "QueryBuilderNoEntity");
    EXPECT_EQ(code_of_fetch("<fetch><entity name='secretkey'/></fetch>"), "QueryBuilderNoEntity");
    EXPECT_EQ(
        code_of_fetch("<fetch><entity name='account'><attribute name='nix'/></entity></fetch>"),
        "QueryBuilderNoAttribute");
    EXPECT_EQ(code_of_fetch("<fetch><entity name='account'><filter type='xor'/></entity></fetch>"),
        "QueryBuilderInvalidFilterType");
    EXPECT_EQ(code_of_fetch("<fetch><entity name='account'><filter><condition attribute='name' "
                            "operator='resembles' value='x'/></filter></entity></fetch>"),
        "QueryBuilderInvalidConditionOperator");
    EXPECT_EQ(code_of_fetch("<fetch><entity name='account'><filter><condition attribute='revenue' "
                            "operator='eq' value='x'/></filter></entity></fetch>"),
        "QueryBuilderInvalid_Value");
    EXPECT_EQ(
        code_of_fetch("<fetch><entity name='account'><link-entity name='contact' from='contactid' "
                      "to='primarycontactid' link-type='sideways'/></entity></fetch>"),
        "QueryBuilderDeserializeInvalidLinkType");
    EXPECT_EQ(code_of_fetch("<fetch top='5' count='5'><entity name='account'/></fetch>"),
        "QueryBuilderSerialzeLinkTopCriteria");
    EXPECT_EQ(code_of_fetch("<fetch aggregate='true'><entity name='account'><attribute "
                            "name='revenue' aggregate='sum'/></entity></fetch>"),
        "QueryBuilderNoAlias");
    EXPECT_EQ(code_of_fetch("<fetch><entity name='account'><filter><condition entityname='q' "
                            "attribute='name' operator='null'/></filter></entity></fetch>"),
        "QueryBuilderAlias_Does_Not_Exist");
}

}

}
