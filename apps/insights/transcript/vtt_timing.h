// The timing line of a WebVTT cue.
#pragma once

#include "apps/insights/transcript/vtt_reader.h"

#include <optional>

namespace cashline::insights {

struct VTTTiming {
    std::int64_t start_ms {};
    std::int64_t end_ms {};
};

std::optional<std::int64_t> parse_vtt_time(std::string_view text, VTTMode);
// "start --> end", cue settings behind it are left alone. None when it is no timing, or ends before
// it starts.
std::optional<VTTTiming> parse_vtt_timing(std::string_view line, VTTMode);

}
