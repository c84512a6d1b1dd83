#include "tests/load/http_client.h"

#include "core/text.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <sys/socket.h>
#include <sys/time.h>

#include <optional>

namespace cashline::load {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

// Longer than any answer takes, so that a load ends even when a server hangs.
constexpr timeval patience { .tv_sec = 60, .tv_usec = 0 };

// An idle connection has nothing to read; the end or an error means that the server left.
bool has_ended(int socket)
{
    char byte {};
    auto const count = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

}

struct HttpClient::Connection {
    explicit Connection(std::uint16_t at) : port(at) { }

    bool is_ready()
    {
        if (socket && !has_ended(socket->native_handle())) {
            return true;
        }
        boost::system::error_code failed;
        socket.emplace(context);
        buffer.clear();
        socket->connect({ asio::ip::address_v4::loopback(), port }, failed);
        if (failed) {
            socket.reset();
            return false;
        }
        socket->set_option(asio::ip::tcp::no_delay(true), failed);
        auto const native = socket->native_handle();
        ::setsockopt(native, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(native, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        return true;
    }

    Answer exchange(http::request<http::string_body> const& message)
    {
        boost::system::error_code failed;
        http::write(*socket, message, failed);
        http::response_parser<http::string_body> parser;
        parser.body_limit(boost::none);
        if (!failed) {
            http::read(*socket, buffer, parser, failed);
        }
        if (failed) {
            socket.reset();
            return {};
        }
        Answer answer { .status = static_cast<int>(parser.get().result_int()),
            .body = std::move(parser.get().body()) };
        for (auto const& field : parser.get()) {
            answer.headers.push_back(
                { std::string(field.name_string()), std::string(field.value()) });
        }
        if (!parser.get().keep_alive()) {
            socket.reset();
        }
        return answer;
    }

    std::uint16_t port;
    std::string authorization {};
    asio::io_context context {};
    std::optional<asio::ip::tcp::socket> socket {};
    boost::beast::flat_buffer buffer {};
};

std::string_view Answer::header(std::string_view name) const
{
    for (auto const& header : headers) {
        if (text::to_lower_ascii(header.name) == text::to_lower_ascii(name)) {
            return header.value;
        }
    }
    return {};
}

HttpClient::HttpClient(std::uint16_t port) : m_connection(std::make_unique<Connection>(port)) { }
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

void HttpClient::use_token(std::string token)
{
    m_connection->authorization = "Bearer " + std::move(token);
}

Answer HttpClient::send(Request const& request)
{
    auto& connection = *m_connection;
    if (!connection.is_ready()) {
        return {};
    }
    http::request<http::string_body> message;
    message.version(11);
    message.method_string(request.method);
    message.target(request.target);
    message.set(http::field::host, "127.0.0.1:" + std::to_string(connection.port));
    message.set(http::field::accept, "application/json");
    if (!connection.authorization.empty()) {
        message.set(http::field::authorization, connection.authorization);
    }
    for (auto const& header : request.headers) {
        message.set(header.name, header.value);
    }
    if (!request.body.empty()) {
        message.set(http::field::content_type, request.content_type);
        message.body() = request.body;
    }
    message.prepare_payload();
    return connection.exchange(message);
}

Answer HttpClient::get(std::string_view target) { return send({ .target = std::string(target) }); }

Answer HttpClient::post(std::string_view target, std::string body)
{
    return send({ .method = "POST", .target = std::string(target), .body = std::move(body) });
}

}
