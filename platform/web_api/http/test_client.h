// A small blocking HTTP client for tests: whole requests, or any bytes in any pieces. It is
// compiled into test programs only. Every wait ends after ten seconds, as a failure.
#pragma once

#include "platform/web_api/http/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cashline::http {

struct TestAnswer {
    int status {};
    Headers headers {};
    std::string body {};
};

class TestClient {
public:
    explicit TestClient(std::uint16_t port);
    ~TestClient();
    TestClient(TestClient const&) = delete;
    TestClient& operator=(TestClient const&) = delete;

    // Sends one request with Host and Content-Length and waits for its answer; status 0 when none
    // came.
    TestAnswer call(std::string_view method, std::string_view target, std::string_view body = {},
        Headers const& headers = {});
    TestAnswer get(std::string_view target, Headers const& headers = {})
    {
        return call("GET", target, {}, headers);
    }

    bool send(std::string_view bytes);
    // The next answer with its whole body; nothing when the connection ended before that.
    std::optional<TestAnswer> receive(bool is_answer_to_head = false);
    std::optional<TestAnswer> receive_head(); // leaves the body
    std::optional<std::string> receive_chunk(); // of a chunked body; empty for the last one
    bool is_closed_by_server(); // waits for the end; false when bytes come instead
    void finish_sending();
    void close();
    void reset(); // closes so that the server sees an error instead of an end

private:
    bool fill();
    std::optional<std::string> take_line();
    std::optional<std::string> take(std::size_t count);

    int m_socket { -1 };
    std::string m_in {};
};

}
