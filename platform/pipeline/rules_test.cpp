// Rules, states, messages and cascades: what apps register and how it is kept.
#include "platform/pipeline/pipeline_testing.h"

#include "core/check.h"

namespace cashline {
namespace {

struct CloseDeal {
    static constexpr char const* name = "CloseDeal";
    struct Reply {
        std::string name {};
        std::optional<Amount> value {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("Name", &Reply::name);
            visit("Value", &Reply::value);
        }
    };
    Lookup deal {};
    std::int32_t status { -1 };
    std::optional<std::string> reason {};
    std::vector<Row> lines {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Status", &CloseDeal::status);
        visit("Reason", &CloseDeal::reason);
        visit("Lines", &CloseDeal::lines);
    }
};

struct CountDeals {
    static constexpr char const* name = "CountDeals";
    struct Reply {
        std::int64_t count {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("Count", &Reply::count);
        }
    };
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

class RulesTest : public PipelineTest {
protected:
    void register_rules(Registry& registry) override
    {
        auto const deals = table("deal").id;
        registry.before_save(deals,
            [this](Unit&, Change& change) -> Result<void> {
                auto const name = change.now(column("deal", "name"));
                if (name == Value("forbidden")) {
                    return conflict("name_is_forbidden", "Choose another name.", "name");
                }
                if (name == Value("broken")) {
                    CHECK(name.is_null());
                }
                change.values.set(column("deal", "total").index, Value(Amount::from_units(7)));
                return {};
            },
            { column("deal", "name") });
        registry.before(Operation::update, deals, [this](Unit&, Change& change) -> Result<void> {
            if (change.now(column("deal", "notes")) == Value("too far")) {
                change.values.set(column("deal", "count").index, Value(99));
            }
            return {};
        });
        registry.after(
            Operation::create, deals, [this](Unit& unit, Change& change) -> Result<void> {
                if (change.now(column("deal", "notes")) == Value("with line")) {
                    Row line =
                        row("dealline", { { "dealid", Lookup { change.table, change.id } } });
                    TRY(unit.create(std::move(line)));
                    return conflict("after_all_no", "A rule after may refuse too.");
                }
                return {};
            });
        registry.after(Operation::update, table("tag").id, [](Unit& unit, Change& change) {
            return unit.update(change.table, change.id, change.values); // Answers itself.
        });
        registry.transitions(column("deal", "statecode"),
            { { 0, 1, "CloseDeal" }, { 0, 2, "Update" }, { 2, 0, "Update" } });
        registry.frozen_when(
            deals, { 1, 2 }, "CannotUpdateObjectBecauseItIsInactive", { column("deal", "hot") });
        register_messages(registry);
    }

    void register_messages(Registry& registry)
    {
        registry
            .message<CloseDeal>(
                [this](Unit& unit, CloseDeal const& request) -> Result<CloseDeal::Reply> {
                    auto deal = TRY(unit.retrieve_for_update(request.deal.table, request.deal.id));
                    TRY(unit.update(request.deal, row("deal", { { "statecode", 1 } })));
                    for (auto const& line : request.lines) {
                        TRY(unit.create(line));
                    }
                    return CloseDeal::Reply {
                        .name = *deal.value(column("deal", "name")).as_text(),
                    };
                })
            .bound_to(table("deal").id, &CloseDeal::deal)
            .requires_privilege("prvCloseDeal");
        registry.before_message<CloseDeal>(
            [](Unit& unit, CloseDeal const& request) -> Result<void> {
                if (request.reason == "no") {
                    return conflict("not_today", "Another app does not want that.");
                }
                EXPECT_EQ(unit.reason(), "CloseDeal");
                return {};
            });
        registry.after_message<CloseDeal>(
            [this](Unit& unit, CloseDeal const& request, CloseDeal::Reply const& reply) {
                return unit.elevated().update(
                    request.deal, row("deal", { { "secret", "closed " + reply.name } }));
            });
        registry.function<CountDeals>(
            [this](Reader& reader, CountDeals const&) -> Result<CountDeals::Reply> {
                return CountDeals::Reply { TRY(reader.count(Query::from(table("deal").id))) };
            });
    }

