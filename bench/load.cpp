#include "bench/load.h"

#include "bench/http_exchange.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <memory>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cashline::bench {

namespace {

using Clock = std::chrono::steady_clock;

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

class Driver {
public:
    explicit Driver(LoadOptions const& options) : m_options(options) { }
    ~Driver()
    {
        for (auto const& client : m_clients) {
            ::close(client->socket);
        }
        ::close(m_epoll);
    }
    Driver(Driver const&) = delete;
    Driver& operator=(Driver const&) = delete;

    Result<LoadResult> run()
    {
        TRY(connect_all());
        for (auto& client : m_clients) {
            TRY(send_next(*client));
        }
        m_begin = Clock::now() + m_options.warm_up;
        m_end = m_begin + m_options.duration;
        std::array<epoll_event, 64> events {};
        while (Clock::now() < m_end) {
            auto const count = ::epoll_wait(m_epoll, events.data(), events.size(), 100);
            for (int index = 0; index < count; ++index) {
                TRY(receive(
                    *static_cast<Client*>(events[static_cast<std::size_t>(index)].data.ptr)));
            }
        }
        return summary();
    }

private:
    struct Client {
        int socket {};
        Clock::time_point sent_at {};
        ResponseReader reader {};
    };

    Result<void> connect_all()
    {
        for (int number = 0; number < m_options.clients; ++number) {
            auto client = std::make_unique<Client>();
            client->socket = TRY(connect_to(m_options.port));
            epoll_event event {};
            event.events = EPOLLIN;
            event.data.ptr = client.get();
            ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, client->socket, &event);
            m_clients.push_back(std::move(client));
        }
        return {};
    }

    // Requests are small: the socket's buffer takes each whole.
    Result<void> send_next(Client& client)
    {
        auto const bytes = m_options.next_request();
        client.reader.begin_next();
        client.sent_at = Clock::now();
        auto const sent = ::send(client.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent != static_cast<ssize_t>(bytes.size())) {
            return internal("bench_no_connection", "A request could not be sent.");
        }
        return {};
    }

    Result<void> receive(Client& client)
    {
        auto const count = ::recv(client.socket, m_space.data(), m_space.size(), MSG_DONTWAIT);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            return {};
        }
        if (count <= 0) {
            return internal("bench_no_answer", "The server closed a connection.");
        }
        client.reader.put({ m_space.data(), static_cast<std::size_t>(count) });
        if (!client.reader.is_complete()) {
            return {};
        }
        auto const now = Clock::now();
        auto const status = client.reader.status();
        if (status < 200 || status > 299) {
            return internal(
                "bench_refused", fmt::format("Answer {}: {}", status, client.reader.body()));
        }
        if (now >= m_begin && now < m_end) {
            m_latencies_ms.push_back(
                std::chrono::duration<double, std::milli>(now - client.sent_at).count());
            m_body_bytes += client.reader.body_bytes();
            ++m_by_quarter[static_cast<std::size_t>(
                (now - m_begin) * quarters / m_options.duration)];
        }
        return send_next(client);
    }

    Result<LoadResult> summary()
    {
        if (m_latencies_ms.empty()) {
            return internal("bench_no_answer", "No answer came in the time of the measurement.");
        }
        auto const count = static_cast<double>(m_latencies_ms.size());
        auto const seconds = std::chrono::duration<double>(m_options.duration).count();
        return LoadResult { .count = static_cast<std::int64_t>(m_latencies_ms.size()),
            .seconds = seconds,
            .rate = count / seconds,
            .rate_slowest = std::ranges::min(m_by_quarter) * quarters / seconds,
            .rate_fastest = std::ranges::max(m_by_quarter) * quarters / seconds,
            .p50_ms = percentile(m_latencies_ms, 0.5),
            .p99_ms = percentile(m_latencies_ms, 0.99),
            .max_ms = m_latencies_ms.back(),
            .body_bytes = static_cast<double>(m_body_bytes) / count };
    }

    static constexpr int quarters = 4;

    LoadOptions const& m_options;
    int m_epoll { ::epoll_create1(EPOLL_CLOEXEC) };
    std::vector<std::unique_ptr<Client>> m_clients {};
    std::array<char, 262'144> m_space {};
    Clock::time_point m_begin {};
    Clock::time_point m_end {};
    std::vector<double> m_latencies_ms {};
    std::array<double, quarters> m_by_quarter {};
    std::size_t m_body_bytes {};
};

}

double percentile(std::vector<double>& values, double part)
{
    std::ranges::sort(values);
    auto const at = static_cast<std::size_t>(part * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

Result<LoadResult> run_load(LoadOptions const& options)
{
    return std::make_unique<Driver>(options)->run();
}

}
