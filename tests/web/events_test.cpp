// The event stream: what changed, for whoever may see it.
#include "apps/sales/lead/lead_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/web_api/http/event_channel.h"
#include "server/web_testing.h"

namespace cashline {

namespace {

class Events : public WebTest {
protected:
    using Channel = std::shared_ptr<http::EventChannel>; // as the connection would hold it

    Channel listen(char const* who, std::string const& tables)
    {
        sign_in(who);
        auto const answer = get("/api/events?tables=" + tables);
        EXPECT_EQ(answer.status, 200) << answer.content();
        EXPECT_EQ(answer.headers.value("Content-Type"), "text/event-stream");
        EXPECT_NE(answer.events, nullptr);
        return answer.events;
    }
    std::string heard(Channel const& channel)
    {
        EXPECT_TRUE(platform().drain().has_value()); // Followers tell the streams.
        return channel->take().value_or("closed");
    }
    Id lead_of(char const* who)
    {
        return platform()
            .write<Id>(as(who),
                [](Unit& unit) {
                    return unit.create(Row(lead::table)
                            .set(lead::topic, "Boards")
                            .set(lead::last_name, "Somebody"));
                })
            .value();
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, Events, both_databases(), database_name);

TEST_P(Events, tell_what_changed_and_never_its_values)
{
    auto const stream = listen("daisy", "lead");
    heard(stream);
    auto const id = lead_of("daisy");
    auto const created = heard(stream);
    EXPECT_TRUE(created.contains(R"("table":"lead")")) << created;
    EXPECT_TRUE(created.contains(id.to_string()));
    EXPECT_TRUE(created.contains(R"("kind":"create")"));
    EXPECT_TRUE(created.contains(R"("etag":"W/)"));
    EXPECT_FALSE(created.contains("Boards"));

    auto const changed = platform().write(as("daisy"),
        [&](Unit& unit) { return unit.update(lead::table, id, Row {}.set(lead::topic, "Fins")); });
    ASSERT_TRUE(changed.has_value());
    EXPECT_TRUE(heard(stream).contains(R"("kind":"update")"));
    auto const removed =
        platform().write(as("ada"), [&](Unit& unit) { return unit.remove(lead::table, id); });
    ASSERT_TRUE(removed.has_value());
    auto const last = heard(stream);
    EXPECT_TRUE(last.contains(R"("kind":"delete")"));
    EXPECT_FALSE(last.contains("etag"));
}

TEST_P(Events, reach_only_who_may_see_the_row_and_asked_for_its_table)
{
    auto const daisy = listen("daisy", "lead");
    auto const grace = listen("grace", "lead");
    auto const sam = listen("sam", "lead");
    auto const accounts = listen("sam", "account");
    for (auto const& stream : { daisy, grace, sam, accounts }) {
        heard(stream);
    }
    auto const id = lead_of("daisy").to_string();
    EXPECT_TRUE(heard(daisy).contains(id));
    EXPECT_FALSE(heard(grace).contains(id));
    EXPECT_TRUE(heard(sam).contains(id));
    EXPECT_FALSE(heard(accounts).contains(id));
}

TEST_P(Events, say_that_everything_must_be_read_again_when_rights_change)
{
    auto const stream = listen("daisy", "lead");
    heard(stream);
    auto const moved = platform().write(system_caller(),
        [](Unit& unit) {
            return unit.associate("systemuserroles_association", demo::named("systemuser", "daisy"),
                Id::from_name("role/Sales Manager"));
        },
        { .alone = true });
    ASSERT_TRUE(moved.has_value()) << moved.error().text;
    EXPECT_TRUE(heard(stream).contains("event: resync"));
    // From now on she hears of everybody's leads.
    auto const id = lead_of("grace").to_string();
    EXPECT_TRUE(heard(stream).contains(id));
}

TEST_P(Events, end_with_the_session)
{
    auto const stream = listen("daisy", "lead");
    heard(stream);
    environment().advance_seconds(12 * 3'600 + 1);
    lead_of("sam");
    heard(stream);
    EXPECT_TRUE(stream->is_closed());
}

TEST_P(Events, need_a_session)
{
    EXPECT_EQ(get("/api/events?tables=lead").status, 401);
    sign_in("daisy");
    EXPECT_EQ(post("/api/events?tables=lead", "{}").status, 405);
}

}

}
