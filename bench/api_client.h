// The Web API through one waiting connection as one caller: for setting up and for the chain's
// people. Anything but 2xx is an error that quotes the answer.
#pragma once

#include "bench/http_exchange.h"
#include "core/json.h"
#include "tests/load/http_client.h"

namespace cashline::bench {

inline constexpr std::string_view api_root = "/api/data/v9.2/";

class ApiClient {
public:
    ApiClient(std::uint16_t port, std::string token);
    Result<json::Value> get(std::string const& path);
    Result<json::Value> post(std::string const& path, json::Value const& body);
    Result<json::Value> patch(std::string const& path, json::Value const& body);
    // The id of the new row.
    Result<std::string> create(std::string const& set, json::Value const& body);

private:
    Result<load::Answer> call(load::Request request);

    load::HttpClient m_http;
};

// What a program sends with each call of the Web API, for requests that are written as bytes.
std::vector<Header> api_headers(std::string const& token);

}
