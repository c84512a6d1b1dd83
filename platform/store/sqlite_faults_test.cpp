// What a disk can do to the SQLite store, and what one unit can do to the others of its batch.
#include "platform/store/forgetful_vfs_testing.h"
#include "platform/store/reader_pool.h"
#include "platform/store/sqlite_connection.h"
#include "platform/store/store_testing.h"

#include "core/check.h"

#include <fmt/format.h>
#include <future>
#include <gmock/gmock.h>
#include <latch>
#include <set>
#include <thread>

namespace cashline {

namespace {

using ::testing::ElementsAre;
using Keep = ForgetfulVfs::Keep;

constexpr auto table = "CREATE TABLE board (writer INTEGER NOT NULL, number INTEGER NOT NULL, "
                       "half INTEGER NOT NULL, filler BLOB) STRICT;"
                       "CREATE UNIQUE INDEX board__key ON board (writer, number, half)";

StoreTemplate const boards {
    "sqlite boards",
    [](Store& store) {
        return store.write_and_wait(
            [](StoreTransaction& transaction) { return transaction.sql().script(table); });
    },
};

Result<void> insert(StoreTransaction& transaction, std::int64_t writer, std::int64_t number)
{
    // Two statements, so that a half of a unit could show.
    for (std::int64_t half = 0; half < 2; ++half) {
        TRY(transaction.sql().run(
            "INSERT INTO board (writer, number, half, filler) VALUES (?1, ?2, ?3, zeroblob(700))",
            { writer, number, half }));
    }
    return {};
}

class SqliteFaults : public ::testing::Test {
protected:
    void SetUp() override { m_store = fresh_sqlite_store(boards, { .sqlite_vfs = m_disk.name() }); }
    ForgetfulVfs& disk() { return m_disk; }
    Store& store() { return **m_store; }
    FreshStore& fresh() { return *m_store; }
    std::string file() const { return m_store->options().path; }
    void crash(Keep keep, std::uint64_t seed = 1)
    {
        m_disk.crash(keep, seed);
        m_store->reopen();
    }
    std::int64_t count() { return read_integer(store(), "SELECT count(*) FROM board"); }
    void write_megabytes(int count)
    {
        for (int i = 0; i < count; ++i) {
            EXPECT_EQ(code_of(write_sql(store(),
                          "INSERT INTO board SELECT 0, count(*), 0, zeroblob(1000000) FROM board")),
                "");
        }
    }
    std::int64_t halves()
    {
        return read_integer(store(),
            "SELECT count(*) FROM (SELECT 1 FROM board GROUP BY writer, number HAVING count(*) <> "
            "2)");
    }
    std::string integrity()
    {
        auto const snapshot = store().read().value();
        return snapshot->sql().find_text("PRAGMA integrity_check").value().value_or("");
    }

private:
    ForgetfulVfs m_disk { "forgetful" };
    std::unique_ptr<FreshStore> m_store {};
};

// Units that are all queued while the writer is held, and so meet in one batch. Their answers by
// position.
class OneBatch {
public:
    explicit OneBatch(Store& store) : m_store(store)
    {
        // Returns once the writer is inside this unit; what is queued from here on comes after it.
        std::promise<void> entered;
        m_store.write(
            [this, &entered](StoreTransaction&) -> Result<void> {
                entered.set_value();
                m_gate.get_future().wait();
                return {};
            },
            {}, [](Result<void>) {});
        entered.get_future().wait();
    }
    void add(UnitOfWork work, WriteOptions options = {})
    {
        m_answers.push_back(std::make_unique<std::promise<Result<void>>>());
        m_store.write(std::move(work), std::move(options),
            [answer = m_answers.back().get()](Result<void> result) { answer->set_value(result); });
    }
    std::vector<std::string> codes()
    {
        m_gate.set_value();
        std::vector<std::string> codes;
        for (auto const& answer : m_answers) {
            codes.push_back(code_of(answer->get_future().get()));
        }
        return codes;
    }

private:
    Store& m_store;
    std::promise<void> m_gate {};
    std::vector<std::unique_ptr<std::promise<Result<void>>>> m_answers {};
};

UnitOfWork inserting(std::int64_t number)
{
    return [number](StoreTransaction& transaction) { return insert(transaction, 0, number); };
}

}

TEST_F(SqliteFaults, the_disk_forgets_what_nobody_synced)
{
    fresh().close();
    {
        auto const careless = SqliteConnection::open(
            { .path = file(), .vfs = disk().name(), .role = SqliteRole::writer })
                                  .value();
        careless->script("PRAGMA synchronous = OFF; INSERT INTO board VALUES (1, 1, 1, NULL)")
            .value();
        EXPECT_EQ(careless->find_integer("SELECT count(*) FROM board").value(), 1);
        disk().crash(Keep::nothing);
    }
    fresh().reopen();
    EXPECT_EQ(count(), 0);
}

TEST_F(SqliteFaults, every_acknowledged_unit_survives_a_power_cut_and_no_half_does)
{
    constexpr int writers = 16;
    int life = 0;
    for (auto const keep :
        { Keep::nothing, Keep::some, Keep::everything, Keep::some, Keep::some }) {
        ++life;
        std::mutex guard;
        std::set<std::pair<std::int64_t, std::int64_t>> acknowledged;
        std::latch enough(200);
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < writers; ++i) {
                threads.emplace_back([&, writer = life * 100 + i](std::stop_token const& stop) {
                    for (std::int64_t number = 0; !stop.stop_requested(); ++number) {
                        auto const done =
                            store().write_and_wait([&](StoreTransaction& transaction) {
                                return insert(transaction, writer, number);
                            });
                        if (!done) {
                            return; // The power is off.
                        }
                        std::scoped_lock const lock(guard);
                        acknowledged.emplace(writer, number);
                        if (acknowledged.size() <= 200) {
                            enough.count_down();
                        }
                    }
                });
            }
            enough.wait();
            disk().crash(keep, static_cast<std::uint64_t>(life));
        }
        fresh().reopen();
        EXPECT_EQ(integrity(), "ok");
        EXPECT_EQ(halves(), 0);
        for (auto const& [writer, number] : acknowledged) {
            EXPECT_EQ(read_integer(store(),
                          "SELECT count(*) FROM board WHERE writer = ?1 AND number = ?2",
                          { writer, number }),
                2);
        }
    }
}

