#include "apps/collaboration/channel/channel_table.h"

#include "apps/apps_testing.h"
#include "apps/collaboration/api.h"
#include "apps/collaboration/channel/open_channel.h"
#include "apps/collaboration/channel_member/channel_member_table.h"
#include "apps/collaboration/channel_message/channel_message_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/api.h"
#include "platform/notification/notification_table.h"
#include "platform/security/system_user/system_user_table.h"

namespace cashline::collaboration {

class ChannelTest : public AppsTest {
protected:
    std::vector<std::function<void(Registry&)>> apps() const override
    {
        return { parties::register_parties, register_collaboration };
    }
    Id add_account()
    {
        return made(Row(account::table)
                .set(account::name, "Northwind Traders")
                .set(account::owner, Lookup { system_user::table, m_sam.user }));
    }
    Id open(Caller const& caller, Id record)
    {
        auto const reply = call(caller, OpenChannel { .table = "account", .record = record });
        EXPECT_TRUE(reply.has_value()) << reply.error().code << ": " << reply.error().text;
        return reply ? reply->channel : Id {};
    }
    Row message(Id channel, std::string const& text)
    {
        return Row(channel_message::table)
            .set(channel_message::channel, channel)
            .set(channel_message::text, text);
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, ChannelTest, both_databases(), database_name);

TEST_P(ChannelTest, members_talk_and_others_see_nothing)
{
    auto const record = add_account();
    auto const id = open(m_sam, record);
    EXPECT_EQ(open(m_sam, record), id);
    EXPECT_FALSE(may_read(m_tom, { channel::table, id }));
    EXPECT_NE(refusal_of(create(m_tom, message(id, "Let me in"))), "");
    made_by(m_sam,
        Row(channel_member::table)
            .set(channel_member::channel, id)
            .set(channel_member::user, m_tom.user));
    EXPECT_TRUE(may_read(m_tom, { channel::table, id }));
    auto const said = made_by(m_tom, message(id, "Hello"));
    EXPECT_TRUE(may_read(m_sam, { channel_message::table, said }));
    EXPECT_EQ(refusal_of(update(m_sam, { channel_message::table, said },
                  Row(channel_message::table).set(channel_message::text, "Bye"))),
        "message_author_only");
    EXPECT_EQ(refusal_of(create(m_tom,
                  Row(channel_member::table)
                      .set(channel_member::channel, id)
                      .set(channel_member::user, m_daisy.user))),
        "channel_owner_only");
}

TEST_P(ChannelTest, a_mention_rings_the_bell_of_a_member)
{
    auto const id = open(m_sam, add_account());
    made_by(m_sam,
        Row(channel_member::table)
            .set(channel_member::channel, id)
            .set(channel_member::user, m_tom.user));
    made_by(m_sam,
        message(id,
            "Ask @[systemuser," + m_tom.user.to_string() + ",\"Tom Barker\"] and @[systemuser,"
                + m_daisy.user.to_string() + ",\"Daisy Phillips\"]"));
    auto const bells = rows(Query::from(notification::table));
    ASSERT_EQ(bells.size(), 1U);
    EXPECT_EQ(bells[0].get(notification::owner), (Lookup { system_user::table, m_tom.user }));
}

TEST_P(ChannelTest, a_card_shows_what_its_reader_may_see)
{
    auto const record = add_account();
    auto const card = [&](Caller const& caller, Id id) {
        json::Value body { json::Object {} };
        body.set("LogicalName", "account");
        body.set("RecordId", id.to_string());
        auto const reply = call(caller, "cl_RetrieveRecordCard", body);
        EXPECT_TRUE(reply.has_value()) << reply.error().text;
        return reply ? *reply->complex.find("document") : json::Value {};
    };
    EXPECT_EQ(card(m_sam, record).text("access"), "write");
    EXPECT_FALSE(card(m_sam, record).array("fields").empty());
    auto const closed = card(caller(add_user("Nora Stone", {})), record);
    EXPECT_EQ(closed.text("access"), "none");
    EXPECT_EQ(closed.text("title"), "Northwind Traders");
    EXPECT_EQ(closed.find("fields"), nullptr);
    EXPECT_EQ(card(m_sam, Id::from_name("nothing")).text("access"), "gone");
}

}