    Caller closer()
    {
        auto rights = std::make_shared<Rights>(*m_daisy.rights);
        rights->named.insert("prvCloseDeal");
        auto caller = m_daisy;
        caller.rights = std::move(rights);
        return caller;
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, RulesTest, both_databases(), database_name);

TEST_P(RulesTest, a_rule_before_adds_and_refuses)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    EXPECT_EQ(value(deal, "total"), Value(Amount::from_units(7)));
    EXPECT_EQ(code(create(m_daisy, "deal", { { "name", "forbidden" } })), "name_is_forbidden");
    // Only a change of the name interests that rule.
    EXPECT_EQ(code(update(system_caller(), deal, { { "total", Amount::from_units(1) } })), "");
    EXPECT_EQ(value(deal, "total"), Value(Amount::from_units(1)));
    // What a rule writes is checked like everything else.
    EXPECT_EQ(code(update(m_daisy, deal, { { "notes", "too far" } })), "IntegerValueOutOfRange");
}

TEST_P(RulesTest, a_refusal_undoes_the_whole_unit)
{
    auto const end = journal_end();
    auto const id = Id::from_name("deal/undone");
    EXPECT_EQ(code(write(m_daisy,
                  [&](Unit& unit) -> Result<void> {
                      auto undone = row("deal", { { "name", "A" }, { "notes", "with line" } });
                      undone.set_id(id);
                      TRY(unit.create(undone));
                      return {};
                  })),
        "after_all_no");
    EXPECT_FALSE(exists(to("deal", id)));
    EXPECT_EQ(journal_end(), end);
    // A bug in a rule is an error of this request, and undone as well.
    EXPECT_EQ(code(create(m_daisy, "deal", { { "name", "broken" } })), "UnExpected");
    EXPECT_EQ(code(create(m_daisy, "deal", { { "name", "fine" } })), "");
}

TEST_P(RulesTest, rules_that_answer_themselves_are_stopped)
{
    auto const tag = to("tag", made("tag", { { "name", "A" } }));
    EXPECT_EQ(code(update(m_admin, tag, { { "name", "B" } })), "rules_too_deep");
    EXPECT_EQ(value(tag, "name"), Value("A"));
}

TEST_P(RulesTest, states_change_only_on_listed_roads)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    EXPECT_EQ(code(update(m_daisy, deal, { { "statecode", 1 } })), "InvalidStateTransition");
    EXPECT_EQ(code(update(m_daisy, deal, { { "statuscode", 3 } })), "InvalidStateTransition");
    EXPECT_EQ(code(update(m_daisy, deal, { { "statecode", 2 }, { "statuscode", 1 } })),
        "InvalidStateCodeStatusCode");
    EXPECT_EQ(code(update(m_daisy, deal, { { "statuscode", 2 } })), "");
    // Only the state: its default reason. Only the reason: its state.
    EXPECT_EQ(code(update(m_daisy, deal, { { "statecode", 2 } })), "");
    EXPECT_EQ(value(deal, "statuscode"), Value(4));
    EXPECT_EQ(code(update(m_daisy, deal, { { "statuscode", 1 } })), "");
    EXPECT_EQ(value(deal, "statecode"), Value(0));
    EXPECT_EQ(code(create(m_daisy, "deal", { { "name", "A" }, { "statecode", 1 } })),
        "InvalidStateTransition");
}

TEST_P(RulesTest, a_closed_row_is_read_only)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    EXPECT_EQ(code(update(m_daisy, deal, { { "statecode", 2 }, { "notes", "lost" } })), "");
    auto const refused = update(m_daisy, deal, { { "notes", "more" } });
    EXPECT_EQ(code(refused), "CannotUpdateObjectBecauseItIsInactive");
    EXPECT_EQ(column_of(refused), "notes");
    EXPECT_EQ(code(update(m_daisy, deal, { { "hot", true } })), "");
    EXPECT_EQ(code(update(m_daisy, deal, { { "notes", "lost" } })), ""); // No change.
    // Reopening may bring changes with it.
    EXPECT_EQ(code(update(m_daisy, deal, { { "statecode", 0 }, { "notes", "again" } })), "");
}

TEST_P(RulesTest, a_message_runs_with_its_rules_and_its_own_right)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    auto const body = json::parse(R"({ "Status": -1 })").value();
    auto const call = [&](Caller const& who, std::string_view text) {
        return platform().call(who, "CloseDeal", json::parse(text).value(), deal);
    };
    EXPECT_EQ(code(call(m_daisy, R"({"Status":-1,"Lines":[]})")), "PrivilegeDenied");
    EXPECT_EQ(code(call(closer(), R"({"Status":-1,"Lines":[],"Reason":"no"})")), "not_today");
    EXPECT_EQ(code(call(closer(), R"({"Lines":[]})")), "InvalidArgument");
    EXPECT_EQ(code(call(closer(), R"({"Status":"x","Lines":[]})")), "InvalidArgument");
    EXPECT_EQ(code(call(closer(), R"({"Status":-1,"Lines":[],"Other":1})")), "InvalidArgument");
    EXPECT_EQ(code(platform().call(closer(), "CloseDeal", body)), "InvalidArgument");
    EXPECT_EQ(code(platform().call(closer(), "NoSuchThing", body)), "message_unknown");
    json::Value line { json::Object {} };
    line.set("@odata.type", "Microsoft.Dynamics.CRM.dealline");
    line.set("text", "one");
    line.set("dealid@odata.bind", "/deals(" + deal.id.to_string() + ")");
    auto const whole = R"({"Status":-1,"Lines":[)" + line.to_string() + "]}";
    auto const reply = call(closer(), whole);
    ASSERT_EQ(code(reply), "") << reply.error().text;
    EXPECT_EQ(reply->complex.to_string(), R"({"Name":"A","Value":null})");
    EXPECT_EQ(value(deal, "statecode"), Value(1));
    EXPECT_EQ(value(deal, "secret"), Value("closed A")); // The rule after, past the guard.
    EXPECT_EQ(journal_after(0).back().reason, "CloseDeal");
    EXPECT_EQ(journal_after(0).back().entries.size(), 2U);
}

