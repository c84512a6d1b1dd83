// Everything that is found in one conversation, from transcript to findings, in one call.
#pragma once

#include "apps/insights/analysis/metrics.h"
#include "apps/insights/analysis/sentiment.h"
#include "apps/insights/analysis/signals.h"
#include "apps/insights/analysis/topics.h"

namespace cashline::insights {

struct AnalysisRequest {
    std::vector<Participant> participants {};
    std::vector<Term> competitors {};
    std::vector<Term> keywords {};
    std::vector<Term> products {};
    Date meeting_date {};
    std::optional<std::int64_t> length_ms {};
    std::int32_t neutral_band { 500 };
};

struct ConversationAnalysis {
    Conversation conversation {};
    ConversationMetrics metrics {};
    MeetingSentiment sentiment {};
    std::vector<Signal> signals {};
    std::vector<ActionItem> action_items {};
    std::vector<Topic> topics {};

    Sentence const& sentence(std::size_t index) const { return conversation.sentences[index]; }
};

ConversationAnalysis analyse(Transcript const&, AnalysisRequest const&);

}
