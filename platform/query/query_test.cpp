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

INSTANTIATE_TEST_SUITE_P(Databases, QueryTest, both_databases(), database_name);

TEST_P(QueryTest, values_come_back_as_they_are_stored)
{
    auto const row = find_row(context(), everybody(), Lookup { table("account"), id("contoso") });
    ASSERT_TRUE(row.has_value()) << row.error().text;
    ASSERT_TRUE(row->has_value());
    auto const value = [&](std::string_view name) {
        return (*row)->value(column("account", name).column);
    };
    EXPECT_EQ((*row)->id(), id("contoso"));
    EXPECT_EQ((*row)->version(), 20);
    EXPECT_EQ(value("name"), Value("Contoso"));
    EXPECT_EQ(value("revenue"), Value(*Amount::parse("1234.5")));
    EXPECT_EQ(value("creditonhold"), Value(true));
    EXPECT_EQ(value("ownerid"), Value(Lookup { table("systemuser"), id("anna") }));
    EXPECT_EQ(value("primarycontactid"), Value(Lookup { table("contact"), id("carla") }));
    EXPECT_EQ(value("createdon"), Value(*Timestamp::parse("2026-03-17T09:00:00Z")));
    EXPECT_TRUE(value("parentaccountid").is_null());
    EXPECT_TRUE((*row)->has(column("account", "parentaccountid").column));
}

TEST_P(QueryTest, money_brings_its_currency)
{
    auto query = Query::from(table("account"));
    query.columns = { column("account", "revenue").column };
    auto const row = find_row(context(), everybody(), query);
    ASSERT_TRUE(row.has_value() && row->has_value());
    EXPECT_TRUE((*row)->has(column("account", "transactioncurrencyid").column));
    EXPECT_FALSE((*row)->has(column("account", "name").column));
}

TEST_P(QueryTest, texts_compare_without_case_and_accents)
{
    auto const by = [&](Operator op, char const* text) {
        return names(from("account", condition(column("account", "name"), op, { Value(text) })));
    };
    EXPECT_EQ(by(Operator::equal, "åland oil"), "Åland Oil");
    EXPECT_EQ(by(Operator::equal, "ALAND OIL"), "Åland Oil");
    EXPECT_EQ(by(Operator::contains, "AND"), "Åland Oil");
    EXPECT_EQ(by(Operator::begins_with, "ÅL"), "Åland Oil");
    EXPECT_EQ(by(Operator::ends_with, "IL"), "Åland Oil");
    EXPECT_EQ(by(Operator::not_contains, "o"), "Fabrikam, Zeta_1");
    EXPECT_EQ(by(Operator::not_begins_with, "c"), "Åland Oil, Fabrikam, Zeta_1");
    EXPECT_EQ(by(Operator::contains, "_"), "Zeta_1") << "an underscore stands for itself";
    EXPECT_EQ(by(Operator::ends_with, "_1"), "Zeta_1");
    EXPECT_EQ(by(Operator::like, "%a%"), "Åland Oil, Fabrikam, Zeta_1");
    EXPECT_EQ(by(Operator::like, "_eta%"), "Zeta_1");
    EXPECT_EQ(by(Operator::like, "con%"), "Contoso");
    EXPECT_EQ(by(Operator::greater, "d"), "Fabrikam, Zeta_1");
}

TEST_P(QueryTest, texts_without_a_folded_shadow_ignore_the_case_of_ascii)
{
    auto const by = [&](Operator op, char const* text) {
        return names(
            from("contact", condition(column("contact", "emailaddress1"), op, { Value(text) })));
    };
    EXPECT_EQ(by(Operator::equal, "carla@x.EXAMPLE"), "Carla Ärm");
    EXPECT_EQ(by(Operator::contains, "@X"), "Carla Ärm");
    EXPECT_EQ(
        names(from("account",
            condition(column("account", "description"), Operator::contains, { Value("100%") }))),
        "Contoso");
}

TEST_P(QueryTest, negative_operators_keep_nulls)
{
    auto const by = [&](char const* name, Operator op, std::vector<Value> values) {
        return names(from("account", condition(column("account", name), op, std::move(values))));
    };
    EXPECT_EQ(
        by("description", Operator::not_equal, { Value("SMALL") }), "Contoso, Fabrikam, Zeta_1");
    EXPECT_EQ(
        by("description", Operator::not_contains, { Value("i") }), "Åland Oil, Fabrikam, Zeta_1");
    EXPECT_EQ(by("industrycode", Operator::not_in, { Value(1), Value(2) }), "Åland Oil, Zeta_1");
    EXPECT_EQ(by("industrycode", Operator::in, { Value(1), Value(2) }), "Contoso, Fabrikam");
    EXPECT_EQ(by("industrycode", Operator::in, {}), "");
    EXPECT_EQ(
        by("industrycode", Operator::not_between, { Value(1), Value(2) }), "Åland Oil, Zeta_1");
    EXPECT_EQ(by("parentaccountid", Operator::not_equal, { Value(id("contoso")) }),
        "Åland Oil, Contoso, Zeta_1");
    EXPECT_EQ(
        by("sports", Operator::not_contain_values, { Value(9) }), "Åland Oil, Fabrikam, Zeta_1");
    EXPECT_EQ(by("sports", Operator::contain_values, { Value(9), Value(12) }), "Contoso, Fabrikam");
    EXPECT_EQ(by("sports", Operator::contain_values, { Value(2) }), "") << "12 does not contain 2";
    EXPECT_EQ(
        by("creditonhold", Operator::not_equal, { Value(true) }), "Åland Oil, Fabrikam, Zeta_1");
}

