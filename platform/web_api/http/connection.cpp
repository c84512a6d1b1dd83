#include "platform/web_api/http/connection.h"

#include "core/check.h"
#include "core/text.h"
#include "platform/environment/environment.h"
#include "platform/web_api/http/event_channel.h"
#include "platform/web_api/http/response_writer.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <span>
#include <string_view>
#include <utility>

namespace cashline::http {

namespace {

namespace asio = boost::asio;
constexpr auto awaiting = asio::as_tuple(asio::use_awaitable);

// Idle connections are many and hold the small buffer; a body comes in larger strides.
constexpr std::size_t buffer_bytes_idle = 4 * 1'024;
constexpr std::size_t buffer_bytes_body = 64 * 1'024;
constexpr std::size_t free_bytes_min = 1'024;
constexpr std::size_t linger_bytes_max = 4 * 1'024 * 1'024;

constexpr std::string_view heartbeat_comment = ": \n\n";

std::string_view last_item(std::string_view list)
{
    auto const comma = list.rfind(',');
    return text::trim(comma == std::string_view::npos ? list : list.substr(comma + 1));
}

// A host ends up in links and redirects, so nothing but host characters may stand in it.
bool is_host(std::string_view host)
{
    return host.size() <= 255 && std::ranges::all_of(host, [](char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
            || (character >= '0' && character <= '9')
            || std::string_view(".-_:[]").contains(character);
    });
}

// The debt of one answer. Destroyed unpaid, it pays with a 500, so that no client waits for ever.
class ResponseTicket {
public:
    ResponseTicket(
        std::shared_ptr<Loop> loop, std::weak_ptr<Connection> connection, std::uint64_t exchange)
        : m_loop(std::move(loop))
        , m_connection(std::move(connection))
        , m_exchange(exchange)
    {
    }
    ResponseTicket(ResponseTicket&&) = default;
    ResponseTicket& operator=(ResponseTicket&&) = delete;
    ~ResponseTicket()
    {
        if (m_loop) {
            pay(error_response(
                500, "internal_error", "The server gave up on this request. Try again."));
        }
    }

    void operator()(Response response)
    {
        CHECK(m_loop != nullptr);
        pay(std::move(response));
    }

private:
    void pay(Response response)
    {
        auto const loop = std::exchange(m_loop, nullptr);
        auto deliver = [connection = m_connection, exchange = m_exchange,
                           answer = std::move(response)]() mutable {
            if (auto const target = connection.lock()) {
                target->deliver(exchange, std::move(answer));
            } else if (answer.events) {
                answer.events->close();
            }
        };
        asio::dispatch(loop->context, std::move(deliver));
    }

