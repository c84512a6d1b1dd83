// A blocking HTTP client that keeps its connection: one per thread of a load. It tells apart what a
// load must tell apart: an answer that was read to its end, and a request of which nobody knows
// what became of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::load {

struct Header {
    std::string name {};
    std::string value {};
};

struct Request {
    std::string method { "GET" };
    std::string target {}; // "/api/data/v9.2/leads"
    std::string body {};
    std::string content_type { "application/json" }; // only sent with a body
    std::vector<Header> headers {};
};

struct Answer {
    int status {}; // 0: the connection ended before the whole answer was here
    std::string body {};
    std::vector<Header> headers {};

    bool is_known() const { return status != 0; }
    bool is_success() const { return status >= 200 && status < 300; }
    std::string_view header(std::string_view name) const; // empty when absent
};

class HttpClient {
public:
    // Connects to the loopback when the first request is sent.
    explicit HttpClient(std::uint16_t port);
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;

    // Sent as "Authorization: Bearer …" with every request from here on.
    void use_token(std::string token);
    // Sends at most once: a request whose answer is lost may have been carried out. A connection
    // that the server closed while it was idle is replaced before anything is sent.
    Answer send(Request const& request);
    Answer get(std::string_view target);
    Answer post(std::string_view target, std::string body);

private:
    struct Connection;
    std::unique_ptr<Connection> m_connection;
};

}