TEST_P(QueryTest, a_negated_condition_becomes_the_opposite_operator)
{
    auto const revenue = column("account", "revenue");
    auto const above = condition(revenue, Operator::greater, { Value(Amount::from_units(1)) });
    EXPECT_EQ(names(from("account", above)), "Contoso");
    EXPECT_EQ(names(from("account", !above)), "Åland Oil, Zeta_1") << "less or equal has no nulls";
    auto const both =
        above && condition(column("account", "statecode"), Operator::equal, { Value(0) });
    EXPECT_EQ(names(from("account", !both)), "Åland Oil, Zeta_1");
    EXPECT_EQ(names(from("account", !Filter {})), "");
}

TEST_P(QueryTest, numbers_with_more_digits_than_the_column_are_compared_exactly)
{
    auto const by = [&](Operator op, char const* number) {
        return names(from("opportunity",
            condition(column("opportunity", "discount"), op, { Value(*Decimal::parse(number)) })));
    };
    EXPECT_EQ(by(Operator::equal, "1.5"), "Boards");
    EXPECT_EQ(by(Operator::equal, "1.501"), "");
    EXPECT_EQ(by(Operator::not_equal, "1.501"), "Boards, Ropes, Tents");
    EXPECT_EQ(by(Operator::less, "1.501"), "Boards");
    EXPECT_EQ(by(Operator::less, "1.5"), "");
    EXPECT_EQ(by(Operator::greater_or_equal, "1.4999"), "Boards, Ropes");
    EXPECT_EQ(by(Operator::greater, "1.4999"), "Boards, Ropes");
}

TEST_P(QueryTest, conditions_reach_through_lookups)
{
    auto const by = [&](char const* text, Operator op, std::vector<Value> values) {
        return names(from("account", condition(path("account", text), op, std::move(values))));
    };
    EXPECT_EQ(by("primarycontactid/fullname", Operator::equal, { Value("carla arm") }), "Contoso");
    EXPECT_EQ(by("primarycontactid/fullname", Operator::not_equal, { Value("carla arm") }),
        "Åland Oil, Fabrikam, Zeta_1");
    EXPECT_EQ(by("parentaccountid/parentaccountid/name", Operator::equal, { Value("contoso") }),
        "Åland Oil");
    EXPECT_EQ(by("primarycontactid/fullname", Operator::is_null, {}), "Åland Oil, Zeta_1");
    EXPECT_EQ(by("contactname", Operator::begins_with, { Value("dora") }), "Fabrikam")
        << "calculated column";
    EXPECT_EQ(
        names(from("opportunity",
            condition(path("opportunity", "customerid(contact)/fullname"), Operator::is_not_null))),
        "Ropes");
    EXPECT_EQ(names(from("task",
                  condition(path("task", "regardingobjectid(account)/name"), Operator::equal,
                      { Value("contoso") }))),
        "Call back");
}

TEST_P(QueryTest, lookups_compare_with_their_table)
{
    auto const customer = column("opportunity", "customerid");
    auto const is = [&](char const* target, char const* row) {
        return names(from("opportunity",
            condition(customer, Operator::equal, { Value(Lookup { table(target), id(row) }) })));
    };
    EXPECT_EQ(is("contact", "dora"), "Ropes");
    EXPECT_EQ(is("account", "dora"), "");
    EXPECT_EQ(
        names(from("opportunity", condition(customer, Operator::equal, { Value(id("dora")) }))),
        "Ropes");
}

