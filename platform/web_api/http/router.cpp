#include "platform/web_api/http/router.h"

#include "core/text.h"
#include "platform/web_api/http/compression.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace cashline::http {

namespace {

bool matches(std::string_view prefix, std::string_view path)
{
    if (prefix == "/") {
        return true;
    }
    if (!text::equals_ignoring_ascii_case(path.substr(0, prefix.size()), prefix)) {
        return false;
    }
    return path.size() == prefix.size() || prefix.ends_with('/') || path[prefix.size()] == '/';
}

// Compression belongs to the worker that made the body. Answers from a store's writer thread are
// small and that thread has better things to do.
Respond compressing(Request const& request, Respond respond)
{
    auto accept_encoding = std::string(request.headers.value("Accept-Encoding"));
    return [accept_encoding = std::move(accept_encoding), respond = std::move(respond)](
               Response response) mutable {
        if (WorkerPool::is_worker_thread()) {
            compress_response(accept_encoding, response);
        }
        respond(std::move(response));
    };
}

}

Router::Router(WorkerPool& pool, std::function<void(std::string const&)> log)
    : m_pool(pool)
    , m_log(std::move(log))
{
}

void Router::add(Route route)
{
    m_routes.push_back(std::make_shared<Route const>(std::move(route)));
    std::ranges::stable_sort(m_routes, std::greater {},
        [](std::shared_ptr<Route const> const& known) { return known->prefix.size(); });
}

Admission Router::admit(Request const& request) const
{
    auto const route = find(request.path());
    if (!route) {
        return { .body_bytes_max = json_body_bytes_max };
    }
    if (route->work == WorkClass::interactive && m_pool.is_overloaded()) {
        return { .refusal = busy_response() };
    }
    return { .body_bytes_max =
                 route->body_limit ? route->body_limit(request) : route->body_bytes_max };
}

void Router::handle(Request request, Respond respond) const
{
    auto const route = find(request.path());
    if (!route) {
        auto const segment = std::string(request.path());
        return respond(error_response(
            404, "0x8006088a", "Resource not found for the segment '" + segment + "'."));
    }
    if (!route->work) {
        return run(*route, std::move(request), std::move(respond));
    }
    // The answer stays outside the task until the task is taken, so that a full queue can be told.
    auto parcel = std::make_shared<std::pair<Request, Respond>>(std::move(request), Respond {});
    parcel->second = compressing(parcel->first, std::move(respond));
    auto const is_taken = m_pool.submit(
        [this, route, parcel] { run(*route, std::move(parcel->first), std::move(parcel->second)); },
        *route->work);
    if (!is_taken) {
        parcel->second(busy_response());
    }
}

void Router::run(Route const& route, Request request, Respond respond) const
{
    auto const request_id = request.request_id;
    try {
        route.handler(std::move(request), std::move(respond));
    } catch (std::exception const& problem) {
        // The answer was destroyed on the way here and has become a 500.
        if (m_log) {
            m_log("Request " + request_id + " ended with: " + problem.what());
        }
    }
}

std::shared_ptr<Route const> Router::find(std::string_view path) const
{
    auto const found = std::ranges::find_if(m_routes,
        [&](std::shared_ptr<Route const> const& route) { return matches(route->prefix, path); });
    return found == m_routes.end() ? nullptr : *found;
}

Handler answer_with(std::function<Response(Request const&)> function)
{
    return [function = std::move(function)](
               Request request, Respond respond) { respond(function(request)); };
}

Response busy_response()
{
    auto response =
        error_response(503, "server_busy", "The server is busy. Try again in a few seconds.");
    response.headers.add("Retry-After", "2");
    return response;
}

}
