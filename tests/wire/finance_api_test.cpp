// The root /data/ as clients of Finance & Operations use it (docs/contracts/finance-api.md).
#include "tests/wire/wire_testing.h"

namespace cashline {

namespace {

class FinanceApi : public WireTest {
protected:
    http::Response data(
        std::string const& path, std::string const& method = "GET", std::string const& body = {})
    {
        return ask({ .method = method, .path = path, .body = body, .root = "/data/" });
    }
    std::string group(std::string const& id, std::string const& company = {})
    {
        return R"({"CustomerGroupId":")" + id + R"(","Description":"Group )" + id
            + R"(","PaymentTermId":"N30","TaxGroupId":"DOM","IsSalesTaxIncludedInPrice":"Yes")"
            + (company.empty() ? "" : R"(,"dataAreaId":")" + company + "\"") + "}";
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, FinanceApi, both_databases(), database_name);

TEST_P(FinanceApi, the_service_document_names_finance_sets_only)
{
    auto const answer = data("");
    ASSERT_EQ(answer.status, 200) << answer.content();
    EXPECT_TRUE(answer.content().contains(R"("CustomersV3")"));
    EXPECT_FALSE(answer.content().contains(R"("leads")"));
}

TEST_P(FinanceApi, a_row_is_made_read_changed_and_deleted_by_public_names)
{
    auto const made = data("CustomerGroups", "POST", group("70"));
    ASSERT_EQ(made.status, 201) << made.content();
    auto const row = json_of(made);
    EXPECT_EQ(row.text("dataAreaId"), "awie") << made.content();
    EXPECT_EQ(row.text("CustomerGroupId"), "70");
    EXPECT_EQ(row.text("IsSalesTaxIncludedInPrice"), "Yes");
    EXPECT_FALSE(row.find("createdon"));

    std::string const key = "CustomerGroups(dataAreaId='awie',CustomerGroupId='70')";
    auto const changed = data(key, "PATCH", R"({"IsSalesTaxIncludedInPrice":"No"})");
    EXPECT_EQ(changed.status, 204) << changed.content();
    auto const read = data(key + "?$select=IsSalesTaxIncludedInPrice");
    ASSERT_EQ(read.status, 200) << read.content();
    EXPECT_EQ(json_of(read).text("IsSalesTaxIncludedInPrice"), "No");
    EXPECT_FALSE(json_of(read).find("Description"));
    EXPECT_TRUE(json_of(read).text("@odata.context").contains("/data/$metadata#CustomerGroups("));

    EXPECT_EQ(data(key, "DELETE").status, 204);
    EXPECT_EQ(data(key).status, 404);
}

TEST_P(FinanceApi, a_key_without_the_company_means_the_callers)
{
    ASSERT_EQ(data("CustomerGroups", "POST", group("71")).status, 201);
    EXPECT_EQ(data("CustomerGroups(CustomerGroupId='71')").status, 200);
    EXPECT_EQ(data("CustomerGroups(dataAreaId='awus',CustomerGroupId='71')").status, 404);
}

TEST_P(FinanceApi, rows_are_the_companys_own_unless_all_are_asked_for)
{
    ASSERT_EQ(data("CustomerGroups", "POST", group("72")).status, 201);
    ASSERT_EQ(data("CustomerGroups", "POST", group("72", "awus")).status, 201);
    auto const filter = std::string("CustomerGroups?$filter=CustomerGroupId%20eq%20'72'");
    EXPECT_EQ(json_of(data(filter)).array("value").size(), 1U);
    EXPECT_EQ(json_of(data(filter + "&cross-company=true")).array("value").size(), 2U);
    auto const american =
        json_of(data(filter + "%20and%20dataAreaId%20eq%20'awus'&cross-company=true"));
    ASSERT_EQ(american.array("value").size(), 1U);
    EXPECT_EQ(american.array("value")[0].text("dataAreaId"), "awus");
}

TEST_P(FinanceApi, pages_follow_each_other_within_the_company)
{
    for (auto const* id : { "81", "82", "83" }) {
        ASSERT_EQ(data("CustomerGroups", "POST", group(id)).status, 201);
    }
    auto const first = json_of(ask({ .path = "CustomerGroups?$orderby=CustomerGroupId%20desc&$"
                                             "filter=CustomerGroupId%20lt%20'84'",
        .headers = { { "Prefer", "odata.maxpagesize=2" } },
        .root = "/data/" }));
    ASSERT_EQ(first.array("value").size(), 2U);
    EXPECT_EQ(first.array("value")[0].text("CustomerGroupId"), "83");
    auto const next = std::string(first.text("@odata.nextLink"));
    auto const at = next.find("/data/");
    ASSERT_NE(at, std::string::npos) << next;
    auto const second = json_of(ask({ .path = next.substr(at + 6),
        .headers = { { "Prefer", "odata.maxpagesize=2" } },
        .root = "/data/" }));
    ASSERT_FALSE(second.array("value").empty());
    EXPECT_EQ(second.array("value")[0].text("CustomerGroupId"), "81");
}

TEST_P(FinanceApi, enumerations_are_named_and_stars_mean_contains)
{
    auto const terms = json_of(data("PaymentTerms?$filter=PaymentMethodType%20eq%20"
                                    "Microsoft.Dynamics.DataEntities.NetCurrent'Net'&$top=1"));
    ASSERT_EQ(terms.array("value").size(), 1U);
    EXPECT_EQ(terms.array("value")[0].text("PaymentMethodType"), "Net");

    ASSERT_EQ(data("CustomerGroups", "POST", group("90")).status, 201);
    auto const found = json_of(data("CustomerGroups?$filter=Description%20eq%20'*oup 9*'"));
    EXPECT_EQ(found.array("value").size(), 1U);

    auto const unknown = data("PaymentTerms?$filter=PaymentMethodType%20eq%20X.Y'Later'");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_TRUE(unknown.content().contains("Net, EndOfMonth")) << unknown.content();
}

TEST_P(FinanceApi, what_is_not_finances_is_not_there)
{
    EXPECT_EQ(data("leads").status, 404);
    EXPECT_EQ(data("Nothings").status, 404);
    EXPECT_EQ(data("CustomerGroups?$filter=Colour%20eq%20'red'").status, 400);
    EXPECT_EQ(data("CustomerGroups", "POST", R"({"Colour":"red"})").status, 400);
    EXPECT_EQ(ask({ .path = "Vouchers", .user = "daisy", .root = "/data/" }).status, 403);
}

}

}
