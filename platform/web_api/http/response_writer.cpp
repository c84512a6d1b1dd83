#include "platform/web_api/http/response_writer.h"

#include "core/text.h"
#include "core/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace cashline::http {

namespace {

// These belong to the connection, not to whoever wrote the response.
bool is_framing_header(std::string_view name)
{
    static constexpr std::array<std::string_view, 4> names {
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Date",
    };
    return std::ranges::any_of(
        names, [&](auto const own) { return text::equals_ignoring_ascii_case(own, name); });
}

std::string find_unsafe_header(Response const& response)
{
    for (auto const& header : response.headers) {
        if (!is_token(header.name) || !is_header_value(header.value)) {
            return "a header named '" + std::string(header.name.substr(0, 60))
                + "' cannot be written";
        }
    }
    return {};
}

void write_body_framing(
    fmt::memory_buffer& out, Response const& response, HeadOptions const& options)
{
    auto const append = std::back_inserter(out);
    if (response_has_no_body(response.status)) {
        return;
    }
    if (!response.events) {
        fmt::format_to(append, "Content-Length: {}\r\n", response.content().size());
    } else if (!options.is_http_1_0) {
        fmt::format_to(append, "Transfer-Encoding: chunked\r\n");
    }
}

}

std::string write_head(Response& response, HeadOptions const& options, std::string& problem)
{
    problem = find_unsafe_header(response);
    auto const status_is_possible = response.status >= 200 && response.status <= 599;
    if (problem.empty() && !status_is_possible) {
        problem = "a status outside 200 to 599";
    }
    if (!problem.empty()) {
        response = error_response(500, "internal_error", "The server could not write its answer.");
    }
    fmt::memory_buffer out;
    auto const append = std::back_inserter(out);
    fmt::format_to(append, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
        reason_phrase(response.status), options.date);
    for (auto const& header : response.headers) {
        if (!is_framing_header(header.name)) {
            fmt::format_to(append, "{}: {}\r\n", header.name, header.value);
        }
    }
    write_body_framing(out, response, options);
    if (!options.keeps_alive) {
        fmt::format_to(append, "Connection: close\r\n");
    } else if (options.is_http_1_0) {
        fmt::format_to(append, "Connection: keep-alive\r\n");
    }
    fmt::format_to(append, "\r\n");
    return fmt::to_string(out);
}

std::string format_http_date(std::int64_t unix_seconds)
{
    static constexpr std::array<char const*, 7> days { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri",
        "Sat" };
    static constexpr std::array<char const*, 12> months { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    auto const seconds_of_day = unix_seconds % 86'400;
    Date const date { static_cast<std::int32_t>(unix_seconds / 86'400) };
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[date.weekday()], date.day(),
        months[date.month() - 1], date.year(), seconds_of_day / 3'600, seconds_of_day / 60 % 60,
        seconds_of_day % 60);
}

std::string format_chunk(std::string_view bytes)
{
    return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

}
