#include "platform/web_api/http/server.h"

#include "core/check.h"
#include "core/time.h"
#include "platform/environment/environment.h"
#include "platform/web_api/http/connection.h"
#include "platform/web_api/http/response_writer.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <future>
#include <thread>
#include <utility>
#include <vector>

namespace cashline::http {

namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
constexpr auto awaiting = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t body_bytes_default = 1'024 * 1'024;
constexpr std::size_t threads_max = 4;
constexpr int backlog = 1'024;
// Out of file descriptors: wait for some connection to end instead of spinning.
constexpr std::chrono::milliseconds accept_pause { 50 };

ServerOptions complete(ServerOptions options)
{
    if (!options.admit) {
        options.admit = [](Request const&) {
            return Admission { .body_bytes_max = body_bytes_default };
        };
    }
    if (!options.new_request_id) {
        options.new_request_id = [] { return system_environment().new_id().to_string(); };
    }
    options.threads = std::clamp<std::size_t>(options.threads, 1, threads_max);
    return options;
}

void report(ServerShared const& shared, std::exception_ptr const& problem)
{
    if (!problem) {
        return;
    }
    try {
        std::rethrow_exception(problem);
    } catch (std::exception const& error) {
        shared.log(std::string("A connection ended with: ") + error.what());
    }
}

asio::awaitable<void> run_connection(std::shared_ptr<Connection> connection, bool is_welcome)
{
    if (is_welcome) {
        co_await connection->run();
        co_return;
    }
    auto refusal = error_response(
        503, "too_many_connections", "Too many connections are open. Try again in a moment.");
    refusal.headers.add("Retry-After", "1");
    co_await connection->turn_away(std::move(refusal));
}

}

void ServerShared::log(std::string const& line) const
{
    if (options.log) {
        options.log(line);
    }
}

bool ServerShared::enter(std::string const& address)
{
    std::scoped_lock const lock(mutex);
    ++accepted;
    ++open;
    auto const at_address = ++open_by_address[address];
    // Behind a proxy every connection has its address; the proxy is the one to limit.
    auto const is_address_fine =
        options.trusts_forwarded || at_address <= options.limits.connections_per_address_max;
    return is_address_fine && open <= options.limits.connections_max;
}

void ServerShared::leave(std::string const& address)
{
    std::scoped_lock const lock(mutex);
    auto const found = open_by_address.find(address);
    VERIFY(found != open_by_address.end());
    if (--found->second == 0) {
        open_by_address.erase(found);
    }
    if (--open == 0) {
        emptied.notify_all();
    }
}

bool ServerShared::wait_until_empty(std::chrono::milliseconds grace)
{
    std::unique_lock lock(mutex);
    return emptied.wait_for(lock, grace, [this] { return open == 0; });
}

std::string_view Loop::http_date()
{
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    auto const second = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    if (second != date_second || date.empty()) {
        date_second = second;
        date = format_http_date(second);
    }
    return date;
}

struct Server::Machinery {
    // The guard keeps the loop running while no connection is open.
    struct Thread {
        explicit Thread(std::shared_ptr<Loop> owned)
            : loop(std::move(owned))
            , guard(loop->context.get_executor())
        {
        }

        std::shared_ptr<Loop> loop; // shared with answers still owed
        asio::executor_work_guard<asio::io_context::executor_type> guard;
        std::thread thread {};
    };

    ServerShared shared {};
    std::vector<std::unique_ptr<Thread>> threads {};
    std::unique_ptr<Tcp::acceptor> acceptor {};
    std::uint16_t port {};
    std::size_t next_thread {};

    Result<void> listen();
    asio::awaitable<void> accept_connections();
    void take(std::shared_ptr<Loop> const& loop, Tcp::socket socket);
    asio::awaitable<void> watch_deadlines(std::shared_ptr<Loop> loop);
    void run(Loop& loop);
    void stop(std::chrono::milliseconds grace);
};

Result<void> Server::Machinery::listen()
{
    auto& context = threads.front()->loop->context;
    boost::system::error_code error;
    Tcp::resolver resolver(context);
    auto const found = resolver.resolve(shared.options.host, std::to_string(shared.options.port),
        Tcp::resolver::passive | Tcp::resolver::numeric_service, error);
    if (error || found.empty()) {
        return refuse(Fault::unavailable, "address_unavailable",
            "The host " + shared.options.host + " cannot be listened on: " + error.message());
    }
    auto const endpoint = found.begin()->endpoint();
    acceptor = std::make_unique<Tcp::acceptor>(context);
    auto const note = [&](auto const& step) {
        if (!error) {
            step();
        }
    };
    note([&] { acceptor->open(endpoint.protocol(), error); });
    note([&] { acceptor->set_option(Tcp::acceptor::reuse_address(true), error); });
    note([&] { acceptor->bind(endpoint, error); });
    note([&] { acceptor->listen(backlog, error); });
    if (error) {
        acceptor.reset();
        return refuse(Fault::unavailable, "address_unavailable",
            "Port " + std::to_string(shared.options.port) + " cannot be used: " + error.message()
                + ". Choose another with --port.");
    }
    port = acceptor->local_endpoint().port();
    return {};
}