TEST_P(QueryTest, related_rows_decide)
{
    auto const has = [](std::string relationship, std::string_view child, Filter where) {
        Filter filter;
        filter.kind = Filter::Kind::related;
        filter.related =
            std::make_shared<Related>(std::move(relationship), table(child), std::move(where));
        return filter;
    };
    auto const short_board =
        condition(column("opportunityproduct", "name"), Operator::contains, { Value("short") });
    auto const lines = [&](Filter where) {
        return has("product_opportunities", "opportunityproduct", std::move(where));
    };
    EXPECT_EQ(names(from("opportunity", lines({}))), "Boards, Ropes");
    EXPECT_EQ(names(from("opportunity", !lines({}))), "Tents");
    EXPECT_EQ(names(from("opportunity", lines(short_board))), "Boards");
    EXPECT_EQ(names(from("opportunity", lines({}) && !lines(short_board))), "Ropes");

    auto const rival = [&](char const* name) {
        return has("opportunitycompetitors_association", "competitor",
            condition(column("competitor", "name"), Operator::equal, { Value(name) }));
    };
    EXPECT_EQ(names(from("opportunity", rival("umbra"))), "Boards");
    EXPECT_EQ(names(from("opportunity", rival("acme"))), "Boards, Ropes");
    EXPECT_EQ(
        names(from("competitor",
            has("opportunitycompetitors_association", "opportunity",
                condition(column("opportunity", "name"), Operator::equal, { Value("ropes") })))),
        "Acme");
    EXPECT_EQ(
        names(from("account", has("opportunity_customer_accounts", "opportunity", lines({})))),
        "Contoso")
        << "nested, and the contact's opportunity does not count for an account";
}

TEST_P(QueryTest, hierarchies_are_walked)
{
    auto const by = [&](Operator op, char const* pivot) {
        return names(
            from("account", condition(column("account", "accountid"), op, { Value(id(pivot)) })));
    };
    EXPECT_EQ(by(Operator::under, "contoso"), "Åland Oil, Fabrikam");
    EXPECT_EQ(by(Operator::under_or_equal, "fabrikam"), "Åland Oil, Fabrikam");
    EXPECT_EQ(by(Operator::above, "aland"), "Contoso, Fabrikam");
    EXPECT_EQ(by(Operator::above_or_equal, "aland"), "Åland Oil, Contoso, Fabrikam");
    EXPECT_EQ(by(Operator::not_under, "contoso"), "Contoso, Zeta_1");
    EXPECT_EQ(by(Operator::above, "zeta"), "");
}

TEST_P(QueryTest, dates_are_relative_to_the_callers_clock)
{
    // It is Wednesday 2026-03-18, 09:30 in Dublin.
    auto const created = [&](Operator op, std::vector<Value> values = {}) {
        return names(
            from("account", condition(column("account", "createdon"), op, std::move(values))));
    };
    EXPECT_EQ(created(Operator::today), "Åland Oil, Fabrikam");
    EXPECT_EQ(created(Operator::yesterday), "Contoso");
    EXPECT_EQ(created(Operator::this_week), "Åland Oil, Contoso, Fabrikam");
    EXPECT_EQ(created(Operator::last_year), "Zeta_1");
    EXPECT_EQ(created(Operator::last_x_hours, { Value(1) }), "Åland Oil")
        << "Fabrikam was made at 10:00";
    EXPECT_EQ(created(Operator::last_x_days, { Value(1) }), "Åland Oil, Contoso");
    EXPECT_EQ(created(Operator::next_x_hours, { Value(1) }), "Fabrikam");
    EXPECT_EQ(created(Operator::older_than_x_months, { Value(12) }), "Zeta_1");
    EXPECT_EQ(created(Operator::on, { Value(Date::of(2026, 3, 17)) }), "Contoso");
    EXPECT_EQ(
        created(Operator::on_or_after, { Value(Date::of(2026, 3, 18)) }), "Åland Oil, Fabrikam");
    EXPECT_EQ(created(Operator::on_or_before, { Value(Date::of(2026, 3, 17)) }), "Contoso, Zeta_1");

    auto const closes = [&](Operator op, std::vector<Value> values = {}) {
        return names(from("opportunity",
            condition(column("opportunity", "estimatedclosedate"), op, std::move(values))));
    };
    EXPECT_EQ(closes(Operator::today), "Boards");
    EXPECT_EQ(closes(Operator::next_x_days, { Value(1) }), "Boards, Ropes");
    EXPECT_EQ(closes(Operator::tomorrow), "Ropes");
    auto const meets = [&](Operator op, std::vector<Value> values) {
        return names(from(
            "opportunity", condition(column("opportunity", "meeting"), op, std::move(values))));
    };
    EXPECT_EQ(meets(Operator::next_x_hours, { Value(1) }), "Boards")
        << "a wall clock time, 10:00 wherever the caller is";
}

TEST_P(QueryTest, nulls_come_first_ascending_and_last_descending)
{
    auto query = from("account");
    query.orders = { Order { .column = column("account", "revenue") } };
    EXPECT_EQ(names(query), "Fabrikam, Åland Oil, Zeta_1, Contoso");
    query.orders[0].descending = true;
    EXPECT_EQ(names(query), "Contoso, Zeta_1, Åland Oil, Fabrikam");
}