TEST_F(SqliteFaults, a_power_cut_in_a_checkpoint_loses_nothing)
{
    // Enough pages for several checkpoints; the last one was not synced when the power went.
    for (std::int64_t number = 0; number < 12; ++number) {
        auto const done =
            store().write_and_wait([number](StoreTransaction& transaction) -> Result<void> {
                for (std::int64_t row = 0; row < 700; ++row) {
                    TRY(transaction.sql().run(
                        "INSERT INTO board VALUES (?1, ?2, 0, zeroblob(3500))", { number, row }));
                }
                return {};
            });
        EXPECT_EQ(code_of(done), "");
        if (number % 4 == 3) {
            crash(Keep::some, static_cast<std::uint64_t>(number));
            EXPECT_EQ(integrity(), "ok");
            EXPECT_EQ(count(), (number + 1) * 700);
        }
    }
}

TEST_F(SqliteFaults, a_failing_unit_takes_nobody_with_it)
{
    OneBatch batch(store());
    batch.add(inserting(1));
    batch.add([](StoreTransaction& transaction) -> Result<void> {
        TRY(insert(transaction, 0, 2));
        return conflict("board_is_wet", "Dry it first.");
    });
    batch.add(inserting(1)); // the same key again
    batch.add([](StoreTransaction& transaction) -> Result<void> {
        TRY(insert(transaction, 0, 3));
        CHECK(transaction.attempt() != 0);
        return {};
    });
    batch.add([](StoreTransaction& transaction) { return transaction.sql().script("not SQL"); });
    batch.add(inserting(4));
    EXPECT_THAT(batch.codes(),
        ElementsAre("", "board_is_wet", "sql_unique", "internal_error", "sql_error", ""));
    EXPECT_EQ(count(), 4);
    EXPECT_EQ(halves(), 0);
    EXPECT_EQ(store().statistics().batches_committed, 2); // the held unit, then all of these
}

TEST_F(SqliteFaults, a_unit_that_brings_the_transaction_down_goes_alone_and_the_others_run_again)
{
    std::vector<std::string> runs;
    auto const remembering = [&runs](std::int64_t number) -> UnitOfWork {
        return [&runs, number](StoreTransaction& transaction) {
            runs.push_back(fmt::format("{}.{}", number, transaction.attempt()));
            return insert(transaction, 0, number);
        };
    };
    // SQLite rolls the whole transaction back when the database is full.
    auto const fills_up = [](StoreTransaction& transaction) -> Result<void> {
        auto& sql = transaction.sql();
        auto const pages = TRY(sql.find_integer("PRAGMA page_count"));
        TRY(sql.script(fmt::format("PRAGMA max_page_count = {}", *pages)));
        auto const full = sql.run("INSERT INTO board VALUES (9, 9, 9, zeroblob(1000000))");
        EXPECT_EQ(full.error().code, "sql_full");
        // What it tried now would commit by itself.
        EXPECT_EQ(sql.run("INSERT INTO board VALUES (9, 9, 9, NULL)").error().code, "sql_full");
        return {};
    };
    auto const lifts_limit = [](StoreTransaction& transaction) {
        return transaction.sql().script("PRAGMA max_page_count = 1000000");
    };
    OneBatch batch(store());
    batch.add(remembering(1));
    batch.add(fills_up);
    batch.add(lifts_limit);
    batch.add(remembering(2));
    EXPECT_THAT(batch.codes(), ElementsAre("", "sql_full", "", ""));
    EXPECT_THAT(runs, ElementsAre("1.0", "1.1", "2.0"));
    EXPECT_EQ(count(), 4);
    EXPECT_EQ(read_integer(store(), "SELECT count(*) FROM board WHERE writer = 9"), 0);
}

