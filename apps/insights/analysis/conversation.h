// A transcript made ready for analysis: who stands on which side, and what was said sentence by
// sentence with speaker and time. Findings point back at these sentences.
#pragma once

#include "apps/insights/transcript/transcript.h"

namespace cashline::insights {

enum class Side : std::uint8_t { unknown, seller, customer };

struct Sentence {
    std::string text {};
    std::string speaker {};
    Side side { Side::unknown };
    std::int64_t start_ms {}; // within an utterance by the share of its characters
    std::int64_t end_ms {};
};

struct Conversation {
    std::vector<Cue> cues {};
    std::vector<Side> sides {}; // per cue
    std::vector<Sentence> sentences {};
};

// Speakers that are no participant have side unknown.
Conversation make_conversation(Transcript const&, std::span<Participant const>);

// Pieces of a text that end with . ! ? or …, but not at abbreviations, initials and decimal points.
std::vector<std::string_view> split_sentences(std::string_view text);

// Lower-case words (letters, digits, apostrophes and hyphens inside).
std::vector<std::string> words_of(std::string_view text);

}
