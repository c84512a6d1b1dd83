#include "apps/collaboration/channel/open_channel.h"
#include "apps/collaboration/channel_member/channel_member_table.h"
#include "apps/collaboration/channel_message/channel_message_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "core/check.h"
#include "platform/security/system_user/system_user_table.h"
#include "server/demo/history.h"
#include "server/demo/stage.h"

namespace cashline::demo {

namespace {

Result<void> say(Unit& unit, Id channel, std::string text)
{
    TRY(unit.create(Row(channel_message::table)
            .set(channel_message::channel, channel)
            .set(channel_message::text, std::move(text))));
    return {};
}

std::string mention(char const* person, char const* name)
{
    return "@[systemuser," + named("systemuser", person).to_string() + ",\"" + name + "\"]";
}

}

// The team talks about Daisy's newest deal.
Result<void> play_channels(Stage& stage)
{
    Id channel {};
    TRY(stage.play({ 4, 10 }, "daisy", [&](Unit& unit) -> Result<void> {
        auto const deal = TRY(unit.first(Query::from(opportunity::table)
                .where(opportunity::state == OpportunityState::open
                    && opportunity::owner
                        == Lookup { system_user::table, named("systemuser", "daisy") })
                .order_by_descending(opportunity::created_on)));
        CHECK(deal.has_value());
        channel = TRY(unit.call(collaboration::OpenChannel {
                          .table = "opportunity", .record = deal->id(), .title = {} }))
                      .channel;
        TRY(unit.create(Row(channel_member::table)
                .set(channel_member::channel, channel)
                .set(channel_member::user, named("systemuser", "sam"))
                .set(channel_member::role, ChannelMemberRole::member)));
        return say(unit, channel,
            "They want thirty boards before summer, and Waveline Supply is cheaper. "
                + mention("sam", "Sam Okafor") + ", may I offer board care for the first year?");
    }));
    TRY(stage.play({ 4, 12 }, "sam", [&](Unit& unit) {
        return say(
            unit, channel, "Yes, for twenty boards and more. Do not go below the partner price.");
    }));
    return stage.play({ 3, 9 }, "daisy",
        [&](Unit& unit) { return say(unit, channel, "Thank you! I put it into the quote."); });
}

}
