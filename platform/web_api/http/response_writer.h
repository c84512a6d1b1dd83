// A response's head as bytes. The only place that decides framing: Content-Length, chunks or no
// body.
#pragma once

#include "platform/web_api/http/message.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cashline::http {

struct HeadOptions {
    std::string_view date {}; // as the Date header has it
    bool is_head_request {};
    bool is_http_1_0 {};
    bool keeps_alive { true };
};

// A response with a header that could split the answer becomes a 500; `problem` then says which.
std::string write_head(Response& response, HeadOptions const& options, std::string& problem);
std::string format_http_date(std::int64_t unix_seconds); // Sun, 06 Nov 1994 08:49:37 GMT
std::string format_chunk(std::string_view bytes);

inline constexpr std::string_view last_chunk = "0\r\n\r\n";
inline constexpr std::string_view continue_head = "HTTP/1.1 100 Continue\r\n\r\n";

}
