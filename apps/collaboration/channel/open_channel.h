// cl_OpenChannel and cl_RetrieveRecordCard. docs/contracts/collaboration.md.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::collaboration {

struct OpenChannel {
    static constexpr char const* name = "cl_OpenChannel";
    struct Reply {
        Id channel {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("ChannelId", &Reply::channel);
        }
    };
    std::string table {};
    Id record {};
    std::optional<std::string> title {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("LogicalName", &OpenChannel::table);
        visit("RecordId", &OpenChannel::record);
        visit("Name", &OpenChannel::title);
    }
};

struct RetrieveRecordCard {
    static constexpr char const* name = "cl_RetrieveRecordCard";
    struct Reply {
        json::Value document {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("document", &Reply::document);
        }
    };
    std::string table {};
    Id record {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("LogicalName", &RetrieveRecordCard::table);
        visit("RecordId", &RetrieveRecordCard::record);
    }
};

Result<OpenChannel::Reply> open_channel(Unit&, OpenChannel const&);
Result<RetrieveRecordCard::Reply> retrieve_record_card(Reader&, RetrieveRecordCard const&);

// Rules of members and messages.
Result<void> name_stays_with_owner(Unit&, Change&);
Result<void> only_owner_changes_members(Unit&, Change&);
Result<void> share_with_member(Unit&, Change&);
Result<void> unshare_with_member(Unit&, Change&);
Result<void> owner_is_member(Unit&, Change&);
Result<void> only_author_changes_message(Unit&, Change&);
Result<void> ring_mentioned(Unit&, Change&);

}
