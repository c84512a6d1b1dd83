// The HTTP/1.1 server: takes connections, reads requests within limits, hands each to the handler
// on an I/O thread and writes the answer whenever it comes, from whichever thread. Requests on one
// connection are answered in order. It knows no routes and does no work itself; see router.h and
// worker_pool.h.
#pragma once

#include "core/result.h"
#include "platform/web_api/http/message.h"
#include "platform/web_api/http/request_parser.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace cashline::http {

struct ServerLimits {
    ParserLimits parser {};
    std::chrono::milliseconds head_deadline { 15'000 };
    std::chrono::milliseconds idle { 60'000 };
    // A body, or the reading of an answer, may fall behind this rate only for the grace.
    std::size_t transfer_bytes_per_second_min { 1'024 };
    std::chrono::milliseconds transfer_grace { 15'000 };
    std::chrono::milliseconds handler { 150'000 }; // then the client gets a 504
    std::chrono::milliseconds linger { 2'000 }; // reading on after a refusal, so that it arrives
    std::size_t connections_max { 10'000 };
    std::size_t connections_per_address_max { 512 };
    std::chrono::milliseconds tick { 1'000 }; // how often deadlines are looked at
};

struct ServerOptions {
    std::string host { "127.0.0.1" };
    std::uint16_t port {}; // 0: any free one
    std::size_t threads { 1 };
    // Believe X-Forwarded-For, -Proto and -Host: only behind a proxy that sets them itself.
    bool trusts_forwarded {};
    ServerLimits limits {};
    // Asked when the head is known, before the body is read. Without it, bodies up to 1 MB are
    // taken.
    Admit admit {};
    std::function<std::string()> new_request_id {}; // a UUID; without it the system's
    std::function<void(std::string const&)> log {}; // our own mistakes, one line each
};

struct ServerFigures {
    std::uint64_t connections_open {};
    std::uint64_t connections_accepted {};
    std::uint64_t requests {};
    std::uint64_t refused {}; // by this layer: limits, malformed, overload
};

class Server {
public:
    Server(ServerOptions options, Handler handler);
    ~Server(); // stops without grace

    Result<void> start(); // "address_unavailable" when the port is taken or the host unknown
    std::uint16_t port() const;
    // Takes no more connections, lets requests in flight finish until the grace is over, ends event
    // streams, joins the threads. Answers that come later go nowhere.
    void stop(std::chrono::milliseconds grace);
    bool is_stopping() const;
    ServerFigures figures() const;

private:
    struct Machinery;
    std::unique_ptr<Machinery> m_machinery;
};

}
