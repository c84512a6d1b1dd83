#include "apps/collaboration/channel/channel_table.h"
#include "apps/collaboration/channel/open_channel.h"
#include "apps/collaboration/channel_member/channel_member_table.h"
#include "apps/collaboration/channel_message/channel_message_table.h"
#include "core/text.h"
#include "platform/notification/notify.h"
#include "platform/security/share/share_table.h"
#include "platform/security/system_user/system_user_table.h"

#include <algorithm>

namespace cashline::collaboration {

namespace {

// Read, write (which is what posting a message takes) and append to.
constexpr std::int64_t member_rights = 1 | 2 | 16;
constexpr std::string_view mention_start = "@[systemuser,";
constexpr std::size_t mentions_max = 20;

Refusal owner_only()
{
    return denied("channel_owner_only", "Only the owner of the channel can do this.");
}

bool is_owner(Unit& unit, Row const& row)
{
    return unit.caller().is_system()
        || row.get(channel::owner) == Lookup { system_user::table, unit.caller().user };
}

Result<Row> channel_of(Unit& unit, std::optional<Lookup> channel)
{
    if (!channel) {
        return missing("ObjectDoesNotExist", "The channel is missing.");
    }
    return unit.elevated_reader().retrieve(channel::table, channel->id);
}

Result<std::optional<Row>> share_of(Unit& elevated, Lookup user, Lookup channel)
{
    return elevated.first(
        Query::from(share::table).where(share::principal == user && share::object == channel));
}

std::vector<Id> mentioned(std::string_view text)
{
    std::vector<Id> people;
    while (people.size() < mentions_max) {
        auto const at = text.find(mention_start);
        if (at == std::string_view::npos) {
            break;
        }
        text.remove_prefix(at + mention_start.size());
        auto const id = Id::parse(text.substr(0, 36));
        if (id && std::ranges::find(people, *id) == people.end()) {
            people.push_back(*id);
        }
    }
    return people;
}

}

Result<void> name_stays_with_owner(Unit& unit, Change& change)
{
    return is_owner(unit, change.before) ? Result<void> {} : owner_only();
}

Result<void> only_owner_changes_members(Unit& unit, Change& change)
{
    auto const target = change.operation == Operation::remove
        ? change.before.get(channel_member::channel)
        : change.after().get(channel_member::channel);
    auto const row = TRY(channel_of(unit, target));
    // Everybody may leave.
    auto const is_leaving = change.operation == Operation::remove
        && change.before.get(channel_member::user)
            == Lookup { system_user::table, unit.caller().user };
    return is_owner(unit, row) || is_leaving ? Result<void> {} : owner_only();
}

Result<void> share_with_member(Unit& unit, Change& change)
{
    auto const row = change.after();
    auto const user = row.get(channel_member::user);
    auto const target = row.get(channel_member::channel);
    auto elevated = unit.elevated();
    if (!user || !target || TRY(share_of(elevated, *user, *target))) {
        return {};
    }
    TRY(elevated.create(Row(share::table)
            .set(share::principal, *user)
            .set(share::object, *target)
            .set(share::rights_mask, member_rights)));
    return {};
}

Result<void> unshare_with_member(Unit& unit, Change& change)
{
    auto const user = change.before.get(channel_member::user);
    auto const target = change.before.get(channel_member::channel);
    auto elevated = unit.elevated();
    auto const known =
        user && target ? TRY(share_of(elevated, *user, *target)) : std::optional<Row> {};
    return known ? elevated.remove(share::table, known->id()) : Result<void> {};
}

Result<void> owner_is_member(Unit& unit, Change& change)
{
    auto const owner = change.after().get(channel::owner);
    if (!owner || owner->table != system_user::table) {
        return {};
    }
    TRY(unit.elevated().create(Row(channel_member::table)
            .set(channel_member::channel, change.id)
            .set(channel_member::user, owner->id)
            .set(channel_member::role, ChannelMemberRole::owner)));
    return {};
}

Result<void> only_author_changes_message(Unit& unit, Change& change)
{
    auto const author = change.before.get(channel_message::created_by);
    if (unit.caller().is_system() || author == Lookup { system_user::table, unit.caller().user }) {
        return {};
    }
    return denied("message_author_only", "Only its author can change or remove a message.");
}

Result<void> ring_mentioned(Unit& unit, Change& change)
{
    auto const row = change.after();
    auto const channel_row = TRY(channel_of(unit, row.get(channel_message::channel)));
    auto reader = unit.elevated_reader();
    for (auto const& person : mentioned(row.text_or(channel_message::text))) {
        // Who cannot open the channel is not told of it.
        if (!TRY(reader.exists(Query::from(channel_member::table)
                    .where(channel_member::channel == channel_row.id()
                        && channel_member::user == person)))) {
            continue;
        }
        TRY(notify(unit, { system_user::table, person },
            { .title = text::truncate_utf16(
                  "You were mentioned in " + std::string(channel_row.text_or(channel::name)), 300),
                .body = text::truncate_utf16(row.text_or(channel_message::text), 2000),
                .about = { channel::table, channel_row.id() },
                .kind = 870000002 }));
    }
    return {};
}

}
