#include "platform/store/postgresql_store.h"

#include "platform/store/postgresql_writer.h"
#include "platform/store/reader_pool.h"

#include <thread>

namespace cashline {

namespace {

class PostgresqlStore final : public Store {
public:
    explicit PostgresqlStore(StoreOptions const& options)
        : m_readers(options.readers, [url = options.postgresql] { return open_reader(url); })
    {
        for (int i = 0; i < std::max(1, options.readers); ++i) {
            m_threads.emplace_back([this, url = options.postgresql, i] {
                PostgresqlWriter(url, static_cast<std::uint64_t>(i), m_queue, m_counters).work();
            });
        }
    }
    ~PostgresqlStore() override { PostgresqlStore::stop(); }

    Dialect dialect() const override { return Dialect::postgresql; }
    void write(UnitOfWork work, WriteOptions options, OnDone done) override
    {
        m_queue.push({ std::move(work), std::move(options), std::move(done) });
    }
    Result<std::unique_ptr<Snapshot>> read() override { return m_readers.read(); }
    StoreStatistics statistics() const override
    {
        return {
            .units_committed = m_counters.units_committed,
            .batches_committed = m_counters.units_committed,
            .units_refused = m_counters.units_refused,
            .queue_length = m_queue.length(),
        };
    }
    Result<void> copy_to(std::string const&) override
    {
        return refuse(Fault::not_supported, "store_copy_elsewhere",
            "Copy a PostgreSQL database with pg_dump or pg_basebackup.");
    }
    void stop() override
    {
        m_queue.stop();
        m_threads.clear(); // joins
        m_readers.stop();
    }

private:
    static Result<std::unique_ptr<DriverConnection>> open_reader(std::string const& url)
    {
        return TRY(PostgresqlConnection::open(url, PostgresqlRole::reader));
    }

    UnitQueue m_queue {};
    PostgresqlCounters m_counters {};
    ReaderPool m_readers;
    std::vector<std::jthread> m_threads {};
};

}

Result<std::unique_ptr<Store>> open_postgresql_store(StoreOptions const& options)
{
    // A wrong address or a server that forgets is said at the start, not at the first write.
    TRY(PostgresqlConnection::open(options.postgresql, PostgresqlRole::writer));
    return std::make_unique<PostgresqlStore>(options);
}

}
