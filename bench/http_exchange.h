// The client's half of HTTP/1.1 without sockets: a request as bytes, and a reader that is fed
// whatever arrives. Answers come with Content-Length or without a body; nothing else is expected of
// the server.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cashline::bench {

struct Header {
    std::string name {};
    std::string value {};
};

struct HttpRequest {
    std::string method { "GET" };
    std::string target {};
    std::vector<Header> headers {};
    std::string body {};
};

std::string to_bytes(HttpRequest const& request);

class ResponseReader {
public:
    // Takes what belongs to this answer and says how many bytes that were.
    std::size_t put(std::string_view bytes);
    bool is_complete() const { return m_has_head && m_body_bytes == m_body_length; }
    int status() const { return m_status; }
    std::size_t body_bytes() const { return m_body_bytes; }
    std::string const& head() const { return m_head; }
    std::string const& body() const { return m_body; }
    std::string take_body() { return std::move(m_body); }
    // The first header of this name, ignoring case; empty when absent.
    std::string_view header(std::string_view name) const;
    void begin_next();

private:
    void read_head();

    std::string m_head {};
    std::string m_body {};
    std::size_t m_body_length {};
    std::size_t m_body_bytes {};
    int m_status {};
    bool m_has_head {};
};

}
