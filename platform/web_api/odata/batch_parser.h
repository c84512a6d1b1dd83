// The multipart body of $batch (web-api.md 2.22). Tolerant where clients are known to differ: line
// ends, quotes and blanks around boundaries, blank lines, the last line's end.
#pragma once

#include "core/result.h"
#include "platform/web_api/http/message.h"

#include <string>
#include <string_view>
#include <vector>

namespace cashline::odata {

struct BatchPart {
    std::string method {};
    std::string url {}; // as written: absolute, root-relative, relative, or $1/…
    http::Headers headers {};
    std::string body {};
    std::string content_id {};
};

// One request, or a change set of several.
struct BatchItem {
    bool is_change_set {};
    std::vector<BatchPart> parts {};
};

inline constexpr std::size_t batch_requests_max = 1'000;

// "ODataClientPayloadError" for anything that is no batch.
Result<std::vector<BatchItem>> parse_batch(std::string_view content_type, std::string_view body);

}