TEST_P(QueryTest, lookups_sort_by_name_and_choices_by_number_or_label)
{
    auto query = from("account");
    query.orders = { Order { .column = column("account", "industrycode") } };
    EXPECT_EQ(names(query), "Zeta_1, Contoso, Fabrikam, Åland Oil");
    query.orders[0].by_label = true;
    EXPECT_EQ(names(query), "Zeta_1, Åland Oil, Fabrikam, Contoso");
    query.orders = { Order { .column = column("account", "parentaccountid"), .descending = true } };
    query.orders.push_back({ .column = column("account", "name") });
    EXPECT_EQ(names(query), "Åland Oil, Fabrikam, Contoso, Zeta_1");
    query = from("opportunity");
    query.orders = { Order { .column = column("opportunity", "customerid") } };
    EXPECT_EQ(names(query), "Boards, Ropes, Tents");
    query.orders = { Order { .column = column("opportunity", "ownerid"), .descending = true },
        Order { .column = path("opportunity", "customerid(account)/name") } };
    EXPECT_EQ(names(query), "Ropes, Tents, Boards");
}

TEST_P(QueryTest, pages_continue_where_the_last_one_ended)
{
    auto const all_callers = { everybody(), reader("anna", Depth::subtree),
        reader("bert", Depth::unit) };
    for (auto const& caller : all_callers) {
        for (auto const* order :
            { "name", "revenue", "industrycode", "parentaccountid", "accountid", "createdon" }) {
            for (auto const descending : { false, true }) {
                auto query = from("account");
                query.orders = { Order {
                    .column = column("account", order), .descending = descending } };
                auto const expected = names(caller, query);
                EXPECT_EQ(paged_names(caller, query, 1), expected) << order << descending;
                EXPECT_EQ(paged_names(caller, query, 3), expected) << order << descending;
            }
        }
    }
}

TEST_P(QueryTest, a_cursor_of_another_order_is_refused)
{
    auto query = from("account");
    query.page_size = 2;
    query.after =
        encode_cursor(order_shape(query), { KeyValue { "contoso" }, KeyValue { id("contoso") } });
    EXPECT_TRUE(compile(context(), everybody(), query).has_value());
    query.orders[0].descending = true;
    auto const refused = [&] {
        auto const result = compile(context(), everybody(), query);
        return result ? std::string {} : result.error().code;
    };
    EXPECT_EQ(refused(), "QueryBuilderInvalidPagingCookie");
    query.after = "not a cursor";
    EXPECT_EQ(refused(), "QueryBuilderInvalidPagingCookie");
    query.after = encode_cursor(
        order_shape(query), { KeyValue { id("contoso") }, KeyValue { id("contoso") } });
    EXPECT_EQ(refused(), "QueryBuilderInvalidPagingCookie");
}

TEST_P(QueryTest, distinct_rows_come_once)
{
    auto query = Query::from(table("account"));
    query.columns = { column("account", "statecode").column };
    query.distinct = true;
    auto const found = select_rows(context(), everybody(), query);
    ASSERT_TRUE(found.has_value()) << found.error().text;
    EXPECT_EQ(found->size(), 2u);
    EXPECT_EQ(count(everybody(), query), "2");
}

TEST_P(QueryTest, activities_are_read_from_both_halves)
{
    auto query = Query::from(table("task"));
    query.orders = { Order { .column = column("task", "subject") } };
    query.filter = condition(column("task", "category"), Operator::equal, { Value("phone") });
    auto const found = select_rows(context(), everybody(), query);
    ASSERT_TRUE(found.has_value()) << found.error().text;
    ASSERT_EQ(found->size(), 1u);
    EXPECT_EQ((*found)[0].value(column("task", "subject").column), Value("Call back"));
    EXPECT_EQ((*found)[0].version(), 60);
    EXPECT_EQ(names(from("activitypointer")), "Call back, Visit");
}

TEST_P(QueryTest, limits_are_kept)
{
    Filter filter;
    filter.kind = Filter::Kind::any;
    filter.children.assign(
        501, condition(column("account", "name"), Operator::equal, { Value("x") }));
    EXPECT_TRUE(names(from("account", filter)).starts_with("TooManyConditionsInQuery"));
    auto wrong = condition(column("account", "revenue"), Operator::equal, { Value("many") });
    EXPECT_TRUE(names(from("account", wrong)).starts_with("QueryBuilderInvalid_Value"));
    wrong = condition(column("account", "revenue"), Operator::contains, { Value("1") });
    EXPECT_TRUE(names(from("account", wrong)).starts_with("QueryBuilderBad_Condition"));
    auto query = from("account");
    query.limit = 2;
    EXPECT_EQ(names(query), "Åland Oil, Contoso");
    query.limit = -1;
    EXPECT_TRUE(names(query).starts_with("InvalidArgument"));
}

}

}
