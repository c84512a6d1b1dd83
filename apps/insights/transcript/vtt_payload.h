// The text of a WebVTT cue: voices, other tags, entities.
#pragma once

#include "core/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::insights {

struct VoiceSpan {
    std::optional<std::string> speaker {}; // none: no voice tag before this text
    std::string text {};
};

// The text by voice, tags removed and entities decoded, white space collapsed. None for a tag that
// is not closed.
std::optional<std::vector<VoiceSpan>> parse_vtt_payload(std::string_view payload);

}
