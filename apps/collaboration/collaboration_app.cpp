#include "apps/collaboration/api.h"
#include "apps/collaboration/channel/channel_table.h"
#include "apps/collaboration/channel/open_channel.h"
#include "apps/collaboration/channel_member/channel_member_table.h"
#include "apps/collaboration/channel_message/channel_message_table.h"

namespace cashline::collaboration {

void register_collaboration(Registry& registry)
{
    registry.before(Operation::update, channel::table, name_stays_with_owner);
    registry.after(Operation::create, channel::table, owner_is_member);
    registry.before_save(channel_member::table, only_owner_changes_members);
    registry.before(Operation::remove, channel_member::table, only_owner_changes_members);
    registry.after(Operation::create, channel_member::table, share_with_member);
    registry.after(Operation::remove, channel_member::table, unshare_with_member);
    registry.before(Operation::update, channel_message::table, only_author_changes_message);
    registry.before(Operation::remove, channel_message::table, only_author_changes_message);
    registry.after(Operation::create, channel_message::table, ring_mentioned);

    registry.message<OpenChannel>(open_channel);
    registry.function<RetrieveRecordCard>(retrieve_record_card);
}

}
