#include "bench/api_client.h"

#include "tests/load/web_api.h"

#include <fmt/format.h>

namespace cashline::bench {

namespace {

constexpr auto json_type = "application/json; charset=utf-8";

Result<json::Value> json_of(load::Answer const& answer)
{
    return answer.body.empty() ? Result<json::Value>(json::Value {}) : json::parse(answer.body);
}

}

std::vector<Header> api_headers(std::string const& token)
{
    return { { "Authorization", "Bearer " + token }, { "Accept", "application/json" },
        { "OData-Version", "4.0" }, { "OData-MaxVersion", "4.0" }, { "Content-Type", json_type },
        { "User-Agent", "cashline-bench/1" } };
}

ApiClient::ApiClient(std::uint16_t port, std::string token) : m_http(port)
{
    m_http.use_token(std::move(token));
}

Result<load::Answer> ApiClient::call(load::Request request)
{
    request.target = std::string(api_root) + request.target;
    request.content_type = json_type;
    request.headers = { { "OData-Version", "4.0" }, { "OData-MaxVersion", "4.0" } };
    auto answer = m_http.send(request);
    if (!answer.is_success()) {
        return internal("bench_refused",
            fmt::format(
                "{} {}: {} {}", request.method, request.target, answer.status, answer.body));
    }
    return answer;
}

Result<json::Value> ApiClient::get(std::string const& path)
{
    return json_of(TRY(call({ .target = path })));
}

Result<json::Value> ApiClient::post(std::string const& path, json::Value const& body)
{
    return json_of(TRY(call({ .method = "POST", .target = path, .body = body.to_string() })));
}

Result<json::Value> ApiClient::patch(std::string const& path, json::Value const& body)
{
    return json_of(TRY(call({ .method = "PATCH", .target = path, .body = body.to_string() })));
}

Result<std::string> ApiClient::create(std::string const& set, json::Value const& body)
{
    auto const answer = TRY(call({ .method = "POST", .target = set, .body = body.to_string() }));
    auto id = load::created_id(answer);
    return id.empty() ? internal("bench_no_id", "A new row came without its address.")
                      : Result<std::string>(std::move(id));
}

}
