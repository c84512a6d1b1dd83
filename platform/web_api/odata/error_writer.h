// Refusals as answers of the Web API: {"error":{"code","message","target"?}}, always as JSON.
#pragma once

#include "core/result.h"
#include "platform/web_api/http/message.h"

#include <string_view>

namespace cashline::odata {

http::Response error_answer(Error const& error, std::string_view request_id);

// "Resource not found for the segment 'x'."
Refusal unknown_segment(std::string_view segment);
// A function or action under a verb that is not its own: 404 with an empty code.
Refusal wrong_verb(std::string_view method, std::string_view path);
// A resource that exists but does not take this verb.
Refusal method_not_allowed(std::string_view method);
Refusal bad_payload(std::string text, std::string_view column = {});

}
