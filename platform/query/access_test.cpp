// A row that the caller may not read does not exist for him: not in lists, counts, conditions,
// orders or expands.
#include "platform/query/query_testing.h"

namespace cashline::query_testing {

namespace {

Query from(std::string_view name, Filter filter = {})
{
    auto const* found = schema()->find(name);
    auto query = Query::from(found->id).where(std::move(filter));
    query.columns = { found->name_or_id_column().index };
    query.orders = { Order { .column = found->name_or_id_column().index } };
    return query;
}

class AccessTest : public QueryTest {
protected:
    // The same answer with and without branches: a limit makes them, no limit one condition.
    std::string seen(Caller const& caller, Query query)
    {
        auto const plain = names(caller, query);
        query.limit = 100;
        auto const limited = names(caller, query);
        EXPECT_EQ(plain, limited);
        EXPECT_EQ(paged_names(caller, query, 1), plain);
        return plain;
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, AccessTest, both_databases(), database_name);

TEST_P(AccessTest, depth_decides_which_rows_are_seen)
{
    auto const accounts = from("account");
    EXPECT_EQ(seen(reader("anna", Depth::organization), accounts),
        "Åland Oil, Contoso, Fabrikam, Zeta_1");
    EXPECT_EQ(
        seen(reader("anna", Depth::subtree), accounts), "Åland Oil, Contoso, Fabrikam, Zeta_1");
    EXPECT_EQ(seen(reader("anna", Depth::unit), accounts), "Contoso, Zeta_1");
    EXPECT_EQ(seen(reader("anna", Depth::user), accounts), "Contoso, Zeta_1");
    EXPECT_EQ(seen(reader("bert", Depth::user), accounts), "Åland Oil, Fabrikam")
        << "his own and his team's";
    EXPECT_EQ(seen(reader("bert", Depth::subtree), accounts), "Åland Oil, Fabrikam");
}

TEST_P(AccessTest, a_share_for_reading_shows_the_row)
{
    EXPECT_EQ(seen(reader("anna", Depth::user), from("opportunity")), "Boards, Tents")
        << "Ropes is shared for writing only";
    EXPECT_EQ(count(reader("anna", Depth::user), from("opportunity")), "2");
}

TEST_P(AccessTest, without_the_privilege_nothing_can_be_asked)
{
    EXPECT_TRUE(names(stranger(), from("account")).starts_with("PrivilegeDenied"));
    EXPECT_TRUE(count(stranger(), from("account")).starts_with("PrivilegeDenied"));
    auto caller = reader("anna", Depth::user);
    auto rights = std::make_shared<Rights>();
    rights->user = id("anna");
    rights->grant(table("account"), Privilege::read, Depth::organization);
    caller.rights = rights;
    auto const by_contact =
        condition(path("account", "primarycontactid/fullname"), Operator::is_not_null);
    EXPECT_TRUE(names(caller, from("account", by_contact)).starts_with("PrivilegeDenied"));
}

TEST_P(AccessTest, hidden_tables_are_the_systems)
{
    EXPECT_TRUE(names(everybody(), from("secretkey")).starts_with("PrivilegeDenied"));
    auto rights = std::make_shared<Rights>();
    rights->is_system = true;
    Caller system;
    system.rights = rights;
    EXPECT_EQ(names(system, from("secretkey")), "key");
}

TEST_P(AccessTest, children_without_owner_follow_their_parent)
{
    EXPECT_EQ(seen(reader("bert", Depth::user), from("opportunityproduct")), "Rope");
    EXPECT_EQ(seen(reader("anna", Depth::organization), from("opportunityproduct")),
        "Long board, Rope, Short board");
    EXPECT_TRUE(names(stranger(), from("opportunityproduct")).starts_with("PrivilegeDenied"));
    EXPECT_EQ(count(reader("anna", Depth::user), from("opportunitycompetitors")), "2");
}

TEST_P(AccessTest, activities_are_granted_as_a_whole)
{
    auto caller = reader("anna", Depth::user);
    auto rights = std::make_shared<Rights>();
    rights->user = id("anna");
    rights->grant(table("activitypointer"), Privilege::read, Depth::user);
    caller.rights = rights;
    EXPECT_EQ(seen(caller, from("task")), "Call back");
}

TEST_P(AccessTest, an_unreadable_row_cannot_be_filtered_by)
{
    // Fabrikam's contact is Bert's; Anna reads accounts everywhere but only her own contacts.
    auto caller = reader("anna", Depth::organization);
    auto rights = std::make_shared<Rights>(*caller.rights);
    auto own = std::make_shared<Rights>();
    own->user = rights->user;
    own->unit = rights->unit;
    for (auto const* name : { "account", "opportunity" }) {
        own->grant(table(name), Privilege::read, Depth::organization);
    }
    own->grant(table("contact"), Privilege::read, Depth::user);
    own->grant(table("opportunityproduct"), Privilege::read, Depth::user);
    caller.rights = own;
    auto const by_name = [&](Operator op, std::vector<Value> values) {
        return names(caller,
            from("account",
                condition(path("account", "primarycontactid/fullname"), op, std::move(values))));
    };
    EXPECT_EQ(by_name(Operator::begins_with, { Value("d") }), "");
    EXPECT_EQ(by_name(Operator::is_not_null, {}), "Contoso");
    EXPECT_EQ(by_name(Operator::not_equal, { Value("Dora Bo") }),
        by_name(Operator::not_equal, { Value("x") }))
        << "the name makes no difference";

    Filter by_customer;
    by_customer.kind = Filter::Kind::related;
    by_customer.related =
        std::make_shared<Related>("contact_customer_accounts", table("contact"), Filter {});
    EXPECT_EQ(names(caller, from("account", by_customer)), "Contoso");

    auto query = from("account");
    query.orders = { Order {
        .column = column("account", "primarycontactid"), .descending = true } };
    EXPECT_TRUE(names(caller, query).starts_with("Contoso")) << "Dora sorts like no contact";
    query.orders = { Order {
        .column = path("account", "primarycontactid/fullname"), .descending = true } };
    EXPECT_TRUE(names(caller, query).starts_with("Contoso"));
    auto customers = from("opportunity");
    customers.orders = { Order { .column = column("opportunity", "customerid") } };
    EXPECT_EQ(names(caller, customers), "Ropes, Boards, Tents")
        << "polymorphic: Dora again has no name";
}

TEST_P(AccessTest, users_see_themselves_whatever_the_depth)
{
    auto caller = reader("bert", Depth::user);
    auto rights = std::make_shared<Rights>();
    rights->user = id("bert");
    rights->unit = id("branch");
    rights->grant(table("systemuser"), Privilege::read, Depth::user);
    caller.rights = rights;
    EXPECT_EQ(seen(caller, from("systemuser")), "Bert Öst");
    rights->unit = id("root");
    rights->grant(table("systemuser"), Privilege::read, Depth::unit);
    EXPECT_EQ(seen(caller, from("systemuser")), "Anna Ek, Bert Öst");
}

}

}
