// What was said in a meeting: cues with speaker and time. Offsets count from the start of the
// recording and may be negative when transcription began before it.
#pragma once

#include "core/result.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cashline::insights {

struct Cue {
    std::string id {};
    std::string speaker {}; // empty: unknown
    std::int64_t start_ms {};
    std::int64_t end_ms {};
    std::string text {};
    bool operator==(Cue const&) const = default;
};

struct Transcript {
    std::vector<Cue> cues {}; // by start, then end
    std::string language {};
};

// Consecutive cues of one speaker with at most 1.5 s between them, as one piece for work on text.
// Metrics use the raw cues (collaboration-insights.md 15, VTT-8).
std::vector<Cue> utterances(std::span<Cue const>);

struct Participant {
    std::string key {}; // id of the contact or user
    std::string name {}; // full name
    std::string mail {};
    bool is_internal {}; // on the seller's side
};

// Which participant a speaker's label means: exact name, then without case, accents, "(Guest)" and
// the order of "Last, First", then the mail address. The index, or none (VTT-9).
std::optional<std::size_t> participant_of(std::string_view speaker, std::span<Participant const>);

}
