// When the SQLite store answers and what it demands of the disk: nothing is said before it is
// synced, a weaker setting is refused, and a disk that dies at any write leaves a whole database.
#include "platform/store/forgetful_vfs_testing.h"
#include "platform/store/sqlite_connection.h"
#include "platform/store/store_testing.h"

#include <fmt/format.h>
#include <future>
#include <gmock/gmock.h>
#include <sqlite3.h>

namespace cashline {

namespace {

using ::testing::ElementsAre;
using Keep = ForgetfulVfs::Keep;

StoreTemplate const boards {
    "durable boards",
    [](Store& store) {
        return store.write_and_wait([](StoreTransaction& transaction) {
            return transaction.sql().script(
                "CREATE TABLE board (number INTEGER NOT NULL UNIQUE, filler BLOB) STRICT;"
                "CREATE TABLE shelf (number INTEGER NOT NULL, filler BLOB) STRICT;"
                "INSERT INTO shelf SELECT value, zeroblob(3000) FROM "
                "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE "
                "value < 200) SELECT value FROM n)");
        });
    },
};

UnitOfWork inserting(std::int64_t number)
{
    return [number](StoreTransaction& transaction) -> Result<void> {
        TRY(transaction.sql().run(
            "INSERT INTO board VALUES (?1, zeroblob(700))", { SqlValue { number } }));
        return {};
    };
}

class SqliteDurability : public ::testing::Test {
protected:
    void SetUp() override { m_store = fresh_sqlite_store(boards, { .sqlite_vfs = m_disk.name() }); }
    ForgetfulVfs& disk() { return m_disk; }
    FreshStore& fresh() { return *m_store; }
    Store& store() { return **m_store; }
    std::int64_t count() { return read_integer(store(), "SELECT count(*) FROM board"); }
    std::string integrity()
    {
        auto const snapshot = store().read().value();
        return snapshot->sql().find_text("PRAGMA integrity_check").value().value_or("");
    }
    // The codes of units that meet in one batch, behind one that holds the writer.
    std::vector<std::string> codes_of_batch(std::vector<UnitOfWork> units)
    {
        std::promise<void> entered;
        std::promise<void> gate;
        store().write(
            [&](StoreTransaction&) -> Result<void> {
                entered.set_value();
                gate.get_future().wait();
                return {};
            },
            {}, [](Result<void>) {});
        entered.get_future().wait();
        std::vector<std::promise<std::string>> answers(units.size());
        for (std::size_t i = 0; i < units.size(); ++i) {
            store().write(std::move(units[i]), {},
                [&answers, i](Result<void> result) { answers[i].set_value(code_of(result)); });
        }
        gate.set_value();
        std::vector<std::string> codes;
        for (auto& answer : answers) {
            codes.push_back(answer.get_future().get());
        }
        return codes;
    }

private:
    ForgetfulVfs m_disk { "durable" };
    std::unique_ptr<FreshStore> m_store {};
};

}

TEST_F(SqliteDurability, nobody_is_answered_before_the_sync_and_nobody_sees_it)
{
    store().write_and_wait(inserting(0)).value();
    disk().hold_syncs();
    std::promise<Result<void>> promise;
    auto answer = promise.get_future();
    // Returns at once: no caller's thread waits for a commit.
    store().write(inserting(1), {}, [&](Result<void> done) { promise.set_value(std::move(done)); });
    disk().wait_for_held_sync();
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(answer.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    disk().release_syncs();
    EXPECT_EQ(code_of(answer.get()), "");
    EXPECT_EQ(count(), 2);
}

TEST_F(SqliteDurability, a_weaker_setting_is_refused_at_the_start)
{
    fresh().close();
    // What a build of SQLite or a file layer might make of PRAGMA synchronous = FULL.
    for (auto const* level : { "0", "1" }) {
        disk().answer_pragma("synchronous", level);
        auto const opened = open_store(fresh().options());
        ASSERT_FALSE(opened) << level;
        EXPECT_EQ(opened.error().code, "store_not_durable");
    }
    disk().answer_pragma("synchronous", {});
    EXPECT_TRUE(open_store(fresh().options()));
}

// Whoever closes last would fold the log into the database; a reader must not.
TEST_F(SqliteDurability, readers_never_fold_the_log)
{
    store().write_and_wait(inserting(1)).value();
    auto const& path = fresh().options().path;
    auto reader = SqliteConnection::open({ .path = path, .vfs = disk().name() }).value();
    EXPECT_EQ(reader->find_integer("SELECT count(*) FROM board").value(), 1);
    fresh().close();
    auto const size = std::filesystem::file_size(path + "-wal");
    EXPECT_GT(size, 0U);
    reader.reset();
    EXPECT_EQ(std::filesystem::file_size(path + "-wal"), size);
    fresh().reopen();
    EXPECT_EQ(count(), 1);
}

// SQLite rolls back everything that stands when a read fails in a unit that writes.
TEST_F(SqliteDurability, a_failing_read_takes_nobody_of_its_batch_with_it)
{
    fresh().reopen(); // an empty cache
    auto const reads_badly = [this](StoreTransaction& transaction) -> Result<void> {
        disk().fail_next_reads(1);
        TRY(transaction.sql().run("UPDATE shelf SET filler = zeroblob(10) WHERE number > 5"));
        return {};
    };
    std::vector<UnitOfWork> units;
    units.push_back(inserting(1));
    units.emplace_back(reads_badly);
    units.push_back(inserting(2));
    EXPECT_THAT(codes_of_batch(std::move(units)), ElementsAre("", "sql_error", ""));
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(read_integer(store(), "SELECT min(length(filler)) FROM shelf"), 3'000);
    EXPECT_EQ(integrity(), "ok");
}

TEST_F(SqliteDurability, want_of_memory_takes_nobody_of_its_batch_with_it)
{
    auto const wants_too_much = [](StoreTransaction& transaction) -> Result<void> {
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + 100'000);
        auto const done =
            transaction.sql().run("INSERT INTO board VALUES (9, randomblob(5000000))");
        sqlite3_hard_heap_limit64(0);
        TRY(done);
        return {};
    };
    std::vector<UnitOfWork> units;
    units.push_back(inserting(1));
    units.emplace_back(wants_too_much);
    units.push_back(inserting(2));
    auto const codes = codes_of_batch(std::move(units));
    EXPECT_EQ(codes[0], "");
    EXPECT_NE(codes[1], "");
    EXPECT_EQ(codes[2], "");
    EXPECT_EQ(count(), 2);
}

// The power goes at each write there is, one after the other: units, a change of the schema and a
// checkpoint in between.
TEST_F(SqliteDurability, a_disk_that_dies_at_any_write_leaves_a_whole_database)
{
    std::int64_t number = 0;
    bool is_through = false;
    for (int writes = 0; !is_through; ++writes) {
        ASSERT_LT(writes, 2'000);
        disk().die_after_writes(writes);
        auto const before = number;
        std::vector<std::int64_t> acknowledged;
        is_through = true;
        for (auto const next : { before + 1, before + 2 }) {
            if (store().write_and_wait(inserting(next))) {
                acknowledged.push_back(next);
            } else {
                is_through = false;
            }
        }
        auto const altered = write_sql(store(),
            fmt::format("ALTER TABLE shelf ADD COLUMN c{} INTEGER", before), {}, { .alone = true });
        is_through = is_through && altered;
        disk().crash(
            writes % 2 == 0 ? Keep::nothing : Keep::some, static_cast<std::uint64_t>(writes));
        fresh().reopen();
        ASSERT_EQ(integrity(), "ok") << "after write " << writes;
        for (auto const kept : acknowledged) {
            ASSERT_EQ(
                read_integer(store(), "SELECT count(*) FROM board WHERE number = ?1", { kept }), 1);
        }
        auto const columns = read_integer(store(),
            fmt::format(
                "SELECT count(*) FROM pragma_table_info('shelf') WHERE name = 'c{}'", before));
        ASSERT_GE(columns, altered ? 1 : 0);
        number += 2;
    }
}

}
