// A keep-alive connection that waits for each answer: for setting up, for the chain's people and
// for asking the first question of a fresh server. The load driver (load.h) is the one for rates.
#pragma once

#include "bench/http_exchange.h"
#include "core/json.h"

#include <cstdint>

namespace cashline::bench {

// A connected TCP socket to this machine, or an error.
Result<int> connect_to(std::uint16_t port);

struct HttpAnswer {
    int status {};
    std::string head {};
    std::string body {};
    std::string header(std::string_view name) const;
};

class HttpClient {
public:
    explicit HttpClient(std::uint16_t port) : m_port(port) { }
    ~HttpClient();
    HttpClient(HttpClient const&) = delete;
    HttpClient& operator=(HttpClient const&) = delete;

    Result<HttpAnswer> send(HttpRequest const& request);

private:
    Result<HttpAnswer> exchange(std::string const& bytes);

    std::uint16_t m_port;
    int m_socket { -1 };
};

// What a program sends with each call of the Web API.
std::vector<Header> api_headers(std::string const& token);

// The Web API through one connection as one caller; anything but 2xx is an error that quotes the
// answer.
class ApiClient {
public:
    ApiClient(std::uint16_t port, std::string token) : m_http(port), m_token(std::move(token)) { }
    Result<json::Value> get(std::string const& path);
    Result<json::Value> post(std::string const& path, json::Value const& body);
    Result<json::Value> patch(std::string const& path, json::Value const& body);
    // The id of the new row, from OData-EntityId.
    Result<std::string> create(std::string const& set, json::Value const& body);

private:
    Result<HttpAnswer> call(HttpRequest request);

    HttpClient m_http;
    std::string m_token;
};

}
