// Bytes in, one request out; no sockets. Wraps Beast's strict parser and adds what it leaves open:
// limits on the whole head and the body, one Host, one framing of the body, trailers thrown away.
// A refusal carries the answer to send before the connection is closed.
#pragma once

#include "platform/web_api/http/message.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace cashline::http {

struct ParserLimits {
    std::size_t head_bytes_max { 16 * 1'024 };
    // Queries of the Web API may be 32 KB long; these paths get the longer limit.
    std::size_t long_head_bytes_max { 64 * 1'024 };
    std::vector<std::string> long_head_prefixes { "/api/", "/data/" };
    std::size_t headers_max { 100 };
};

class RequestParser {
public:
    // `admit` is asked once the head is complete; it may fill in what the connection knows about
    // the client.
    using AdmitHead = std::function<Admission(Request&)>;

    RequestParser(ParserLimits const& limits, AdmitHead admit);
    ~RequestParser();

    // How many bytes were used. The rest must come again, with more behind it; once complete the
    // rest belongs to the next request.
    std::size_t put(std::string_view bytes);

    bool has_started() const; // at least one byte of a request
    bool has_head() const;
    bool is_complete() const;
    bool keeps_alive() const;
    bool is_http_1_0() const;
    bool expects_continue() const; // the client waits for "100 Continue" before it sends the body
    std::size_t body_bytes() const;
    std::optional<Response> const& refusal() const;
    Request take_request();

private:
    class Machine;
    std::unique_ptr<Machine> m_machine;
};

}
