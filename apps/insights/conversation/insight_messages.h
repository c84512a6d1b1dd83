// The messages of a meeting's insights, all bound to the appointment.
// docs/contracts/insights.md.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::insights {

struct AttachTranscript {
    static constexpr char const* name = "cl_AttachTranscript";
    using Reply = NoReply;
    Lookup appointment {};
    std::string file_name {};
    std::string content {}; // base64
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("FileName", &AttachTranscript::file_name);
        visit("Content", &AttachTranscript::content);
    }
};

struct RetrieveInsights {
    static constexpr char const* name = "cl_RetrieveInsights";
    struct Reply {
        json::Value document {}; // null: no transcript yet
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("document", &Reply::document);
        }
    };
    Lookup appointment {};
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

struct DraftFollowUp {
    static constexpr char const* name = "cl_DraftFollowUp";
    struct Reply {
        Id email {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("EmailId", &Reply::email);
        }
    };
    Lookup appointment {};
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

struct CreateTaskFromActionItem {
    static constexpr char const* name = "cl_CreateTaskFromActionItem";
    struct Reply {
        Id task {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("TaskId", &Reply::task);
        }
    };
    Lookup appointment {};
    Id action_item {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("ActionItemId", &CreateTaskFromActionItem::action_item);
    }
};

Result<NoReply> attach_transcript(Unit&, AttachTranscript const&);
Result<RetrieveInsights::Reply> retrieve_insights(Reader&, RetrieveInsights const&);
Result<DraftFollowUp::Reply> draft_follow_up_mail(Unit&, DraftFollowUp const&);
Result<CreateTaskFromActionItem::Reply> create_task(Unit&, CreateTaskFromActionItem const&);

}
