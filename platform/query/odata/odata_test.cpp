#include "platform/query/odata/options.h"
#include "platform/query/query_testing.h"

#include <random>

namespace cashline::query_testing {

namespace {

Table const& named(std::string_view name) { return *schema()->find(name); }

std::string filter_text(
    std::string_view text, odata::Aliases const& aliases = {}, std::string_view on = "account")
{
    auto filter = odata::parse_filter(*schema(), named(on), text, aliases);
    if (!filter) {
        return filter.error().code + ": " + filter.error().text;
    }
    auto query = Query::from(table(on));
    query.filter = std::move(*filter);
    auto result = to_text(*schema(), query);
    auto const where = result.find(" where ");
    return where == std::string::npos ? "" : result.substr(where + 7);
}

std::string query_text(std::string_view raw, std::string_view on = "account")
{
    auto options = odata::split_query_string(raw);
    if (!options) {
        return options.error().code;
    }
    auto parsed = odata::parse_options(*schema(), named(on), *options);
    return parsed ? to_text(*schema(), parsed->query) : parsed.error().code;
}

TEST(ODataFilter, comparisons_and_logic)
{
    EXPECT_EQ(filter_text("name eq 'O''Neil'"), "name eq 'O'Neil'");
    EXPECT_EQ(filter_text("revenue gt 5 and (name eq 'a' or not statecode ne 0)"),
        "(revenue gt 5 and (name eq 'a' or not (statecode ne 0)))");
    EXPECT_EQ(filter_text("name eq 'a' or name eq 'b' and name eq 'c'"),
        "(name eq 'a' or (name eq 'b' and name eq 'c'))");
    EXPECT_EQ(filter_text("not (name eq 'a' and revenue lt 1.5)"),
        "not ((name eq 'a' and revenue lt 1.5))");
    EXPECT_EQ(filter_text("5 lt revenue"), "revenue gt 5");
    EXPECT_EQ(filter_text("name eq null"), "name null");
    EXPECT_EQ(filter_text("name ne null"), "name not-null");
    EXPECT_EQ(filter_text("creditonhold eq true"), "creditonhold eq true");
    EXPECT_EQ(
        filter_text("creditonhold and name eq 'a'"), "(creditonhold eq true and name eq 'a')");
    EXPECT_EQ(filter_text("createdon gt modifiedon"), "createdon gt modifiedon");
    EXPECT_EQ(
        filter_text("createdon ge 2026-01-01T00:00:00Z"), "createdon ge 2026-01-01T00:00:00Z");
    EXPECT_EQ(filter_text("createdon ge 2026-01-01"), "createdon ge 2026-01-01");
    EXPECT_EQ(filter_text("industrycode in (1,2)"), "industrycode in (1, 2)");
    EXPECT_EQ(filter_text("sports eq '9, 1'"), "sports eq '1,9'");
    EXPECT_EQ(filter_text("revenue eq '200'"), "revenue eq 200") << "a number in quotes";
}

TEST(ODataFilter, text_functions)
{
    EXPECT_EQ(filter_text("contains(name,'a,b)')"), "name contains 'a,b)'");
    EXPECT_EQ(filter_text("not contains(name,'a')"), "not (name contains 'a')");
    EXPECT_EQ(filter_text("startswith(tolower(name),'x') eq false"), "not (name begins-with 'x')");
    EXPECT_EQ(filter_text("endswith(primarycontactid/fullname,'x')"),
        "primarycontactid/fullname ends-with 'x'");
    EXPECT_EQ(filter_text("contains(revenue,'1')"),
        "InvalidQueryOption: The function 'contains' needs a text property, 'revenue' is none.");
}

TEST(ODataFilter, lookups_and_paths)
{
    auto const id_text = id("contoso").to_string();
    EXPECT_EQ(filter_text("_parentaccountid_value eq " + id_text), "parentaccountid eq " + id_text);
    EXPECT_EQ(filter_text("_parentaccountid_value eq '" + id_text + "'"),
        "parentaccountid eq " + id_text);
    EXPECT_EQ(
        filter_text("parentaccountid/accountid eq " + id_text), "parentaccountid eq " + id_text);
    EXPECT_EQ(filter_text("parentaccountid/parentaccountid/name eq 'x'"),
        "parentaccountid/parentaccountid/name eq 'x'");
    EXPECT_EQ(filter_text("customerid_account/accountid eq " + id_text, {}, "opportunity"),
        "customerid eq account(" + id_text + ")");
    EXPECT_EQ(filter_text("customerid_contact/fullname eq 'x'", {}, "opportunity"),
        "customerid(contact)/fullname eq 'x'");
    EXPECT_EQ(filter_text("ownerid/fullname eq 'x'"), "ownerid(systemuser)/fullname eq 'x'");
    EXPECT_EQ(filter_text("ownerid/name eq 'x'"), "ownerid(team)/name eq 'x'");
    EXPECT_EQ(filter_text("parentaccountid eq null"), "parentaccountid null");
    EXPECT_EQ(filter_text("regardingobjectid_account_task/name eq 'x'", {}, "task"),
        "regardingobjectid(account)/name eq 'x'");
}

TEST(ODataFilter, lambdas)
{
    EXPECT_EQ(filter_text("contact_customer_accounts/any()"), "exists contact_customer_accounts");
    EXPECT_EQ(
        filter_text(
            "contact_customer_accounts/any(c:c/fullname eq 'x' and c/ownerid/fullname eq 'y')"),
        "exists contact_customer_accounts with (fullname eq 'x' and ownerid(systemuser)/fullname "
        "eq 'y')");
    EXPECT_EQ(filter_text("product_opportunities/all(p:p/name eq 'x')", {}, "opportunity"),
        "not (exists product_opportunities with not (name eq 'x'))");
    EXPECT_EQ(
        filter_text(
            "opportunity_customer_accounts/any(o:o/product_opportunities/any(p:p/name eq 'x'))"),
        "exists opportunity_customer_accounts with exists product_opportunities with name eq 'x'");
    EXPECT_EQ(
        filter_text("opportunitycompetitors_association/any(c:c/name eq 'x')", {}, "opportunity"),
        "exists opportunitycompetitors_association with name eq 'x'");
    EXPECT_EQ(filter_text("parentaccountid/contact_customer_accounts/any()"),
        "exists parentaccountid/contact_customer_accounts");
    EXPECT_TRUE(filter_text("contact_customer_accounts/any(c:name eq 'x')")
            .starts_with("InvalidQueryOption"));
    EXPECT_TRUE(filter_text("contact_customer_accounts/all()").starts_with("InvalidQueryOption"));
}

TEST(ODataFilter, query_functions)
{
    EXPECT_EQ(filter_text("Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')"),
        "ownerid eq-userid");
    EXPECT_EQ(
        filter_text("Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=3)"),
        "createdon last-x-days 3");
    EXPECT_EQ(filter_text("Microsoft.Dynamics.CRM.LastXDays(PropertyName=@p1,PropertyValue=@p2)",
                  { { "@p1", "'createdon'" }, { "@p2", "'3'" } }),
        "createdon last-x-days 3");
    EXPECT_EQ(
        filter_text(R"(Microsoft.Dynamics.CRM.Between(PropertyName='revenue',PropertyValues=["5",)"
                    R"("2000"]))"),
        "revenue between (5, 2000)");
    EXPECT_EQ(
        filter_text(
            "Microsoft.Dynamics.CRM.ContainValues(PropertyName='sports',PropertyValues=['2'])"),
        "sports contain-values '2'");
    EXPECT_EQ(filter_text("Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=@v)",
                  { { "@v", R"(["a","b"])" } }),
        "name in ('a', 'b')");
    EXPECT_EQ(
        filter_text("primarycontactid/Microsoft.Dynamics.CRM.Today(PropertyName='createdon')"),
        "primarycontactid/createdon today");
    EXPECT_EQ(filter_text("contact_customer_accounts/any(c:c/"
                          "Microsoft.Dynamics.CRM.Today(PropertyName='createdon'))"),
        "exists contact_customer_accounts with createdon today");
    EXPECT_TRUE(filter_text("not Microsoft.Dynamics.CRM.Today(PropertyName='createdon')")
            .starts_with("InvalidQueryOption"));
    EXPECT_TRUE(filter_text("Microsoft.Dynamics.CRM.Nonsense(PropertyName='createdon')")
            .starts_with("InvalidQueryOption"));
    EXPECT_TRUE(filter_text("Microsoft.Dynamics.CRM.Today(PropertyName='nix')")
            .starts_with("UnknownProperty"));
}

TEST(ODataFilter, aliases_stand_for_literals)
{
    EXPECT_EQ(filter_text("name eq @n", { { "@n", "'x'" } }), "name eq 'x'");
    EXPECT_EQ(filter_text("name eq @n"), "name null") << "not assigned counts as null";
    EXPECT_TRUE(
        filter_text("name eq @n", { { "@n", "name or" } }).starts_with("InvalidQueryOption"));
}

TEST(ODataFilter, mistakes_are_refused)
{
    EXPECT_EQ(filter_text("nix eq 1"),
        "UnknownProperty: Could not find a property named 'nix' on type "
        "'Microsoft.Dynamics.CRM.account'.");
    for (auto const* text : { "", "name", "name eq", "name eq 'x", "(name eq 'x'", "name eq 'x')",
             "name eq 'x' and", "name like 'x'", "eq 'x'", "name eq 'x' 'y'", "not",
             "revenue gt 'abc'", "statecode eq 1.5x", "creditonhold eq 'maybe'",
             "createdon gt 2026-13-01", "accountid eq 12", "name eq 'x' && name eq 'y'",
             "contains(name)", "contact_customer_accounts/some(c:c/fullname eq 'x')", "true" }) {
        auto const result = filter_text(text);
        EXPECT_TRUE(result.starts_with("InvalidQueryOption")
            || result.starts_with("InvalidDateTime") || result.starts_with("UnknownProperty"))
            << text << " → " << result;
    }
    std::string deep(500, '(');
    EXPECT_TRUE(filter_text(deep + "name eq 'x'" + std::string(500, ')'))
            .starts_with("InvalidQueryOption"));
}

TEST(ODataOptions, a_query_string_becomes_a_query)
{
    EXPECT_EQ(query_text("$select=name,_ownerid_value&$filter=name%20eq%20%27a%2Bb+c%27&$orderby="
                         "revenue%20desc,name&$top=5&$count=true"),
        "from account select name, ownerid where name eq 'a+b c' order by revenue desc, name top 5 "
        "with count");
    EXPECT_EQ(query_text("$filter=name eq @p1&@p1='x'"), "from account where name eq 'x'");
    EXPECT_EQ(query_text("$orderby=primarycontactid/fullname desc"),
        "from account order by primarycontactid/fullname desc");
    EXPECT_EQ(query_text("$skiptoken=abc/"), "from account after abc");
    EXPECT_EQ(query_text("$top=100000"), "from account top 5000");
    EXPECT_EQ(query_text("$select=*"), "from account");
    EXPECT_EQ(query_text("$select=primarycontactid"), "from account select accountid")
        << "navigation properties bring no columns";
    EXPECT_EQ(query_text(""), "from account");
}

TEST(ODataOptions, what_is_not_offered_is_refused)
{
    for (auto const* raw :
        { "$skip=5", "$search=x", "$format=json", "$compute=1", "$Select=name", "$top=0", "$top=x",
            "$count=1", "nonsense=1", "$select=name&$select=revenue", "savedQuery=5",
            "$orderby=name up", "%zz=1", "$filter=%ff", "$filter=name eq '%00'" }) {
        EXPECT_EQ(query_text(raw), "InvalidQueryOption") << raw;
    }
    EXPECT_EQ(query_text("$select=nix"), "UnknownProperty");
    EXPECT_EQ(query_text("$select=ownerid_x"), "UnknownProperty");
    EXPECT_EQ(query_text("$orderby=nix"), "UnknownProperty");
    EXPECT_EQ(query_text("$orderby=name,name desc"), "DuplicateOrderBy");
}

TEST(ODataOptions, expands)
{
    EXPECT_EQ(
        query_text("$expand=primarycontactid($select=fullname;$expand=ownerid($select=fullname)),"
                   "account_parent_account($filter=contains(name,'a;b');$orderby=name;$top=3)"),
        "from account expand primarycontactid (from contact select fullname expand ownerid (from "
        "systemuser select fullname)), "
        "account_parent_account (from account where name contains 'a;b' order by name top 3)");
    EXPECT_EQ(query_text("$expand=primarycontactid/$ref"),
        "from account expand primarycontactid/$ref (from contact)");
    EXPECT_EQ(query_text("$expand=account_parent_account/$ref"), "InvalidQueryOption");
    EXPECT_EQ(
        query_text("$expand=primarycontactid($filter=fullname eq 'x')"), "InvalidQueryOption");
    EXPECT_EQ(query_text("$expand=primarycontactid($levels=2)"), "InvalidQueryOption");
    EXPECT_EQ(query_text("$expand=primarycontactid($select=fullname"), "InvalidQueryOption");
    EXPECT_EQ(query_text("$expand=nix"), "UnknownProperty");
    std::string many = "$expand=primarycontactid";
    for (auto count = 0; count < 15; ++count) {
        many += ",primarycontactid";
    }
    EXPECT_EQ(query_text(many), "TooManyLinkEntitiesInQuery");
}

TEST(ODataOptions, apply)
{
    auto const parse = [](std::string_view text) {
        return odata::parse_apply(*schema(), named("account"), text);
    };
    auto const grouped =
        parse("filter(statecode eq 0)/groupby((statuscode,_ownerid_value),aggregate($count as "
              "n,revenue with sum as total))");
    ASSERT_TRUE(grouped.has_value()) << grouped.error().text;
    ASSERT_EQ(grouped->groups.size(), 2u);
    EXPECT_EQ(grouped->groups[1].alias, "_ownerid_value");
    ASSERT_EQ(grouped->figures.size(), 2u);
    EXPECT_EQ(grouped->figures[0].method, AggregateMethod::count);
    EXPECT_EQ(grouped->figures[1].alias, "total");
    EXPECT_FALSE(grouped->filter.is_true());
    EXPECT_EQ(parse("groupby((primarycontactid/fullname))")->groups[0].alias, "contact_fullname");
    for (auto const* text : { "", "filter(statecode eq 0)", "aggregate(revenue with total as x)",
             "aggregate($count)", "groupby(statuscode)",
             "groupby((statuscode))/aggregate($count as n)", "topcount(2,revenue)" }) {
        EXPECT_FALSE(parse(text).has_value()) << text;
    }
}

// Whatever arrives is answered: by a query or by a refusal, never by a crash or an endless loop.
TEST(ODataOptions, any_text_is_answered)
{
    constexpr std::string_view pieces[] = { "name", "revenue", "_ownerid_value", "primarycontactid",
        "contact_customer_accounts", "eq", "and", "or", "not", "(", ")", "'", "'x'", ",", "/", ":",
        ";", "=", "any", "all", "null", "1", "-", "1.5e3", "2026-01-01", "$select", "$expand",
        "$filter", "@p", "[", "]", "\"", "Microsoft.Dynamics.CRM.In", "PropertyName", " ", "%",
        "\xc3\xa4", "contains", "c", "asc", "desc", "$ref", "*", "aggregate", "groupby", "with",
        "as", "sum" };
    std::mt19937 random { 20260318 };
    for (auto round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto count = random() % 14; count > 0; --count) {
            text += pieces[random() % std::size(pieces)];
            text += random() % 2 ? " " : "";
        }
        auto const& on = named("account");
        auto const filter = odata::parse_filter(*schema(), on, text);
        EXPECT_TRUE(filter.has_value() || !filter.error().code.empty()) << text;
        auto const expands = odata::parse_expand(*schema(), on, text);
        EXPECT_TRUE(expands.has_value() || !expands.error().code.empty()) << text;
        auto const orders = odata::parse_order_by(*schema(), on, text);
        EXPECT_TRUE(orders.has_value() || !orders.error().code.empty()) << text;
        auto const apply = odata::parse_apply(*schema(), on, text);
        EXPECT_TRUE(apply.has_value() || !apply.error().code.empty()) << text;
    }
}

}

}