    std::shared_ptr<Loop>
        m_loop; // shared with the I/O thread, which may end before the answer comes
    std::weak_ptr<Connection> m_connection;
    std::uint64_t m_exchange;
};

// Only the entries the nearest proxy wrote can be believed: the last of each list.
void apply_forwarded(Request& request)
{
    if (auto const address = last_item(request.headers.value("X-Forwarded-For"));
        !address.empty()) {
        request.remote_address = address;
    }
    auto const scheme = last_item(request.headers.value("X-Forwarded-Proto"));
    if (scheme == "http" || scheme == "https") {
        request.scheme = scheme;
    }
    if (auto const host = last_item(request.headers.value("X-Forwarded-Host")); !host.empty()) {
        request.host = host;
    }
}

}

Connection::Connection(std::shared_ptr<Loop> const& loop, ServerShared& shared,
    std::unique_ptr<Stream> stream, std::string address)
    : m_owner(loop)
    , m_loop(*loop)
    , m_shared(shared)
    , m_stream(std::move(stream))
    , m_address(std::move(address))
    , m_wake_timer(loop->context)
{
    m_loop.connections.insert(this);
}

Connection::~Connection()
{
    m_loop.connections.erase(this);
    m_shared.leave(m_address);
}

asio::awaitable<void> Connection::run()
{
    while (co_await serve_one()) { }
    m_stream->close();
}

asio::awaitable<void> Connection::turn_away(Response refusal)
{
    m_shared.refused += 1;
    m_keeps_alive = false;
    if (co_await send(std::move(refusal))) {
        co_await linger();
    }
    m_stream->close();
}

asio::awaitable<bool> Connection::serve_one()
{
    m_request_id.clear();
    m_is_head_request = false;
    m_keeps_alive = false;
    RequestParser parser(
        m_shared.options.limits.parser, [this](Request& request) { return admit(request); });
    auto const reading = co_await read_request(parser);
    if (reading == Reading::gone && !m_has_timed_out) {
        co_return false;
    }
    if (reading != Reading::request) {
        auto refusal = parser.refusal().value_or(
            error_response(408, "request_timeout", "The request did not arrive in time."));
        co_await turn_away(std::move(refusal));
        co_return false;
    }
    m_shared.requests += 1;
    m_keeps_alive = parser.keeps_alive();
    m_is_http_1_0 = parser.is_http_1_0();
    auto request = parser.take_request();
    m_is_head_request = request.method == "HEAD";
    co_return co_await answer(std::move(request));
}

asio::awaitable<Connection::Reading> Connection::read_request(RequestParser& parser)
{
    shrink_buffer();
    enter(Phase::idle, m_shared.options.limits.idle);
    auto may_continue = true;
    for (;;) {
        if (m_in_begin < m_in_end) {
            if (m_phase == Phase::idle) {
                enter(Phase::head, m_shared.options.limits.head_deadline);
            }
            std::string_view const pending(m_in.data() + m_in_begin, m_in_end - m_in_begin);
            m_in_begin += parser.put(pending);
            if (parser.refusal()) {
                co_return Reading::refused;
            }
            if (parser.is_complete()) {
                co_return Reading::request;
            }
        }
        if (parser.has_head()) {
            note_body_progress(parser.body_bytes());
            if (std::exchange(may_continue, false) && parser.expects_continue()) {
                Stream::Pieces const pieces { continue_head, {} };
                if (!co_await m_stream->write(pieces)) {
                    co_return Reading::gone;
                }
            }
        }
        auto const is_between_requests = m_phase == Phase::idle && m_shared.is_draining;
        if (is_between_requests || !co_await fill()) {
            co_return Reading::gone;
        }
    }
}

asio::awaitable<bool> Connection::fill()
{
    if (m_in_begin == m_in_end) {
        m_in_begin = m_in_end = 0;
    }
    auto const wanted = m_phase == Phase::body ? buffer_bytes_body : buffer_bytes_idle;
    if (m_in.size() < wanted) {
        m_in.resize(wanted);
    }
    if (m_in.size() - m_in_end < free_bytes_min) {
        std::memmove(m_in.data(), m_in.data() + m_in_begin, m_in_end - m_in_begin);
        m_in_end -= std::exchange(m_in_begin, 0);
        // The parser refuses a head or a chunk line long before this grows out of hand.
        if (m_in.size() - m_in_end < free_bytes_min) {
            m_in.resize(m_in.size() * 2);
        }
    }
    std::span<char> const space(m_in.data() + m_in_end, m_in.size() - m_in_end);
    auto const count = co_await m_stream->read(space);
    m_in_end += count;
    co_return count > 0 && !m_is_aborted && !m_has_timed_out;
}

asio::awaitable<bool> Connection::answer(Request request)
{
    enter(Phase::handling, m_shared.options.limits.handler);
    m_response.reset();
    try {
        m_shared.handler(std::move(request), make_respond());
    } catch (std::exception const& problem) {
        // The answer that was owed has gone out as a 500 when it was destroyed on the way here.
        m_shared.log(std::string("A handler ended with: ") + problem.what());
    }
    while (!m_response && !m_is_aborted) {
        co_await wait(Clock::time_point::max());
    }
    m_exchange += 1;
    if (m_is_aborted) {
        co_return false;
    }
    auto response = std::move(*m_response);
    m_response.reset();
    auto const is_written = co_await send(std::move(response));
    co_return is_written&& m_keeps_alive && !m_is_aborted;
}

asio::awaitable<bool> Connection::send(Response response)
{
    if (response.status >= 400 && !response.headers.contains("REQ_ID")) {
        if (m_request_id.empty()) {
            m_request_id = m_shared.options.new_request_id();
        }
        response.headers.set("REQ_ID", m_request_id);
    }
    m_keeps_alive =
        m_keeps_alive && !response.closes_connection && !response.events && !m_shared.is_draining;
    HeadOptions const options {
        .date = m_loop.http_date(),
        .is_head_request = m_is_head_request,
        .is_http_1_0 = m_is_http_1_0,
        .keeps_alive = m_keeps_alive,
    };
    std::string problem;
    auto const head = write_head(response, options, problem);
    if (!problem.empty()) {
        m_shared.log("A response was replaced by a 500: " + problem);
    }
    auto const has_body =
        !m_is_head_request && !response.events && !response_has_no_body(response.status);
    Stream::Pieces const pieces { head, has_body ? response.content() : std::string_view {} };
    enter(Phase::writing, transfer_time(pieces[0].size() + pieces[1].size()));
    auto const is_written = co_await m_stream->write(pieces);
    if (response.events) {
        if (is_written && !m_is_head_request) {
            co_await stream_events(response.events);
        }
        response.events->close();
    }
    co_return is_written;
}

asio::awaitable<void> Connection::stream_events(std::shared_ptr<EventChannel> events)
{
    enter(Phase::streaming, m_shared.options.limits.idle);
    m_deadline = Clock::time_point::max();
    m_events = events;
    // Producers keep the channel, perhaps for longer than this connection or even the loop lives.
    events->attach([owner = m_owner, self = weak_from_this()] {
        if (auto const loop = owner.lock()) {
            asio::post(loop->context, [self] {
                if (auto const connection = self.lock()) {
                    connection->wake();
                }
            });
        }
    });
    asio::co_spawn(m_loop.context, watch_for_close(shared_from_this(), events), asio::detached);
    auto next_heartbeat = Clock::now() + events->heartbeat();
    while (!m_is_aborted) {
        auto bytes = events->take();
        if (!bytes) {
            break;
        }
        if (bytes->empty()) {
            if (co_await wait(next_heartbeat)) {
                continue;
            }
            *bytes = heartbeat_comment;
        }
        if (!co_await write_event_bytes(*bytes)) {
            break;
        }
        next_heartbeat = Clock::now() + events->heartbeat();
    }
    events->attach({});
    m_events.reset();
    Stream::Pieces const end { m_is_http_1_0 ? std::string_view {} : last_chunk, {} };
    if (!m_is_aborted) {
        co_await m_stream->write(end);
    }
}

asio::awaitable<bool> Connection::write_event_bytes(std::string_view bytes)
{
    m_deadline = Clock::now() + transfer_time(bytes.size());
    auto const framed = m_is_http_1_0 ? std::string(bytes) : format_chunk(bytes);
    Stream::Pieces const pieces { framed, {} };
    auto const is_written = co_await m_stream->write(pieces);
    m_deadline = Clock::time_point::max();
    co_return is_written;
}

// Nothing more is expected from the client of an event stream, so the only news is that it left.
asio::awaitable<void> Connection::watch_for_close(
    std::shared_ptr<Connection> self, std::shared_ptr<EventChannel> events)
{
    std::array<char, 512> ignored {};
    std::span<char> const space(ignored);
    while (co_await self->m_stream->read(space) > 0) { }
    events->close();
}

asio::awaitable<bool> Connection::wait(Clock::time_point until)
{
    if (!m_is_woken) {
        m_wake_timer.expires_at(until);
        co_await m_wake_timer.async_wait(awaiting);
    }
    co_return std::exchange(m_is_woken, false);
}

// Closing at once while the client still sends would reset the connection and destroy the answer on
// its way.
asio::awaitable<void> Connection::linger()
{
    enter(Phase::lingering, m_shared.options.limits.linger);
    m_stream->finish_sending();
    std::vector<char> ignored(buffer_bytes_body);
    std::span<char> const space(ignored);
    std::size_t total = 0;
    while (total < linger_bytes_max) {
        auto const count = co_await m_stream->read(space);
        if (count == 0) {
            co_return;
        }
        total += count;
    }
}

Admission Connection::admit(Request& request)
{
    enter(Phase::body, m_shared.options.limits.transfer_grace);
    m_request_id = m_shared.options.new_request_id();
    m_is_head_request = request.method == "HEAD";
    request.request_id = m_request_id;
    request.remote_address = m_address;
    if (m_shared.options.trusts_forwarded) {
        apply_forwarded(request);
    }
    if (!is_host(request.host)) {
        return { .refusal =
                     error_response(400, "malformed_request", "The host is not a host name.") };
    }
    return m_shared.options.admit(request);
}

void Connection::enter(Phase phase, std::chrono::milliseconds allowed)
{
    m_phase = phase;
    m_phase_started = Clock::now();
    m_deadline = m_phase_started + allowed;
}

void Connection::note_body_progress(std::size_t bytes)
{
    m_deadline = m_phase_started + transfer_time(bytes);
}

std::chrono::milliseconds Connection::transfer_time(std::size_t bytes) const
{
    auto const& limits = m_shared.options.limits;
    return limits.transfer_grace
        + std::chrono::milliseconds(bytes * 1'000 / limits.transfer_bytes_per_second_min);
}

void Connection::shrink_buffer()
{
    if (m_in_begin == m_in_end && m_in.size() > buffer_bytes_idle) {
        m_in = {};
        m_in_begin = m_in_end = 0;
    }
}

void Connection::check_deadline(Clock::time_point now)
{
    if (now < m_deadline) {
        return;
    }
    m_deadline = Clock::time_point::max();
    switch (m_phase) {
    case Phase::head:
    case Phase::body:
        m_has_timed_out = true;
        m_stream->cancel();
        return;
    case Phase::handling:
        m_shared.log("A request had no answer in time: " + m_request_id);
        deliver(m_exchange,
            error_response(
                504, "handler_timeout", "The server did not finish this request in time."));
        return;
    case Phase::idle:
    case Phase::writing:
    case Phase::streaming:
    case Phase::lingering:
        abort();
        return;
    }
}

void Connection::drain()
{
    if (m_phase == Phase::idle) {
        abort();
    }
    if (m_events) {
        m_events->close();
    }
}

void Connection::abort()
{
    m_is_aborted = true;
    m_stream->close();
    wake();
}

void Connection::wake()
{
    m_is_woken = true;
    m_wake_timer.cancel();
}

void Connection::deliver(std::uint64_t exchange, Response response)
{
    if (exchange != m_exchange || m_response || m_is_aborted) {
        if (response.events) {
            response.events->close();
        }
        return;
    }
    m_response = std::move(response);
    wake();
}

Respond Connection::make_respond()
{
    return ResponseTicket(m_owner.lock(), weak_from_this(), m_exchange);
}

}
