#include "bench/http_client.h"

#include "core/text.h"

#include <arpa/inet.h>
#include <array>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cashline::bench {

namespace {

constexpr std::string_view api_root = "/api/data/v9.2/";

Result<json::Value> document_of(HttpAnswer const& answer)
{
    return answer.body.empty() ? json::Value {} : TRY(json::parse(answer.body));
}

bool write_all(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

}

Result<int> connect_to(std::uint16_t port)
{
    auto const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket < 0
        || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return internal("bench_no_connection", fmt::format("Port {} does not answer.", port));
    }
    int const on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

std::string HttpAnswer::header(std::string_view name) const
{
    ResponseReader reader;
    reader.put(head);
    return std::string(reader.header(name));
}

HttpClient::~HttpClient()
{
    if (m_socket >= 0) {
        ::close(m_socket);
    }
}

Result<HttpAnswer> HttpClient::send(HttpRequest const& request)
{
    auto const bytes = to_bytes(request);
    bool const was_open = m_socket >= 0;
    auto answer = exchange(bytes);
    // The server may have closed a connection that was idle for long.
    if (!answer && was_open) {
        answer = exchange(bytes);
    }
    return answer;
}

Result<HttpAnswer> HttpClient::exchange(std::string const& bytes)
{
    if (m_socket < 0) {
        m_socket = TRY(connect_to(m_port));
    }
    ResponseReader reader;
    bool is_fine = write_all(m_socket, bytes);
    std::array<char, 65'536> space {};
    while (is_fine && !reader.is_complete()) {
        auto const count = ::recv(m_socket, space.data(), space.size(), 0);
        is_fine = count > 0;
        if (is_fine) {
            reader.put({ space.data(), static_cast<std::size_t>(count) });
        }
    }
    if (!is_fine) {
        ::close(std::exchange(m_socket, -1));
        return internal("bench_no_answer", "The server closed the connection.");
    }
    return HttpAnswer { reader.status(), reader.head(), reader.take_body() };
}

std::vector<Header> api_headers(std::string const& token)
{
    return { { "Authorization", "Bearer " + token }, { "Accept", "application/json" },
        { "OData-Version", "4.0" }, { "OData-MaxVersion", "4.0" },
        { "Content-Type", "application/json; charset=utf-8" },
        { "User-Agent", "cashline-bench/1" } };
}

Result<HttpAnswer> ApiClient::call(HttpRequest request)
{
    request.target = std::string(api_root) + request.target;
    request.headers = api_headers(m_token);
    auto answer = TRY(m_http.send(request));
    if (answer.status < 200 || answer.status > 299) {
        return internal("bench_refused",
            fmt::format(
                "{} {}: {} {}", request.method, request.target, answer.status, answer.body));
    }
    return answer;
}

Result<json::Value> ApiClient::get(std::string const& path)
{
    return document_of(TRY(call({ .target = path })));
}

Result<json::Value> ApiClient::post(std::string const& path, json::Value const& body)
{
    return document_of(TRY(call({ .method = "POST", .target = path, .body = body.to_string() })));
}

Result<json::Value> ApiClient::patch(std::string const& path, json::Value const& body)
{
    return document_of(TRY(call({ .method = "PATCH", .target = path, .body = body.to_string() })));
}

Result<std::string> ApiClient::create(std::string const& set, json::Value const& body)
{
    auto const answer = TRY(call({ .method = "POST", .target = set, .body = body.to_string() }));
    auto const address = answer.header("OData-EntityId");
    auto const open = address.rfind('(');
    if (open == std::string::npos) {
        return internal("bench_no_id", "A new row came without its address.");
    }
    return address.substr(open + 1, address.size() - open - 2);
}

}
