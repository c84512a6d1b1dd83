#include "platform/web_api/http/request_parser.h"

#include "core/check.h"
#include "core/text.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace cashline::http {

namespace {

namespace beast = boost::beast;
using ErrorCode = beast::error_code;

// A chunk's header line and the trailers are buffered whole before they are parsed.
constexpr std::size_t chunk_overhead_bytes_max = 8 * 1'024;
// Memory is set aside before the body arrives only up to here: an announced length costs nothing.
constexpr std::size_t body_reserve_max = 256 * 1'024;
constexpr std::size_t leading_line_ends_max = 4;

std::string_view as_view(beast::string_view text) { return { text.data(), text.size() }; }

}

class RequestParser::Machine final : public beast::http::basic_parser<true> {
    using Base = beast::http::basic_parser<true>;

public:
    Machine(ParserLimits const& limits, AdmitHead admit)
        : m_limits(limits)
        , m_admit(std::move(admit))
    {
        // The whole head is limited here, not line by line; lengths of bodies are known to the
        // route.
        Base::header_limit(static_cast<std::uint32_t>(m_limits.long_head_bytes_max));
        Base::body_limit(boost::none);
        Base::eager(true);
    }

    std::size_t feed(std::string_view bytes)
    {
        auto const skipped = skip_line_ends(bytes);
        bytes.remove_prefix(skipped);
        if (bytes.empty() || m_refusal) {
            return skipped;
        }
        ErrorCode error;
        auto const used = Base::put(boost::asio::buffer(bytes.data(), bytes.size()), error);
        if (error == beast::http::error::header_limit) {
            refuse_head();
        } else if (error && error != beast::http::error::need_more) {
            refuse_once(400, "malformed_request",
                "The request is not well-formed HTTP/1.1 (" + error.message() + ").");
        }
        if (!m_refusal) {
            check_sizes(bytes, bytes.size() - used);
        }
        return skipped + used;
    }

    void refuse_once(int status, std::string_view code, std::string_view message)
    {
        if (!m_refusal) {
            m_refusal = error_response(status, code, message);
        }
    }

    Request m_request {};
    std::optional<Response> m_refusal {};
    bool m_has_head {};
    bool m_expects_continue {};
    bool m_is_http_1_0 {};
    std::size_t m_skipped_line_ends {};

private:
    // Some clients send an empty line after a body; it is no part of the next request.
    std::size_t skip_line_ends(std::string_view bytes)
    {
        if (got_some()) {
            return 0;
        }
        std::size_t skipped = 0;
        while (skipped < bytes.size() && m_skipped_line_ends < leading_line_ends_max
            && (bytes[skipped] == '\r' || bytes[skipped] == '\n')) {
            ++skipped;
            ++m_skipped_line_ends;
        }
        return skipped;
    }

    void check_sizes(std::string_view bytes, std::size_t left)
    {
        if (m_has_head) {
            if (!is_done() && left > chunk_overhead_bytes_max) {
                refuse_once(
                    400, "malformed_request", "A chunk header or the trailers are too long.");
            }
            return;
        }
        auto const target = m_request.target.empty() ? target_so_far(bytes) : m_request.target;
        if (m_head_bytes + left > head_bytes_max(target)) {
            refuse_head();
        }
    }

    void refuse_head()
    {
        if (m_request.target.empty()) {
            refuse_once(414, "request_target_too_long", "The URL is too long. Use $batch.");
        }
        refuse_once(431, "request_head_too_large", "The request's headers are too large.");
    }

    // The request line is not parsed before it is complete, yet the limit depends on its path.
    static std::string_view target_so_far(std::string_view bytes)
    {
        auto const space = bytes.substr(0, 32).find(' ');
        return space == std::string_view::npos ? std::string_view {} : bytes.substr(space + 1);
    }

    std::size_t head_bytes_max(std::string_view target) const
    {
        auto const is_long = std::ranges::any_of(m_limits.long_head_prefixes,
            [&](std::string const& prefix) { return target.starts_with(prefix); });
        return is_long ? m_limits.long_head_bytes_max : m_limits.head_bytes_max;
    }

