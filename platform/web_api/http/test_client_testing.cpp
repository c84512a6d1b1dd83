#include "platform/web_api/http/test_client.h"

#include "core/text.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <utility>

namespace cashline::http {

namespace {

template<class Number>
Number parse_number(std::string_view text, int base)
{
    Number number {};
    std::from_chars(text.data(), text.data() + text.size(), number, base);
    return number;
}

}

TestClient::TestClient(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval const patience { .tv_sec = 10, .tv_usec = 0 };
    setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::connect(m_socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) {
        close();
    }
}

TestClient::~TestClient() { close(); }

TestAnswer TestClient::call(
    std::string_view method, std::string_view target, std::string_view body, Headers const& headers)
{
    auto request = std::string(method).append(" ").append(target).append(" HTTP/1.1\r\n");
    if (!headers.contains("Host")) {
        request += "Host: localhost\r\n";
    }
    for (auto const& header : headers) {
        request += header.name + ": " + header.value + "\r\n";
    }
    if (!body.empty() || method != "GET") {
        request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    request.append("\r\n").append(body);
    // A server may answer and close before it has read everything.
    send(request);
    return receive(method == "HEAD").value_or(TestAnswer {});
}

bool TestClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<TestAnswer> TestClient::receive_head()
{
    auto const status_line = take_line();
    if (!status_line || !status_line->starts_with("HTTP/1.1 ")) {
        return std::nullopt;
    }
    TestAnswer answer { .status = parse_number<int>(status_line->substr(9, 3), 10) };
    for (;;) {
        auto const line = take_line();
        if (!line) {
            return std::nullopt;
        }
        if (line->empty()) {
            return answer;
        }
        auto const colon = line->find(':');
        answer.headers.add(line->substr(0, colon), text::trim(line->substr(colon + 1)));
    }
}

std::optional<TestAnswer> TestClient::receive(bool is_answer_to_head)
{
    auto answer = receive_head();
    if (!answer || is_answer_to_head || response_has_no_body(answer->status)) {
        return answer;
    }
    if (answer->headers.has_token("Transfer-Encoding", "chunked")) {
        for (;;) {
            auto const chunk = receive_chunk();
            if (!chunk) {
                return std::nullopt;
            }
            if (chunk->empty()) {
                return answer;
            }
            answer->body += *chunk;
        }
    }
    auto const length = answer->headers.find("Content-Length");
    if (!length) {
        while (fill()) { }
        answer->body = std::exchange(m_in, {});
        return answer;
    }
    auto body = take(parse_number<std::size_t>(*length, 10));
    if (!body) {
        return std::nullopt;
    }
    answer->body = std::move(*body);
    return answer;
}

std::optional<std::string> TestClient::receive_chunk()
{
    auto const size_line = take_line();
    if (!size_line) {
        return std::nullopt;
    }
    auto chunk = take(parse_number<std::size_t>(*size_line, 16));
    if (!chunk || !take_line()) {
        return std::nullopt;
    }
    return chunk;
}

bool TestClient::is_closed_by_server()
{
    return m_in.empty() && !fill() && errno != EAGAIN && errno != EWOULDBLOCK;
}

void TestClient::finish_sending() { ::shutdown(m_socket, SHUT_WR); }

void TestClient::close()
{
    if (m_socket >= 0) {
        ::close(m_socket);
        m_socket = -1;
    }
}

void TestClient::reset()
{
    linger const at_once { .l_onoff = 1, .l_linger = 0 };
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

bool TestClient::fill()
{
    std::array<char, 16 * 1'024> buffer {};
    errno = 0;
    auto const count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) {
        return false;
    }
    m_in.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<std::string> TestClient::take_line()
{
    for (;;) {
        auto const end = m_in.find("\r\n");
        if (end != std::string::npos) {
            auto line = m_in.substr(0, end);
            m_in.erase(0, end + 2);
            return line;
        }
        if (!fill()) {
            return std::nullopt;
        }
    }
}

std::optional<std::string> TestClient::take(std::size_t count)
{
    while (m_in.size() < count) {
        if (!fill()) {
            return std::nullopt;
        }
    }
    auto bytes = m_in.substr(0, count);
    m_in.erase(0, count);
    return bytes;
}

}