asio::awaitable<void> Server::Machinery::accept_connections()
{
    asio::steady_timer pause(acceptor->get_executor());
    while (acceptor->is_open()) {
        auto const& loop = threads[next_thread]->loop;
        auto& context = loop->context;
        auto [error, socket] = co_await acceptor->async_accept(context, awaiting);
        if (!acceptor->is_open()) {
            co_return;
        }
        if (error) {
            pause.expires_after(accept_pause);
            co_await pause.async_wait(awaiting);
            continue;
        }
        next_thread = (next_thread + 1) % threads.size();
        take(loop, std::move(socket));
    }
}

void Server::Machinery::take(std::shared_ptr<Loop> const& loop, Tcp::socket socket)
{
    boost::system::error_code error;
    auto const peer = socket.remote_endpoint(error);
    if (error) {
        return;
    }
    socket.set_option(Tcp::no_delay(true), error);
    auto address = peer.address().to_string();
    auto const is_welcome = shared.enter(address);
    auto begin = [this, loop, is_welcome, address = std::move(address),
                     stream = make_plain_stream(std::move(socket))]() mutable {
        auto connection =
            std::make_shared<Connection>(loop, shared, std::move(stream), std::move(address));
        auto coroutine = run_connection(std::move(connection), is_welcome);
        asio::co_spawn(loop->context, std::move(coroutine),
            [this](std::exception_ptr const& problem) { report(shared, problem); });
    };
    asio::post(loop->context, std::move(begin));
}

asio::awaitable<void> Server::Machinery::watch_deadlines(std::shared_ptr<Loop> loop)
{
    while (!loop->is_ending) {
        loop->tick.expires_after(shared.options.limits.tick);
        co_await loop->tick.async_wait(awaiting);
        auto const now = Clock::now();
        for (auto* const connection : loop->connections) {
            connection->check_deadline(now);
        }
    }
}

void Server::Machinery::run(Loop& loop)
{
    for (;;) {
        try {
            loop.context.run();
            return;
        } catch (std::exception const& problem) {
            shared.log(std::string("An I/O thread met: ") + problem.what());
        }
    }
}

void Server::Machinery::stop(std::chrono::milliseconds grace)
{
    if (!acceptor || shared.is_draining.exchange(true)) {
        return;
    }
    // Once the acceptor is closed, every accepted connection stands in its loop's queue before our
    // calls.
    std::promise<void> closed;
    asio::post(threads.front()->loop->context, [&] {
        boost::system::error_code ignored;
        acceptor->close(ignored);
        closed.set_value();
    });
    closed.get_future().wait();
    auto const tell_all = [this](auto const& what) {
        for (auto const& thread : threads) {
            asio::post(thread->loop->context, [what, loop = thread->loop] {
                for (auto* const connection : loop->connections) {
                    what(*connection);
                }
            });
        }
    };
    tell_all([](Connection& connection) { connection.drain(); });
    if (!shared.wait_until_empty(grace)) {
        shared.log("Stopping: some requests were cut off after the grace.");
    }
    tell_all([](Connection& connection) { connection.abort(); });
    for (auto const& thread : threads) {
        asio::post(thread->loop->context, [loop = thread->loop] {
            loop->is_ending = true;
            loop->tick.cancel();
        });
        thread->guard.reset();
    }
    for (auto const& thread : threads) {
        thread->thread.join();
    }
}

Server::Server(ServerOptions options, Handler handler) : m_machinery(std::make_unique<Machinery>())
{
    m_machinery->shared.options = complete(std::move(options));
    m_machinery->shared.handler = std::move(handler);
}

Server::~Server() { stop(std::chrono::milliseconds { 0 }); }

Result<void> Server::start()
{
    auto& machinery = *m_machinery;
    VERIFY(!machinery.acceptor);
    machinery.threads.clear();
    for (std::size_t index = 0; index < machinery.shared.options.threads; ++index) {
        machinery.threads.push_back(std::make_unique<Machinery::Thread>(std::make_shared<Loop>()));
    }
    TRY(machinery.listen());
    auto const on_end = [&machinery](std::exception_ptr const& problem) {
        report(machinery.shared, problem);
    };
    auto& first = machinery.threads.front()->loop->context;
    asio::co_spawn(first, machinery.accept_connections(), on_end);
    for (auto const& thread : machinery.threads) {
        asio::co_spawn(thread->loop->context, machinery.watch_deadlines(thread->loop), on_end);
        thread->thread = std::thread([&machinery, &thread] { machinery.run(*thread->loop); });
    }
    return {};
}

std::uint16_t Server::port() const { return m_machinery->port; }

void Server::stop(std::chrono::milliseconds grace) { m_machinery->stop(grace); }

bool Server::is_stopping() const { return m_machinery->shared.is_draining; }

ServerFigures Server::figures() const
{
    auto const& shared = m_machinery->shared;
    return {
        .connections_open = shared.open,
        .connections_accepted = shared.accepted,
        .requests = shared.requests,
        .refused = shared.refused,
    };
}

}
