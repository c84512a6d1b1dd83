#include "platform/store/store_testing.h"

#include "core/check.h"
#include "platform/store/postgresql_cluster_testing.h"

#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <mutex>

namespace cashline {

namespace {

std::unique_ptr<Store> open_or_die(StoreOptions const& options)
{
    auto opened = open_store(options);
    if (!opened) {
        std::fprintf(stderr, "%s\n", opened.error().text.c_str());
    }
    VERIFY(opened);
    return *std::move(opened);
}

void prepare(StoreTemplate const& wanted, StoreOptions const& options)
{
    auto const prepared =
        wanted.prepare_at ? wanted.prepare_at(options) : wanted.prepare(*open_or_die(options));
    if (!prepared) {
        std::fprintf(stderr, "%s: %s\n", wanted.name.c_str(), prepared.error().text.c_str());
    }
    VERIFY(prepared);
}

// What was prepared under a name: a file, or a database.
struct Prepared {
    std::mutex guard {};
    TemporaryFolder folder {};
    std::map<std::string, std::string> sqlite {};
    std::map<std::string, std::string> postgresql {};
};

Prepared& prepared()
{
    static Prepared all;
    return all;
}

std::string sqlite_template(StoreTemplate const& wanted)
{
    auto& all = prepared();
    std::scoped_lock const lock(all.guard);
    auto& file = all.sqlite[wanted.name];
    if (file.empty()) {
        file = all.folder.path() / fmt::format("{}.db", all.sqlite.size());
        prepare(wanted, { .path = file });
    }
    return file;
}

std::string postgresql_template(PostgresqlCluster& cluster, StoreTemplate const& wanted)
{
    auto& all = prepared();
    std::scoped_lock const lock(all.guard);
    auto& database = all.postgresql[wanted.name];
    if (database.empty()) {
        database = cluster.create_database().value();
        prepare(wanted, { .postgresql = cluster.url(database) });
    }
    return database;
}

}

TemporaryFolder::TemporaryFolder()
{
    auto pattern = (std::filesystem::temp_directory_path() / "cashline-test-XXXXXX").string();
    VERIFY(::mkdtemp(pattern.data()) != nullptr);
    m_path = pattern;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

FreshStore::FreshStore(StoreOptions options, std::move_only_function<void()> leave)
    : m_options(std::move(options))
    , m_leave(std::move(leave))
    , m_store(open_or_die(m_options))
{
}

FreshStore::~FreshStore()
{
    close();
    m_leave();
}

void FreshStore::close() { m_store.reset(); }

void FreshStore::reopen()
{
    close();
    m_store = open_or_die(m_options);
}

std::unique_ptr<FreshStore> fresh_sqlite_store(StoreTemplate const& wanted, StoreOptions options)
{
    auto folder = std::make_unique<TemporaryFolder>();
    options.path = folder->path() / "cashline.db";
    if (wanted.is_wanted()) {
        std::filesystem::copy_file(sqlite_template(wanted), options.path);
    }
    return std::make_unique<FreshStore>(options, [kept = std::move(folder)] { });
}

std::unique_ptr<FreshStore> fresh_postgresql_store(
    StoreTemplate const& wanted, StoreOptions options)
{
    auto* const cluster = shared_postgresql_cluster();
    if (cluster == nullptr) {
        return nullptr;
    }
    auto const source = wanted.is_wanted() ? postgresql_template(*cluster, wanted) : "template1";
    auto const database = cluster->create_database(source).value();
    options.postgresql = cluster->url(database);
    return std::make_unique<FreshStore>(
        options, [cluster, database] { cluster->drop_database(database); });
}

std::unique_ptr<FreshStore> fresh_store(Dialect dialect, StoreTemplate const& wanted)
{
    return dialect == Dialect::sqlite ? fresh_sqlite_store(wanted) : fresh_postgresql_store(wanted);
}

void OnBothDatabases::SetUp()
{
    m_store = fresh_store(GetParam(), store_template());
    if (m_store == nullptr) {
        GTEST_SKIP() << "No PostgreSQL server is installed.";
    }
}

std::string database_name(::testing::TestParamInfo<Dialect> const& info)
{
    return info.param == Dialect::sqlite ? "sqlite" : "postgresql";
}

std::string code_of(Result<void> const& result) { return result ? "" : result.error().code; }

Result<void> write_sql(
    Store& store, std::string_view sql, std::vector<SqlValue> values, WriteOptions options)
{
    return store.write_and_wait(
        [&](StoreTransaction& transaction) -> Result<void> {
            TRY(transaction.sql().run(sql, values));
            return {};
        },
        std::move(options));
}

std::int64_t read_integer(Store& store, std::string_view sql, std::vector<SqlValue> values)
{
    auto const snapshot = store.read();
    EXPECT_TRUE(snapshot) << (snapshot ? "" : snapshot.error().text);
    if (!snapshot) {
        return -1;
    }
    auto const found = (*snapshot)->sql().find_integer(sql, values);
    EXPECT_TRUE(found) << (found ? "" : found.error().text);
    return found && *found ? **found : -1;
}

}
