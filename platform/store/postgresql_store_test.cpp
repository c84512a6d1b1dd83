#include "platform/store/postgresql_cluster_testing.h"
#include "platform/store/postgresql_writer.h"
#include "platform/store/store_testing.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <latch>
#include <thread>

namespace cashline {

namespace {

using ::testing::ElementsAre;

class PostgresqlStoreTest : public ::testing::Test {
protected:
    void SetUp() override
    {
        m_cluster = shared_postgresql_cluster();
        if (m_cluster == nullptr) {
            GTEST_SKIP() << "No PostgreSQL server is installed.";
        }
        m_store = fresh_postgresql_store();
        write_sql(store(), "CREATE TABLE board (name text, price bigint)").value();
    }
    Store& store() { return **m_store; }
    PostgresqlCluster& cluster() { return *m_cluster; }
    std::string database()
    {
        auto const& url = m_store->options().postgresql;
        return url.substr(url.find("dbname=") + 7);
    }
    std::int64_t count() { return read_integer(store(), "SELECT count(*) FROM board"); }

private:
    PostgresqlCluster* m_cluster {};
    std::unique_ptr<FreshStore> m_store {};
};

// Ends every other session of the database it runs in.
constexpr auto end_others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                            "WHERE datname = current_database() AND pid <> pg_backend_pid()";

}

TEST_F(PostgresqlStoreTest, a_unit_whose_connection_breaks_runs_again)
{
    std::vector<int> attempts;
    auto const done = store().write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        attempts.push_back(transaction.attempt());
        auto& sql = transaction.sql();
        TRY(sql.run("INSERT INTO board VALUES ('a', 1)"));
        if (transaction.attempt() < 2) {
            cluster().run(end_others, database()).value();
        }
        TRY(sql.run("INSERT INTO board VALUES ('b', 1)"));
        return {};
    });
    EXPECT_EQ(code_of(done), "");
    EXPECT_THAT(attempts, ElementsAre(0, 1, 2));
    EXPECT_EQ(count(), 2);
}

TEST_F(PostgresqlStoreTest, a_unit_that_always_conflicts_is_refused_in_the_end)
{
    int attempts = 0;
    auto const refused = store().write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        ++attempts;
        std::ignore = transaction.sql().script(
            "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$");
        return conflict("something_else", "The unit makes its own error of it.");
    });
    EXPECT_EQ(code_of(refused), "sql_conflict");
    EXPECT_EQ(refused.error().fault, Fault::unavailable);
    EXPECT_EQ(attempts, 6);
}

TEST_F(PostgresqlStoreTest, units_that_lock_each_other_out_run_again)
{
    write_sql(store(), "INSERT INTO board VALUES ('a', 0), ('b', 0)").value();
    std::latch both_hold_one(2);
    std::atomic<int> repeated {};
    auto const raise_both = [&](char const* first, char const* second) {
        auto const done =
            store().write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
                constexpr auto raise = "UPDATE board SET price = price + 1 WHERE name = ?1";
                TRY(transaction.sql().run(raise, { first }));
                if (transaction.attempt() == 0) {
                    both_hold_one.arrive_and_wait();
                } else {
                    ++repeated;
                }
                TRY(transaction.sql().run(raise, { second }));
                return {};
            });
        EXPECT_EQ(code_of(done), "");
    };
    {
        std::jthread const forwards([&] { raise_both("a", "b"); });
        std::jthread const backwards([&] { raise_both("b", "a"); });
    }
    EXPECT_EQ(repeated, 1);
    EXPECT_EQ(read_integer(store(), "SELECT min(price) FROM board"), 2);
}

TEST_F(PostgresqlStoreTest, idle_readers_that_were_cut_off_are_replaced)
{
    EXPECT_EQ(count(), 0);
    cluster().run(end_others, database()).value();
    EXPECT_EQ(count(), 0);
}

// The session that commits ends itself in the commit: nothing was kept, so the unit may run again.
TEST_F(PostgresqlStoreTest, a_commit_that_broke_before_it_was_done_runs_again)
{
    constexpr auto script =
        "CREATE TABLE broken (times bigint);"
        "CREATE SEQUENCE tries;"
        "CREATE FUNCTION break_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF nextval('tries') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; "
        "RETURN NULL; END $$;"
        "CREATE CONSTRAINT TRIGGER break_commit AFTER INSERT ON board DEFERRABLE INITIALLY "
        "DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION break_once()";
    store()
        .write_and_wait(
            [&](StoreTransaction& transaction) { return transaction.sql().script(script); })
        .value();
    int attempts = 0;
    bool called = false;
    auto const done = store().write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        ++attempts;
        transaction.after_commit([&] { called = true; });
        TRY(transaction.sql().run("INSERT INTO board VALUES ('a', 1)"));
        return {};
    });
    EXPECT_EQ(code_of(done), "");
    EXPECT_EQ(attempts, 2);
    EXPECT_TRUE(called);
    EXPECT_EQ(count(), 1);
}

// A commit waits for a standby that never comes, with its data kept already; then its session is
// ended. The answer is lost, the change is not, and a second run would double it.
TEST_F(PostgresqlStoreTest, a_commit_whose_answer_was_lost_is_found_and_not_repeated)
{
    auto const own = PostgresqlCluster::start(PostgresqlCluster::Fsync::off,
        "-c wal_level=replica -c max_wal_senders=2 "
        "-c synchronous_commit=local "
        "-c synchronous_standby_names=nobody");
    ASSERT_TRUE(own) << own.error().text;
    auto& server = **own;
    ASSERT_EQ(code_of(server.run("CREATE TABLE board (name text)")), "");
    auto const opened = open_store({ .postgresql = server.url("postgres") });
    ASSERT_TRUE(opened);
    int attempts = 0;
    std::jthread const ender([&] {
        constexpr auto end_waiting =
            "DO $$ BEGIN LOOP "
            "EXIT WHEN (SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE wait_event = 'SyncRep') > 0; "
            "PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$";
        EXPECT_EQ(code_of(server.run(end_waiting)), "");
    });
    auto const done = (*opened)->write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        ++attempts;
        TRY(transaction.sql().run("SET LOCAL synchronous_commit = on"));
        TRY(transaction.sql().run("INSERT INTO board VALUES ('a')"));
        return {};
    });
    EXPECT_EQ(code_of(done), "");
    EXPECT_EQ(attempts, 1);
    EXPECT_EQ(read_integer(**opened, "SELECT count(*) FROM board"), 1);
}

TEST_F(PostgresqlStoreTest, a_database_that_forgets_is_refused)
{
    cluster()
        .run(fmt::format("ALTER DATABASE {} SET synchronous_commit = off", database()))
        .value();
    EXPECT_EQ(
        open_store({ .postgresql = cluster().url(database()) }).error().code, "store_not_durable");
}

TEST_F(PostgresqlStoreTest, a_server_that_is_not_there_is_said_at_the_start)
{
    EXPECT_EQ(open_store({ .postgresql = "host=/nowhere dbname=x" }).error().code, "sql_lost");
}

TEST(LaneLocks, come_once_and_in_one_order)
{
    std::vector<Lane> const some { { "series", "1" }, { "credit", "2" }, { "series", "1" } };
    std::vector<Lane> const others { { "credit", "2" }, { "series", "1" } };
    EXPECT_EQ(lane_locks(some), lane_locks(others));
    EXPECT_EQ(lane_locks(some).size(), 2U);
    EXPECT_TRUE(std::ranges::is_sorted(lane_locks(some)));
    EXPECT_NE(lane_locks({ { "a", "bc" } }), lane_locks({ { "ab", "c" } }));
}

}
