#include "platform/store/reader_pool.h"

#include "core/check.h"

namespace cashline {

class ReaderPool::Borrowed final : public Snapshot {
public:
    Borrowed(ReaderPool& pool, std::unique_ptr<DriverConnection> connection)
        : m_pool(pool)
        , m_connection(std::move(connection))
        , m_sql(*m_connection)
    {
    }
    ~Borrowed() override
    {
        auto const ended = m_connection->end_read();
        m_pool.give_back(ended ? std::move(m_connection) : nullptr);
    }
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;
    SqlConnection& sql() override { return m_sql; }

private:
    ReaderPool& m_pool;
    std::unique_ptr<DriverConnection> m_connection;
    GuardedConnection m_sql;
};

ReaderPool::ReaderPool(int connections_max, Open open, std::chrono::milliseconds wait_max)
    : m_open(std::move(open))
    , m_connections_max(std::max(1, connections_max))
    , m_wait_max(wait_max)
{
}

ReaderPool::~ReaderPool() { VERIFY(m_borrowed == 0); }

Result<std::unique_ptr<Snapshot>> ReaderPool::read()
{
    for (;;) {
        auto connection = TRY(take());
        bool const fresh = connection == nullptr;
        if (fresh) {
            auto opened = m_open();
            if (!opened) {
                give_back(nullptr);
                return std::unexpected(opened.error());
            }
            connection = *std::move(opened);
        }
        auto begun = connection->begin_read();
        if (begun) {
            return std::make_unique<Borrowed>(*this, std::move(connection));
        }
        // An idle connection may have died unnoticed; only a new one says that the database is
        // away.
        give_back(nullptr);
        if (fresh) {
            return std::unexpected(begun.error());
        }
    }
}

// An idle connection, or none with the right to open one.
Result<std::unique_ptr<DriverConnection>> ReaderPool::take()
{
    std::unique_lock lock(m_mutex);
    bool const free = m_returned.wait_for(
        lock, m_wait_max, [this] { return m_stopped || m_borrowed < m_connections_max; });
    if (m_stopped) {
        return refuse(Fault::unavailable, "store_stopped", "The server is stopping.");
    }
    if (!free) {
        return refuse(Fault::unavailable, "store_busy", "Too many reads are running. Try again.");
    }
    ++m_borrowed;
    std::unique_ptr<DriverConnection> connection;
    if (!m_idle.empty()) {
        connection = std::move(m_idle.back());
        m_idle.pop_back();
    }
    return connection;
}

void ReaderPool::give_back(std::unique_ptr<DriverConnection> connection)
{
    std::scoped_lock const lock(m_mutex);
    --m_borrowed;
    if (connection != nullptr && connection->is_usable() && !m_stopped) {
        m_idle.push_back(std::move(connection));
    }
    m_returned.notify_one();
}

void ReaderPool::stop()
{
    std::scoped_lock const lock(m_mutex);
    m_stopped = true;
    m_idle.clear();
    m_returned.notify_all();
}

}
