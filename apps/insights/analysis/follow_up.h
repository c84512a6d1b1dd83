// The draft of a follow-up mail from what was found. A draft only: the seller reads, changes and
// sends it. The same findings always make the same text.
#pragma once

#include "apps/insights/analysis/analysis.h"

namespace cashline::insights {

struct FollowUpRequest {
    std::string recipient_name {};
    std::string sender_name {};
    std::string company_name {}; // the sender's
    std::string meeting_subject {};
    Date meeting_date {};
};

struct FollowUpDraft {
    std::string subject {};
    std::string body {}; // plain text, LF
};

FollowUpDraft draft_follow_up(ConversationAnalysis const&, FollowUpRequest const&);

}
