// Which code answers which path: the longest registered prefix wins, at borders of path segments
// and ignoring ASCII case, as clients of the Web API expect. Decides from the head alone how large
// a body may be and whether the server is too busy, and carries the request to a worker.
#pragma once

#include "platform/web_api/http/message.h"
#include "platform/web_api/http/worker_pool.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::http {

inline constexpr std::size_t json_body_bytes_max = 1'024 * 1'024;
inline constexpr std::size_t upload_body_bytes_max = 64 * 1'024 * 1'024;

struct Route {
    std::string
        prefix {}; // "/shop" answers "/shop", "/shop/…" and not "/shopping"; "/" answers the rest
    Handler handler {};
    // Nothing: on the I/O thread, only for answers from memory that never block.
    std::optional<WorkClass> work { WorkClass::interactive };
    std::size_t body_bytes_max { json_body_bytes_max };
    // For routes whose limit depends on the request; wins over body_bytes_max.
    std::function<std::size_t(Request const&)> body_limit {};
};

class Router {
public:
    // The pool outlives the router. `log` hears what a handler threw.
    explicit Router(WorkerPool& pool, std::function<void(std::string const&)> log = {});

    void add(Route route); // before the server starts
    Admission admit(Request const& request) const;
    void handle(Request request, Respond respond) const;

private:
    std::shared_ptr<Route const> find(std::string_view path) const;
    void run(Route const& route, Request request, Respond respond) const;

    WorkerPool& m_pool;
    std::function<void(std::string const&)> m_log;
    std::vector<std::shared_ptr<Route const>> m_routes {}; // longest first; tasks share them
};

// A handler for code that has its answer when it returns.
Handler answer_with(std::function<Response(Request const&)> function);
Response busy_response(); // 503 with Retry-After

}
