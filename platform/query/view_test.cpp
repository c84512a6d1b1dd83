#include "platform/query/view.h"

#include "platform/query/json/json_rows.h"
#include "platform/query/query_testing.h"

namespace cashline::query_testing {

namespace {

class ViewTest : public QueryTest {
protected:
    std::string seen(std::string_view filter, Caller const& caller)
    {
        json::Value view { json::Object { { "view", "accounts" }, { "table", "account" },
            { "columns", json::Array { json::Object { { "name", "name" }, { "width", 200 } } } },
            { "filter", filter }, { "sort", "name" } } };
        auto const query = view_query(*schema(), view, caller, Date::of(2026, 3, 18));
        return query ? names(caller, *query) : query.error().code;
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, ViewTest, both_databases(), database_name);

TEST_P(ViewTest, markers_stand_for_the_caller)
{
    auto const anna = reader("anna", Depth::organization);
    auto const bert = reader("bert", Depth::organization);
    EXPECT_EQ(seen("", anna), "Åland Oil, Contoso, Fabrikam, Zeta_1");
    EXPECT_EQ(seen("ownerid eq @me", anna), "Contoso, Zeta_1");
    EXPECT_EQ(seen("_ownerid_value eq @me and statecode eq 0", bert), "Fabrikam");
    EXPECT_EQ(seen("ownerid eq @my_teams", bert), "Åland Oil");
    EXPECT_EQ(seen("ownerid in @my_teams", bert), "Åland Oil");
    EXPECT_EQ(seen("ownerid eq @my_teams", anna), "") << "she has no team";
    EXPECT_EQ(seen("owningbusinessunit eq @my_unit", bert), "Åland Oil, Fabrikam");
    EXPECT_EQ(seen("createdon lt @today", anna), "Contoso, Zeta_1");
    EXPECT_EQ(seen("nix eq 1", anna), "UnknownProperty");
}

TEST_P(ViewTest, columns_of_other_rows_come_under_their_path)
{
    json::Value view { json::Object { { "view", "accounts" }, { "table", "account" },
        { "columns", json::Array { "name", "primarycontactid.fullname" } },
        { "filter", "name eq 'contoso'" } } };
    auto const query = view_query(*schema(), view, everybody(), {});
    ASSERT_TRUE(query.has_value()) << query.error().text;
    std::string out;
    json::Writer writer { out };
    JsonOptions const options {};
    ASSERT_TRUE(write_json_rows(context(), everybody(), { *query, options }, writer).has_value());
    EXPECT_TRUE(out.contains(R"("primarycontactid.fullname":"Carla Ärm")")) << out;
    EXPECT_TRUE(out.contains(R"("name":"Contoso")")) << out;
}

TEST(View, shipped_views_are_queries)
{
    auto const shipped = Schema::load(shipped_definitions());
    ASSERT_TRUE(shipped.has_value()) << shipped.error().text;
    for (auto const& view : (*shipped)->definitions("view")) {
        auto const query = view_query(**shipped, view, everybody(), Date::of(2026, 3, 18));
        EXPECT_TRUE(query.has_value())
            << view.text("view") << ": " << (query ? "" : query.error().text);
        EXPECT_EQ(find_view(**shipped, view_id(view)), &view);
    }
}

}

}
