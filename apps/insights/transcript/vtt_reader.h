// Reads WebVTT transcripts in the flavours that meeting systems deliver (collaboration-insights.md
// 15): voice tags, cues without speakers, JSON payloads, short time fields, negative offsets. One
// pass; a file is taken whole or refused whole with the line where it breaks.
#pragma once

#include "apps/insights/transcript/transcript.h"

#include <string_view>

namespace cashline::insights {

enum class VTTMode : std::uint8_t {
    tolerant, // what meeting systems write
    strict, // the grammar of the W3C: two-digit fields, three-digit fractions, no negative times
};

inline constexpr std::size_t vtt_bytes_max = 10'000'000;
inline constexpr std::size_t vtt_cues_max = 50'000;

// Refuses: "vtt_too_large", "vtt_too_many_cues", "vtt_foreign" (not WebVTT), "vtt_malformed" (not
// UTF-8, an arrow or a tag that does not belong), "vtt_timing_invalid", "vtt_torn" (ends in the
// middle of a cue), "vtt_empty".
Result<Transcript> read_vtt(std::string_view bytes, VTTMode = VTTMode::tolerant);

}