    static void stop(ErrorCode& error) { error = beast::http::error::bad_value; }

    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
        int version, ErrorCode& error) override
    {
        m_is_http_1_0 = version < 11;
        m_head_bytes =
            method.size() + target.size() + std::string_view("  HTTP/1.1\r\n\r\n").size();
        m_request.method = as_view(method);
        m_request.target = as_view(target);
        if (m_request.target.starts_with("http://") || m_request.target.starts_with("https://")) {
            use_absolute_target();
        }
        auto const is_server_wide = m_request.target == "*" && m_request.method == "OPTIONS";
        if (!m_request.target.starts_with('/') && !is_server_wide) {
            refuse_once(400, "malformed_request", "The request target must be a path.");
            return stop(error);
        }
        if (m_head_bytes > head_bytes_max(m_request.target)) {
            refuse_once(414, "request_target_too_long", "The URL is too long. Use $batch.");
            stop(error);
        }
    }

    // A proxy's form of the target; the host in it outranks the Host header (RFC 9112, 3.2.2).
    void use_absolute_target()
    {
        auto const rest = m_request.target.substr(m_request.target.find("//") + 2);
        auto const slash = std::min(rest.find_first_of("/?"), rest.size());
        m_request.host = rest.substr(0, slash);
        m_request.target = rest.substr(slash);
        if (!m_request.target.starts_with('/')) {
            m_request.target.insert(0, "/");
        }
    }

    void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
        ErrorCode& error) override
    {
        // Trailers come after the decision about the request and cannot change it.
        if (m_has_head) {
            return;
        }
        m_head_bytes += name.size() + value.size() + std::string_view(": \r\n").size();
        if (m_head_bytes > head_bytes_max(m_request.target)) {
            refuse_head();
            return stop(error);
        }
        if (m_request.headers.size() >= m_limits.headers_max) {
            refuse_once(431, "request_head_too_large", "The request has too many headers.");
            return stop(error);
        }
        auto const is_framing = field == beast::http::field::transfer_encoding
            || field == beast::http::field::content_length || field == beast::http::field::host;
        if (is_framing && m_request.headers.contains(as_view(name))) {
            refuse_once(400, "malformed_request", "A header that must be unique is repeated.");
            return stop(error);
        }
        // Anything else than exactly this leaves open where the body ends: two servers in a row may
        // disagree.
        if (field == beast::http::field::transfer_encoding
            && !text::equals_ignoring_ascii_case(as_view(value), "chunked")) {
            refuse_once(
                501, "transfer_coding_unsupported", "Only the chunked coding is understood.");
            return stop(error);
        }
        if (field == beast::http::field::content_length && as_view(value).contains(',')) {
            refuse_once(400, "malformed_request", "Content-Length must be one number.");
            return stop(error);
        }
        m_request.headers.add(as_view(name), as_view(value));
    }

    void on_header_impl(ErrorCode& error) override
    {
        m_has_head = true;
        check_head();
        if (!m_refusal) {
            auto admission = m_admit(m_request);
            m_refusal = std::move(admission.refusal);
            m_body_bytes_max = admission.body_bytes_max;
        }
        if (!m_refusal && content_length().value_or(0) > m_body_bytes_max) {
            refuse_body();
        }
        if (m_refusal) {
            return stop(error);
        }
        auto const announced = static_cast<std::size_t>(content_length().value_or(0));
        m_request.body.reserve(std::min(announced, body_reserve_max));
    }

    void check_head()
    {
        auto const& headers = m_request.headers;
        if (!m_is_http_1_0 && !headers.contains("Host")) {
            return refuse_once(400, "malformed_request", "The Host header is missing.");
        }
        if (m_is_http_1_0 && chunked()) {
            return refuse_once(400, "malformed_request", "HTTP/1.0 knows no chunked bodies.");
        }
        if (m_request.host.empty()) {
            m_request.host = headers.value("Host");
        }
        if (auto const expectation = headers.find("Expect"); expectation && !m_is_http_1_0) {
            if (!text::equals_ignoring_ascii_case(*expectation, "100-continue")) {
                return refuse_once(417, "expectation_failed", "Only 100-continue can be expected.");
            }
            m_expects_continue = true;
        }
    }

    void refuse_body()
    {
        refuse_once(413, "request_too_large",
            "The request's body is too large: at most " + std::to_string(m_body_bytes_max)
                + " bytes are taken here.");
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const&, ErrorCode&) override { }

    std::size_t on_body_impl(beast::string_view bytes, ErrorCode&) override
    {
        m_request.body += as_view(bytes);
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t size, beast::string_view, ErrorCode& error) override
    {
        if (size > m_body_bytes_max - m_request.body.size()) {
            refuse_body();
            stop(error);
        }
    }

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, ErrorCode&) override
    {
        m_request.body += as_view(bytes);
        return bytes.size();
    }

    void on_response_impl(int, beast::string_view, int, ErrorCode&) override { }
    void on_finish_impl(ErrorCode&) override { }

    ParserLimits const& m_limits;
    AdmitHead m_admit;
    std::size_t m_head_bytes {};
    std::size_t m_body_bytes_max {};
};

RequestParser::RequestParser(ParserLimits const& limits, AdmitHead admit)
    : m_machine(std::make_unique<Machine>(limits, std::move(admit)))
{
}

RequestParser::~RequestParser() = default;

std::size_t RequestParser::put(std::string_view bytes) { return m_machine->feed(bytes); }

bool RequestParser::has_started() const { return m_machine->got_some(); }

bool RequestParser::has_head() const { return m_machine->m_has_head; }

bool RequestParser::is_complete() const { return m_machine->is_done() && !m_machine->m_refusal; }

bool RequestParser::keeps_alive() const { return m_machine->keep_alive(); }

bool RequestParser::is_http_1_0() const { return m_machine->m_is_http_1_0; }

bool RequestParser::expects_continue() const
{
    return m_machine->m_expects_continue && m_machine->m_request.body.empty();
}

std::size_t RequestParser::body_bytes() const { return m_machine->m_request.body.size(); }

std::optional<Response> const& RequestParser::refusal() const { return m_machine->m_refusal; }

Request RequestParser::take_request()
{
    CHECK(is_complete());
    return std::move(m_machine->m_request);
}

}