TEST_F(SqliteFaults, a_commit_that_fails_fails_every_unit_of_the_batch_and_only_those)
{
    bool called = false;
    store().write_and_wait(inserting(0)).value();
    OneBatch batch(store());
    batch.add([&](StoreTransaction& transaction) {
        transaction.after_commit([&] { called = true; });
        return insert(transaction, 0, 1);
    });
    batch.add(inserting(2));
    batch.add([](StoreTransaction&) -> Result<void> { return conflict("no", "No."); });
    disk().fail_next_syncs(1);
    EXPECT_THAT(batch.codes(),
        ElementsAre("store_commit_failed", "store_commit_failed", "store_commit_failed"));
    EXPECT_FALSE(called);
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(code_of(store().write_and_wait(inserting(3))), "");
    crash(Keep::nothing);
    EXPECT_EQ(count(), 4);
}

// The frames of a failed commit may still reach the disk; they must not come to life with the next
// start.
TEST_F(SqliteFaults, a_commit_that_was_said_to_have_failed_never_returns)
{
    store().write_and_wait(inserting(0)).value();
    disk().fail_next_syncs(1);
    EXPECT_EQ(code_of(store().write_and_wait(inserting(1))), "store_commit_failed");
    crash(Keep::everything);
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(integrity(), "ok");
}

TEST_F(SqliteFaults, a_commit_that_nobody_can_tell_about_says_so)
{
    store().write_and_wait(inserting(0)).value();
    disk().fail_next_syncs(2);
    EXPECT_EQ(code_of(store().write_and_wait(inserting(1))), "store_unknown_outcome");
    EXPECT_EQ(code_of(store().write_and_wait(inserting(2))), "");
    EXPECT_EQ(halves(), 0);
}

TEST_F(SqliteFaults, a_full_disk_refuses_and_is_over_when_there_is_room_again)
{
    store().write_and_wait(inserting(0)).value();
    disk().set_capacity(disk().total_size());
    auto const refused = store().write_and_wait(inserting(1));
    EXPECT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::unavailable);
    EXPECT_EQ(count(), 2);
    disk().set_capacity({});
    EXPECT_EQ(code_of(store().write_and_wait(inserting(1))), "");
    crash(Keep::nothing);
    EXPECT_EQ(count(), 4);
}

TEST_F(SqliteFaults, what_queued_meanwhile_is_committed_with_one_sync)
{
    store()
        .write_and_wait(inserting(-1))
        .value(); // the first commit after a start also syncs a log header
    OneBatch batch(store());
    for (std::int64_t number = 0; number < 50; ++number) {
        batch.add(inserting(number));
    }
    auto const syncs_before = disk().sync_count();
    EXPECT_THAT(batch.codes(), ::testing::Each(""));
    EXPECT_EQ(disk().sync_count() - syncs_before, 1);
}

TEST_F(SqliteFaults, answers_come_in_the_order_of_the_units)
{
    std::vector<std::string> order;
    OneBatch batch(store());
    for (std::int64_t number = 0; number < 3; ++number) {
        batch.add([&order, number](StoreTransaction& transaction) {
            order.push_back(fmt::format("run {}", number));
            transaction.after_commit(
                [&order, number] { order.push_back(fmt::format("after {}", number)); });
            return insert(transaction, 0, number);
        });
    }
    EXPECT_THAT(batch.codes(), ElementsAre("", "", ""));
    EXPECT_THAT(order, ElementsAre("run 0", "run 1", "run 2", "after 0", "after 1", "after 2"));
}

TEST_F(SqliteFaults, a_unit_that_wants_to_be_alone_is)
{
    auto const batches_before = store().statistics().batches_committed;
    OneBatch batch(store());
    batch.add(inserting(1));
    batch.add(inserting(2));
    batch.add(inserting(3), { .alone = true });
    batch.add(inserting(4));
    EXPECT_THAT(batch.codes(), ElementsAre("", "", "", ""));
    // The held unit, 1 with 2, 3, 4.
    EXPECT_EQ(store().statistics().batches_committed - batches_before, 4);
}

