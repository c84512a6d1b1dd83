// One client connection as a coroutine: read a request, hand it over, write the answer, again.
// Everything runs on the connection's own I/O thread; answers from other threads are posted to it.
// Internal to this folder: it shows Asio.
#pragma once

#include "platform/web_api/http/message.h"
#include "platform/web_api/http/request_parser.h"
#include "platform/web_api/http/server.h"
#include "platform/web_api/http/stream.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cashline::http {

class Connection;
using Clock = std::chrono::steady_clock;

// What all connections of a server share. Outlives them.
struct ServerShared {
    ServerOptions options {};
    Handler handler {};
    std::atomic<bool> is_draining {};
    std::atomic<std::uint64_t> requests {};
    std::atomic<std::uint64_t> refused {};

    void log(std::string const& line) const;
    // Counts the connection in; false when this address or the server has too many.
    bool enter(std::string const& address);
    void leave(std::string const& address);
    bool wait_until_empty(std::chrono::milliseconds grace);

    std::mutex mutex {};
    std::condition_variable emptied {};
    std::unordered_map<std::string, std::size_t> open_by_address {};
    std::atomic<std::uint64_t> open {};
    std::atomic<std::uint64_t> accepted {};
};

// One I/O thread's world. Shared with every answer still owed, since those may outlive the server.
struct Loop {
    boost::asio::io_context context { 1 };
    boost::asio::steady_timer tick { context };
    std::unordered_set<Connection*> connections {}; // touched by the loop's thread only
    std::string date {}; // the Date header of this second
    std::int64_t date_second {};
    bool is_ending {};

    std::string_view http_date();
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<Loop> const& loop, ServerShared& shared,
        std::unique_ptr<Stream> stream, std::string address);
    ~Connection();

    boost::asio::awaitable<void> run();
    boost::asio::awaitable<void> turn_away(Response refusal);

    // All on the loop's thread.
    void check_deadline(Clock::time_point now);
    void drain(); // ends as soon as nothing is in flight
    void abort();
    void deliver(std::uint64_t exchange, Response response);

private:
    enum class Phase : std::uint8_t { idle, head, body, handling, writing, streaming, lingering };
    enum class Reading : std::uint8_t { request, refused, gone };

    boost::asio::awaitable<bool> serve_one();
    boost::asio::awaitable<Reading> read_request(RequestParser& parser);
    boost::asio::awaitable<bool> fill();
    boost::asio::awaitable<bool> answer(Request request);
    boost::asio::awaitable<bool> send(Response response);
    boost::asio::awaitable<void> stream_events(std::shared_ptr<EventChannel> events);
    boost::asio::awaitable<bool> write_event_bytes(std::string_view bytes);
    static boost::asio::awaitable<void> watch_for_close(
        std::shared_ptr<Connection> self, std::shared_ptr<EventChannel> events);
    boost::asio::awaitable<bool> wait(Clock::time_point until); // false when the time came first
    boost::asio::awaitable<void> linger();

    Admission admit(Request& request);
    void enter(Phase phase, std::chrono::milliseconds allowed);
    void note_body_progress(std::size_t bytes);
    void shrink_buffer();
    std::chrono::milliseconds transfer_time(std::size_t bytes) const;
    Respond make_respond();
    void wake();

    std::weak_ptr<Loop>
        m_owner; // for answers; the loop owns the connection's coroutine, not the reverse
    Loop& m_loop;
    ServerShared& m_shared;
    std::unique_ptr<Stream> m_stream;
    std::string m_address;

    std::vector<char> m_in {}; // received, not yet parsed: from m_in_begin to m_in_end
    std::size_t m_in_begin {};
    std::size_t m_in_end {};

    Phase m_phase { Phase::idle };
    Clock::time_point m_phase_started {};
    Clock::time_point m_deadline { Clock::time_point::max() };
    bool m_is_aborted {};
    bool m_has_timed_out {}; // while reading a request: answer 408

    // The exchange in progress.
    std::uint64_t m_exchange {};
    std::string m_request_id {};
    bool m_is_head_request {};
    bool m_is_http_1_0 {};
    bool m_keeps_alive {};
    std::optional<Response> m_response {};
    std::shared_ptr<EventChannel> m_events {}; // shared with its producers, while streaming
    boost::asio::steady_timer m_wake_timer;
    bool m_is_woken {};
};

}