TEST_P(RulesTest, a_function_reads_what_its_caller_sees)
{
    made_by(m_daisy, "deal", { { "name", "A" } });
    made_by(m_olga, "deal", { { "name", "B" } });
    auto const count = [&](Caller const& who) {
        return platform().call(who, "CountDeals", {})->complex.integer("Count");
    };
    EXPECT_EQ(count(m_daisy), 1);
    EXPECT_EQ(count(m_admin), 2);
}

TEST_P(RulesTest, deleting_a_customer_follows_its_relationships)
{
    auto const customer = to("customer", made_by(m_daisy, "customer", { { "name", "A" } }));
    auto const partner = to(
        "customer", made_by(m_daisy, "customer", { { "name", "B" }, { "partnerid", customer } }));
    auto const deal =
        to("deal", made_by(m_daisy, "deal", { { "name", "A" }, { "customerid", customer } }));
    auto const line = to("dealline", made_by(m_daisy, "dealline", { { "dealid", deal } }));
    auto const about =
        to("deal", made_by(m_daisy, "deal", { { "name", "B" }, { "subjectid", customer } }));
    auto const phone = to("call",
        made_by(m_daisy, "call", { { "subject", "Hi" }, { "regardingobjectid", customer } }));
    EXPECT_EQ(code(write(m_daisy,
                  [&](Unit& unit) {
                      return unit.associate("deal_tags", deal.id, Id::from_name("tag/urgent"));
                  })),
        "");
    auto const blocked =
        to("deal", made_by(m_daisy, "deal", { { "name", "C" }, { "blockerid", customer } }));
    EXPECT_EQ(code(remove(m_daisy, customer)), "CannotDeleteDueToAssociation");
    EXPECT_TRUE(exists(deal));
    EXPECT_EQ(code(remove(m_daisy, blocked)), "");
    EXPECT_EQ(code(remove(m_daisy, customer)), "");
    EXPECT_FALSE(exists(customer));
    EXPECT_FALSE(exists(deal));
    EXPECT_FALSE(exists(line));
    EXPECT_FALSE(exists(phone));
    EXPECT_TRUE(exists(partner));
    EXPECT_TRUE(value(partner, "partnerid").is_null());
    EXPECT_TRUE(exists(about));
    EXPECT_TRUE(value(about, "subjectid").is_null());
    EXPECT_EQ(code(remove(m_daisy, customer)), "ObjectDoesNotExist");
}

TEST_P(RulesTest, children_follow_a_change_of_owner)
{
    auto const customer = to("customer", made_by(m_daisy, "customer", { { "name", "A" } }));
    auto const deal =
        to("deal", made_by(m_daisy, "deal", { { "name", "A" }, { "customerid", customer } }));
    EXPECT_EQ(code(update(m_daisy, deal, { { "statecode", 2 } })), ""); // Closed rows follow, too.
    Lookup const sam { system_user_table, m_sam.user };
    EXPECT_EQ(code(update(m_daisy, customer, { { "ownerid", sam } })), "");
    EXPECT_EQ(value(deal, "ownerid"), Value(sam));
}

TEST_P(RulesTest, an_activity_is_one_row_of_two_tables)
{
    auto const phone =
        to("call", made_by(m_daisy, "call", { { "subject", "Hi" }, { "phone", "123" } }));
    EXPECT_EQ(value(phone, "activitytypecode"), Value("call"));
    EXPECT_EQ(value(phone, "subject"), Value("Hi"));
    EXPECT_EQ(value(phone, "phone"), Value("123"));
    auto const pointer = to("activitypointer", phone.id);
    // Through the common table it is still the call.
    EXPECT_EQ(code(update(m_daisy, pointer, { { "subject", "Ho" } })), "");
    EXPECT_EQ(value(phone, "subject"), Value("Ho"));
    EXPECT_EQ(journal_after(0).back().entries.front().table, phone.table);
    EXPECT_EQ(code(create(m_daisy, "activitypointer", { { "subject", "?" } })), "InvalidArgument");
    EXPECT_EQ(code(remove(m_daisy, pointer)), "");
    EXPECT_FALSE(exists(phone));
}

}
}
