// Conversation metrics by the formulas of collaboration-insights.md 5: talk time and share,
// talk-to-listen, switches, longest monologue, pauses, pace, interruptions. Computed on raw cues,
// in integers; what cannot be known is absent, never −1.
#pragma once

#include "apps/insights/analysis/conversation.h"

#include <optional>

namespace cashline::insights {

struct SpeakerMetrics {
    std::string speaker {};
    Side side { Side::unknown };
    std::int64_t talk_ms {}; // own overlapping cues counted once
    std::optional<std::int32_t> share {}; // of all talk, ten-thousandths
    std::int64_t turn_count {};
    std::int64_t longest_turn_ms {};
    std::int64_t longest_turn_at_ms {};
    std::int64_t word_count {};
    std::optional<std::int32_t> words_per_minute {}; // hundredths; from 10 s of talk on
    std::optional<std::int64_t> pause_ms {}; // mean wait before speaking after the other side
    std::int64_t interruption_count {}; // of the other side, by this speaker
    std::int64_t question_count {};
};

struct ConversationMetrics {
    std::int64_t length_ms {};
    std::vector<SpeakerMetrics> speakers {}; // most talk first
    std::optional<std::int32_t> talk_to_listen {}; // seller ÷ others, ten-thousandths
    std::optional<std::int32_t> seller_share {}; // "42 : 58", ten-thousandths
    std::int64_t switch_count {}; // between the sides
    std::int64_t speaker_switch_count {}; // between speakers
    std::optional<std::int32_t> switches_per_hour {}; // hundredths
    std::optional<std::int32_t> speaker_switches_per_hour {}; // hundredths
    std::optional<std::int64_t> seller_monologue_ms {};
    std::optional<std::int64_t> customer_monologue_ms {};
    std::optional<std::int64_t> seller_pause_ms {};
    std::optional<std::int64_t> customer_pause_ms {};
    std::optional<std::int32_t>
        engaging_question_rate {}; // open ÷ all questions of the seller, ten-thousandths
};

// `length_ms` of the recording; without it the last cue's end counts.
ConversationMetrics measure(Conversation const&, std::optional<std::int64_t> length_ms = {});

}