TEST_F(SqliteFaults, a_long_unit_ends_the_batch_and_the_rest_comes_next_in_order)
{
    auto const batches_before = store().statistics().batches_committed;
    std::vector<std::string> runs;
    OneBatch batch(store());
    for (int number = 0; number < 3; ++number) {
        batch.add([&runs, number](StoreTransaction& transaction) -> Result<void> {
            runs.push_back(fmt::format("{}.{}", number, transaction.attempt()));
            // Longer than a slice of the writer.
            std::promise<void> never;
            never.get_future().wait_for(std::chrono::milliseconds(60));
            return insert(transaction, 0, number);
        });
    }
    EXPECT_THAT(batch.codes(), ElementsAre("", "", ""));
    EXPECT_THAT(runs, ElementsAre("0.0", "1.0", "2.0"));
    EXPECT_EQ(store().statistics().batches_committed - batches_before, 4);
}

TEST_F(SqliteFaults, the_log_stays_small_while_writing)
{
    write_megabytes(40);
    EXPECT_LT(std::filesystem::file_size(file() + "-wal"), 20'000'000U);
    EXPECT_GT(std::filesystem::file_size(file()), 20'000'000U);
}

TEST_F(SqliteFaults, a_long_reader_holds_the_log_only_as_long_as_it_reads)
{
    auto snapshot = store().read().value();
    write_megabytes(70);
    EXPECT_GT(std::filesystem::file_size(file() + "-wal"), 64'000'000U);
    EXPECT_EQ(snapshot->sql().find_integer("SELECT count(*) FROM board").value(), 0);
    snapshot.reset();
    write_megabytes(20);
    EXPECT_LT(std::filesystem::file_size(file() + "-wal"), 20'000'000U);
}

TEST_F(SqliteFaults, a_copy_is_consistent_and_never_overwrites)
{
    TemporaryFolder const folder;
    auto const target = folder.path() / "copy.db";
    store().write_and_wait(inserting(1)).value();
    {
        std::jthread const writer([this] {
            for (std::int64_t number = 2; number < 40; ++number) {
                EXPECT_EQ(code_of(store().write_and_wait(inserting(number))), "");
            }
        });
        EXPECT_EQ(code_of(store().copy_to(target)), "");
    }
    EXPECT_EQ(code_of(store().copy_to(target)), "store_copy_exists");
    EXPECT_EQ(code_of(store().copy_to(folder.path() / "absent" / "copy.db")), "store_copy_failed");
    auto const copy = open_store({ .path = target }).value();
    EXPECT_GE(read_integer(*copy, "SELECT count(*) FROM board"), 2);
    EXPECT_EQ(read_integer(*copy, "SELECT count(*) % 2 FROM board"), 0);
    EXPECT_EQ(read_integer(*copy,
                  "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
        1);
}

TEST(SqliteStore, a_place_that_cannot_be_durable_is_refused)
{
    TemporaryFolder const folder;
    // This file layer has no shared memory, so that SQLite falls back to a journal without a word.
    auto const opened =
        open_store({ .path = folder.path() / "a.db", .sqlite_vfs = "unix-dotfile" });
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "store_not_durable");
    EXPECT_EQ(open_store({ .path = "/nowhere/a.db" }).error().code, "store_open_failed");
    EXPECT_EQ(open_store({}).error().code, "store_options");
}

TEST(SqliteConnection, keeps_no_more_statements_than_its_bound)
{
    TemporaryFolder const folder;
    auto const connection =
        SqliteConnection::open({ .path = folder.path() / "a.db", .role = SqliteRole::writer })
            .value();
    connection->script("CREATE TABLE a (b INTEGER) STRICT; INSERT INTO a VALUES (1), (2)").value();
    // The running statement is the oldest of all and must survive the others.
    int rows = 0;
    connection
        ->each("SELECT b FROM a ORDER BY b", {},
            [&](SqlRow const& row) {
                for (int i = 0; i < 300; ++i) {
                    auto const sql = fmt::format("SELECT {}", rows * 1'000 + i);
                    EXPECT_EQ(connection->find_integer(sql).value(), rows * 1'000 + i);
                }
                EXPECT_EQ(row.integer(0), ++rows);
                return Walk::on;
            })
        .value();
    EXPECT_EQ(rows, 2);
    EXPECT_EQ(connection->cached_statements(), SqliteConnection::statements_max);
}

TEST(ReaderPool, refuses_when_all_are_out_and_serves_when_one_is_back)
{
    auto const fresh = fresh_sqlite_store(boards);
    auto const path = fresh->options().path;
    ReaderPool pool(
        1,
        [path]() -> Result<std::unique_ptr<DriverConnection>> {
            return TRY(SqliteConnection::open({ .path = path }));
        },
        std::chrono::milliseconds(1));
    auto first = pool.read().value();
    EXPECT_EQ(pool.read().error().code, "store_busy");
    first.reset();
    EXPECT_TRUE(pool.read());
    pool.stop();
    EXPECT_EQ(pool.read().error().code, "store_stopped");
}

}
