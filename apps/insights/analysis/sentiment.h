// From sentence to meeting: the sentiment of each sentence, shares by duration per speaker, the
// overall word and the trend in five equal buckets of time (collaboration-insights.md 5 and 6.5).
// Integers as they are stored.
#pragma once

#include "apps/insights/analysis/conversation.h"
#include "apps/insights/analysis/vader.h"

#include <array>
#include <optional>

namespace cashline::insights {

struct SentimentSegment {
    std::size_t sentence {}; // index into Conversation::sentences
    Sentiment sentiment { Sentiment::neutral };
    std::int32_t compound {}; // ten-thousandths, −10000 … 10000
    std::int32_t confidence {}; // |compound|
};

// Shares of speaking time, ten-thousandths.
struct SentimentShares {
    std::int32_t positive {};
    std::int32_t neutral {};
    std::int32_t negative {};
};

struct SpeakerSentiment {
    std::string speaker {};
    Side side { Side::unknown };
    SentimentShares shares {};
};

struct MeetingSentiment {
    std::vector<SentimentSegment> segments {}; // one per sentence
    std::vector<SpeakerSentiment> speakers {};
    std::optional<SentimentShares> customer {}; // absent: the customer said nothing
    Sentiment overall { Sentiment::neutral };
    // Mean compound of each fifth of the meeting, ten-thousandths; absent where nothing was said.
    std::array<std::optional<std::int32_t>, 5> trend {};
};

struct SentimentOptions {
    std::int32_t band { 500 }; // ±0.05 as published; speech may want more
    Vocabulary vocabulary { Vocabulary::business };
    std::vector<std::string> competitors {}; // "… offers a better price" is bad news about them
};

MeetingSentiment meeting_sentiment(Conversation const&, SentimentOptions const&);
// One sentence, with the comparison rule.
Polarity sentence_polarity(std::string_view sentence, SentimentOptions const&);

}
