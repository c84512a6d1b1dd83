#include "platform/store/sqlite_store.h"

#include "platform/environment/durable.h"
#include "platform/store/reader_pool.h"
#include "platform/store/sqlite_writer.h"

#include <filesystem>
#include <fmt/format.h>

namespace cashline {

namespace {

Result<std::unique_ptr<DriverConnection>> open_reader(StoreOptions const& options)
{
    return TRY(SqliteConnection::open({ .path = options.path, .vfs = options.sqlite_vfs }));
}

// A renamed file survives a power cut only once its folder is synced.
Result<void> move_into_place(std::filesystem::path const& from, std::filesystem::path const& to)
{
    std::error_code failed;
    std::filesystem::rename(from, to, failed);
    if (failed || !sync_folder(to.parent_path())) {
        return refuse(Fault::unavailable, "store_copy_failed",
            fmt::format("The copy cannot be kept as {}.", to.string()));
    }
    return {};
}

class SqliteStore final : public Store {
public:
    SqliteStore(StoreOptions options, std::unique_ptr<SqliteConnection> writer)
        : m_options(std::move(options))
        , m_readers(m_options.readers, [this] { return open_reader(m_options); })
        , m_writer(std::move(writer))
    {
    }
    ~SqliteStore() override { SqliteStore::stop(); }

    Dialect dialect() const override { return Dialect::sqlite; }
    void write(UnitOfWork work, WriteOptions options, OnDone done) override
    {
        m_writer.write({ std::move(work), std::move(options), std::move(done) });
    }
    Result<std::unique_ptr<Snapshot>> read() override { return m_readers.read(); }
    StoreStatistics statistics() const override { return m_writer.statistics(); }
    Result<void> copy_to(std::string const& path) override;
    void stop() override
    {
        // Readers first: whoever closes last folds the log into the database, and that must be the
        // writer.
        m_readers.stop();
        m_writer.stop();
    }

private:
    StoreOptions m_options;
    ReaderPool m_readers;
    SqliteWriter m_writer;
};

Result<void> SqliteStore::copy_to(std::string const& path)
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
        return conflict("store_copy_exists", fmt::format("{} exists already.", path));
    }
    auto const unfinished = path + ".part";
    std::filesystem::remove(unfinished, ignored);
    auto const source =
        TRY(SqliteConnection::open({ .path = m_options.path, .vfs = m_options.sqlite_vfs }));
    if (auto const copied = source->copy_to(unfinished); !copied) {
        std::filesystem::remove(unfinished, ignored);
        return copied;
    }
    return move_into_place(unfinished, path);
}

}

Result<std::unique_ptr<Store>> open_sqlite_store(StoreOptions const& options)
{
    auto writer = TRY(SqliteConnection::open(
        { .path = options.path, .vfs = options.sqlite_vfs, .role = SqliteRole::writer }));
    return std::make_unique<SqliteStore>(options, std::move(writer));
}

}
