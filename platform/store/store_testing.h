// Stores for tests: an empty one, or a copy of one that was prepared once in this process. On
// SQLite a folder that goes away, on PostgreSQL a database in a private cluster that the process
// starts when first needed and that goes away with it, however the process ends.
#pragma once

#include "platform/store/store.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace cashline {

// A folder under the system's temporary one, removed with this object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    std::filesystem::path const& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

class FreshStore {
public:
    // `leave` removes what the store was kept in.
    FreshStore(StoreOptions, std::move_only_function<void()> leave);
    ~FreshStore();
    FreshStore(FreshStore const&) = delete;
    FreshStore& operator=(FreshStore const&) = delete;

    Store& operator*() { return *m_store; }
    Store* operator->() { return m_store.get(); }
    StoreOptions const& options() const { return m_options; }
    void close();
    // As after a restart of the server.
    void reopen();

private:
    StoreOptions m_options;
    std::move_only_function<void()> m_leave;
    std::unique_ptr<Store> m_store {};
};

// What a store shall hold when a test gets it. Prepared once a process under its name, then copied.
struct StoreTemplate {
    std::string name {};
    std::function<Result<void>(Store&)> prepare {};
    // Instead of `prepare`, for what opens the store itself (a whole platform).
    std::function<Result<void>(StoreOptions const&)> prepare_at {};

    bool is_wanted() const { return prepare || prepare_at; }
};

// `options` may carry what a test wants differently (readers, sqlite_vfs); the place is filled in.
std::unique_ptr<FreshStore> fresh_sqlite_store(
    StoreTemplate const& = {}, StoreOptions options = {});
// Null pointer where the programs of a PostgreSQL server are not installed.
std::unique_ptr<FreshStore> fresh_postgresql_store(
    StoreTemplate const& = {}, StoreOptions options = {});
std::unique_ptr<FreshStore> fresh_store(Dialect, StoreTemplate const& = {});

// A test that runs once on each database:
//   using LeadTest = OnBothDatabases;
//   INSTANTIATE_TEST_SUITE_P(Databases, LeadTest, both_databases(), database_name);
//   TEST_P(LeadTest, a_lead_is_kept) { … store().read() … }
class OnBothDatabases : public ::testing::TestWithParam<Dialect> {
protected:
    void SetUp() override;
    void TearDown() override { m_store.reset(); }
    // What the store shall hold; empty unless a test class says otherwise.
    virtual StoreTemplate store_template() const { return {}; }
    Store& store() { return **m_store; }
    FreshStore& fresh() { return *m_store; }

private:
    std::unique_ptr<FreshStore> m_store {};
};

inline auto both_databases() { return ::testing::Values(Dialect::sqlite, Dialect::postgresql); }
std::string database_name(::testing::TestParamInfo<Dialect> const&);

// Short forms for tests; a read that fails fails the test and answers -1, as does NULL.
std::string code_of(Result<void> const&); // "" when it went well
Result<void> write_sql(
    Store&, std::string_view sql, std::vector<SqlValue> values = {}, WriteOptions = {});
std::int64_t read_integer(Store&, std::string_view sql, std::vector<SqlValue> values = {});

}
