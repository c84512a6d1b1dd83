#include "platform/store/dialect.h"
#include "platform/store/store_testing.h"

#include "core/check.h"

#include <fmt/format.h>
#include <future>
#include <gmock/gmock.h>
#include <latch>
#include <thread>

namespace cashline {

namespace {

using dialect::ColumnKind;
using ::testing::ElementsAre;

constexpr Id surfboard { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 } };

// One column of each kind, a unique index, a required column, a check and a reference.
Result<void> create_tables(Store& store)
{
    auto const type = [&](ColumnKind kind) { return dialect::column_type(store.dialect(), kind); };
    auto const suffix = dialect::table_suffix(store.dialect());
    auto const script =
        fmt::format("CREATE TABLE maker (code {0} NOT NULL){1};"
                    "CREATE UNIQUE INDEX maker__code ON maker (code);"
                    "CREATE TABLE board (id {2}, name {0} NOT NULL, price {3}, made_on {4}, "
                    "sold {5}, picture {6}, maker {0} REFERENCES maker (code), "
                    "CONSTRAINT board_price_check CHECK (price >= 0)){1};"
                    "CREATE UNIQUE INDEX board__id ON board (id);"
                    "CREATE UNIQUE INDEX board__name_maker ON board (name, maker);",
            type(ColumnKind::text), suffix, type(ColumnKind::id), type(ColumnKind::int64),
            type(ColumnKind::int32), type(ColumnKind::boolean), type(ColumnKind::blob));
    return store.write_and_wait(
        [&](StoreTransaction& transaction) { return transaction.sql().script(script); },
        { .alone = true });
}

class StoreTest : public OnBothDatabases {
protected:
    StoreTemplate store_template() const override { return { "boards", create_tables }; }

    Result<void> add(std::string_view name, std::int64_t price = 1)
    {
        return write_sql(
            store(), "INSERT INTO board (name, price) VALUES (?1, ?2)", { name, price });
    }
    std::int64_t count() { return read_integer(store(), "SELECT count(*) FROM board"); }
    Result<void> unit(UnitOfWork work) { return store().write_and_wait(std::move(work)); }
};

INSTANTIATE_TEST_SUITE_P(Databases, StoreTest, both_databases(), database_name);

}

TEST_P(StoreTest, values_of_every_kind_come_back)
{
    std::string const picture { "\x00\xff\\x'\"", 6 };
    EXPECT_EQ(
        code_of(write_sql(store(), "INSERT INTO maker (code) VALUES (?1)", { "Adventure" })), "");
    EXPECT_EQ(code_of(write_sql(store(), "INSERT INTO board VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                  { surfboard, "Süd'see \\ 板", std::int64_t { 9'223'372'036'854'775'807 },
                      -719'162, 1, Bytes { picture }, "Adventure" })),
        "");
    auto const snapshot = store().read().value();
    int rows = 0;
    auto const read = snapshot->sql().each(
        "SELECT id, name, price, made_on, sold, picture, maker, NULL FROM board WHERE id = ?1",
        { surfboard }, [&](SqlRow const& row) {
            ++rows;
            EXPECT_EQ(row.id(0), surfboard);
            EXPECT_EQ(row.text(1), "Süd'see \\ 板");
            EXPECT_EQ(row.integer(2), 9'223'372'036'854'775'807);
            EXPECT_EQ(row.integer(3), -719'162);
            EXPECT_EQ(row.integer(4), 1);
            EXPECT_EQ(row.bytes(5), picture);
            EXPECT_EQ(row.text(6), "Adventure");
            EXPECT_TRUE(row.is_null(7));
            EXPECT_FALSE(row.is_null(0));
            return Walk::on;
        });
    EXPECT_EQ(code_of(read), "");
    EXPECT_EQ(rows, 1);
}

TEST_P(StoreTest, empty_text_and_nothing_differ)
{
    EXPECT_EQ(code_of(add("")), "");
    EXPECT_EQ(
        code_of(write_sql(store(), "UPDATE board SET picture = ?1, price = ?2", { Bytes {}, {} })),
        "");
    EXPECT_EQ(read_integer(store(),
                  "SELECT count(*) FROM board WHERE name = '' AND picture IS NOT NULL AND "
                  "price IS NULL"),
        1);
}

TEST_P(StoreTest, one_statement_takes_values_and_nulls_in_any_order)
{
    for (int i = 0; i < 4; ++i) {
        auto const name = std::to_string(i);
        SqlValue const price = i % 2 == 0 ? SqlValue {} : SqlValue { i };
        SqlValue const id =
            i < 2 ? SqlValue {} : SqlValue { Id { { static_cast<std::uint8_t>(i) } } };
        EXPECT_EQ(
            code_of(write_sql(store(), "INSERT INTO board (name, price, id) VALUES (?1, ?2, ?3)",
                { name, price, id })),
            "");
    }
    EXPECT_EQ(read_integer(store(), "SELECT count(price) * 10 + count(id) FROM board"), 22);
}

TEST_P(StoreTest, a_question_mark_in_text_is_no_parameter)
{
    EXPECT_EQ(
        code_of(write_sql(store(),
            "INSERT INTO board (name, /* ?7 */ price) VALUES ('really ?1 ''?2' || ?2, ?1) -- ?3",
            { 5, "!" })),
        "");
    EXPECT_EQ(read_integer(store(), "SELECT price FROM board WHERE name = 'really ?1 ''?2!'"), 5);
}

TEST_P(StoreTest, run_answers_the_number_of_changed_rows)
{
    add("a").value();
    add("b").value();
    auto const counted = unit([](StoreTransaction& transaction) -> Result<void> {
        auto& sql = transaction.sql();
        EXPECT_EQ(TRY(sql.run("UPDATE board SET price = 7")), 2);
        EXPECT_EQ(TRY(sql.run("SELECT * FROM board")), 0);
        EXPECT_EQ(TRY(sql.run("DELETE FROM board WHERE name = ?1", { "a" })), 1);
        EXPECT_EQ(TRY(sql.run("DELETE FROM board WHERE name = ?1", { "a" })), 0);
        EXPECT_EQ(TRY(sql.run("CREATE TABLE other (a integer)")), 0);
        return {};
    });
    EXPECT_EQ(code_of(counted), "");
}

TEST_P(StoreTest, a_returning_statement_that_nobody_reads_to_the_end_is_finished)
{
    EXPECT_EQ(code_of(unit([](StoreTransaction& transaction) {
        return transaction.sql().each("INSERT INTO board (name) VALUES ('a'), ('b') RETURNING name",
            {}, [](SqlRow const&) { return Walk::stop; });
    })),
        "");
    EXPECT_EQ(count(), 2);
}

TEST_P(StoreTest, a_refusal_undoes_the_unit_and_nothing_else)
{
    add("kept").value();
    auto const refused = unit([](StoreTransaction& transaction) -> Result<void> {
        TRY(transaction.sql().run("INSERT INTO board (name) VALUES ('undone')"));
        return conflict("board_is_wet", "Dry the board first.");
    });
    EXPECT_EQ(code_of(refused), "board_is_wet");
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(store().statistics().units_refused, 1);
}

TEST_P(StoreTest, a_failed_check_is_a_refusal_and_the_store_goes_on)
{
    auto const refused = unit([](StoreTransaction& transaction) -> Result<void> {
        TRY(transaction.sql().run("INSERT INTO board (name) VALUES ('undone')"));
        CHECK(transaction.attempt() == 17);
        return {};
    });
    EXPECT_EQ(code_of(refused), "internal_error");
    EXPECT_EQ(refused.error().fault, Fault::internal);
    EXPECT_EQ(code_of(add("after")), "");
    EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, a_check_that_fails_inside_a_row_callback_frees_the_statement)
{
    add("a").value();
    auto const read_names = [](StoreTransaction& transaction, bool fail) {
        return transaction.sql().each("SELECT name FROM board", {}, [&](SqlRow const&) {
            CHECK(!fail);
            return Walk::on;
        });
    };
    EXPECT_EQ(
        code_of(unit([&](StoreTransaction& transaction) { return read_names(transaction, true); })),
        "internal_error");
    EXPECT_EQ(code_of(unit(
                  [&](StoreTransaction& transaction) { return read_names(transaction, false); })),
        "");
    EXPECT_EQ(code_of(write_sql(store(), "DROP TABLE board", {}, { .alone = true })), "");
}

TEST_P(StoreTest, a_second_row_with_the_same_key_names_the_index)
{
    EXPECT_EQ(code_of(write_sql(store(), "INSERT INTO maker (code) VALUES ('m')")), "");
    constexpr auto insert = "INSERT INTO board (name, maker) VALUES ('a', 'm')";
    EXPECT_EQ(code_of(write_sql(store(), insert)), "");
    auto const refused = write_sql(store(), insert);
    EXPECT_EQ(code_of(refused), "sql_unique");
    EXPECT_EQ(refused.error().column, "board__name_maker");
    EXPECT_EQ(refused.error().fault, Fault::conflict);
}

TEST_P(StoreTest, broken_constraints_have_codes)
{
    auto const nameless = write_sql(store(), "INSERT INTO board (price) VALUES (1)");
    EXPECT_EQ(code_of(nameless), "sql_not_null");
    EXPECT_EQ(nameless.error().column, "name");
    auto const dangling =
        write_sql(store(), "INSERT INTO board (name, maker) VALUES ('a', 'nobody')");
    EXPECT_EQ(code_of(dangling), "sql_foreign_key");
    EXPECT_EQ(dangling.error().column, "");
    auto const negative = add("a", -1);
    EXPECT_EQ(code_of(negative), "sql_check");
    EXPECT_EQ(negative.error().column, "board_price_check");
    EXPECT_EQ(code_of(write_sql(store(), "INSERT INTO nowhere VALUES (1)")), "sql_error");
    EXPECT_EQ(code_of(write_sql(store(), "SELECT ?1", {})), "sql_error");
    EXPECT_EQ(code_of(add(std::string_view("a\0b", 3))), "sql_error");
    EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, double_quotes_never_make_a_text)
{
    EXPECT_EQ(code_of(write_sql(store(), "INSERT INTO board (name) VALUES (\"a\")")), "sql_error");
}

// PostgreSQL refuses what follows a failed statement; on SQLite it must not be a matter of luck
// either.
TEST_P(StoreTest, a_unit_that_swallows_a_failed_statement_is_refused)
{
    add("taken").value();
    auto const refused = unit([](StoreTransaction& transaction) -> Result<void> {
        auto& sql = transaction.sql();
        TRY(sql.run("INSERT INTO board (name) VALUES ('before')"));
        EXPECT_EQ(sql.run("INSERT INTO board (price) VALUES (1)").error().code, "sql_not_null");
        EXPECT_EQ(
            sql.run("INSERT INTO board (name) VALUES ('after')").error().code, "sql_not_null");
        return {};
    });
    EXPECT_EQ(code_of(refused), "sql_not_null");
    EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, queries_with_one_text_nest)
{
    for (int i = 1; i <= 3; ++i) {
        add(std::to_string(i), i).value();
    }
    constexpr auto query = "SELECT price FROM board WHERE price >= ?1 ORDER BY price";
    std::vector<std::int64_t> seen;
    EXPECT_EQ(code_of(unit([&](StoreTransaction& transaction) {
        auto& sql = transaction.sql();
        return sql.each(query, { 1 }, [&](SqlRow const& outer) {
            EXPECT_EQ(code_of(sql.each(query, { outer.integer(0) },
                          [&](SqlRow const& inner) {
                              seen.push_back(outer.integer(0) * 10 + inner.integer(0));
                              return Walk::on;
                          })),
                "");
            return Walk::on;
        });
    })),
        "");
    EXPECT_THAT(seen, ElementsAre(11, 12, 13, 22, 23, 33));
}

TEST_P(StoreTest, more_texts_than_the_cache_holds_are_fine)
{
    EXPECT_EQ(code_of(unit([](StoreTransaction& transaction) -> Result<void> {
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < 300; ++i) {
                EXPECT_EQ(TRY(transaction.sql().find_integer(fmt::format("SELECT {}", i))), i);
            }
        }
        return {};
    })),
        "");
}

TEST_P(StoreTest, a_snapshot_does_not_see_what_came_later)
{
    add("a").value();
    auto snapshot = store().read().value();
    add("b").value();
    EXPECT_EQ(snapshot->sql().find_integer("SELECT count(*) FROM board").value(), 1);
    snapshot.reset();
    EXPECT_EQ(count(), 2);
}

TEST_P(StoreTest, a_snapshot_cannot_write)
{
    auto const snapshot = store().read().value();
    EXPECT_FALSE(snapshot->sql().run("INSERT INTO board (name) VALUES ('a')"));
    EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, a_unit_reads_its_own_writes_and_others_do_not)
{
    EXPECT_EQ(code_of(unit([this](StoreTransaction& transaction) -> Result<void> {
        TRY(transaction.sql().run("INSERT INTO board (name) VALUES ('a')"));
        EXPECT_EQ(TRY(transaction.sql().find_integer("SELECT count(*) FROM board")), 1);
        EXPECT_EQ(count(), 0);
        return {};
    })),
        "");
}

TEST_P(StoreTest, callbacks_run_in_order_after_the_commit_and_before_the_answer)
{
    std::vector<std::string> order;
    std::promise<void> answered;
    store().write(
        [&](StoreTransaction& transaction) -> Result<void> {
            TRY(transaction.sql().run("INSERT INTO board (name) VALUES ('a')"));
            transaction.after_commit(
                [&] { order.push_back(fmt::format("first sees {}", count())); });
            transaction.after_commit([&] { throw std::runtime_error("a bug in a callback"); });
            transaction.after_commit([&] { order.emplace_back("second"); });
            return {};
        },
        {},
        [&](Result<void> result) {
            order.push_back(result ? "answer" : result.error().code);
            answered.set_value();
        });
    answered.get_future().wait();
    EXPECT_THAT(order, ElementsAre("first sees 1", "second", "answer"));
}

TEST_P(StoreTest, callbacks_of_a_refused_unit_never_run)
{
    bool called = false;
    EXPECT_EQ(code_of(unit([&](StoreTransaction& transaction) -> Result<void> {
        transaction.after_commit([&] { called = true; });
        return conflict("no", "No.");
    })),
        "no");
    EXPECT_FALSE(called);
}

TEST_P(StoreTest, sixteen_writers_lose_no_update)
{
    constexpr int writers = 16;
    constexpr int rounds = 20;
    add("stock", 0).value();
    std::atomic<int> refused {};
    std::vector<std::jthread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < rounds; ++round) {
                auto const done = store().write_and_wait(
                    [&](StoreTransaction& transaction) -> Result<void> {
                        auto& sql = transaction.sql();
                        auto const stock =
                            TRY(sql.find_integer("SELECT price FROM board WHERE name = 'stock'"));
                        TRY(sql.run(
                            "UPDATE board SET price = ?1 WHERE name = 'stock'", { *stock + 1 }));
                        if ((i + round) % 5 == 0) {
                            return conflict("sold_out", "Sold out.");
                        }
                        return {};
                    },
                    { .lanes = { { "stock", "board" } } });
                refused += done ? 0 : 1;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(refused, writers * rounds / 5);
    EXPECT_EQ(read_integer(store(), "SELECT price FROM board"), writers * rounds - refused);
    EXPECT_EQ(store().statistics().units_refused, refused);
}

TEST_P(StoreTest, opposite_lanes_do_not_lock_each_other_out)
{
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            Lane const first { "stock", "first" };
            Lane const second { "credit", "second" };
            for (int round = 0; round < 10; ++round) {
                auto const done = store().write_and_wait(
                    [&](StoreTransaction& transaction) -> Result<void> {
                        EXPECT_EQ(transaction.attempt(), 0);
                        TRY(transaction.sql().run("INSERT INTO board (name) VALUES ('a')"));
                        return {};
                    },
                    { .lanes = i % 2 == 0 ? std::vector { first, second }
                                          : std::vector { second, first } });
                EXPECT_EQ(code_of(done), "");
            }
        });
    }
    threads.clear();
    EXPECT_EQ(count(), 80);
}

TEST_P(StoreTest, a_unit_that_wants_to_be_alone_meets_nobody)
{
    std::atomic<int> running {};
    std::atomic<int> met {};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, alone = i % 4 == 0] {
            for (int round = 0; round < 10; ++round) {
                auto const done = store().write_and_wait(
                    [&](StoreTransaction& transaction) -> Result<void> {
                        auto const others = running++;
                        TRY(transaction.sql().run("INSERT INTO board (name) VALUES ('a')"));
                        met += alone ? others + running - 1 : 0;
                        --running;
                        return {};
                    },
                    { .alone = alone });
                EXPECT_EQ(code_of(done), "");
            }
        });
    }
    threads.clear();
    EXPECT_EQ(met, 0);
    EXPECT_EQ(count(), 80);
}

// A statement that reads all columns changes its shape under a cached plan; the unit runs again.
TEST_P(StoreTest, schema_changes_meet_running_units)
{
    std::jthread const writer([this] {
        for (int i = 0; i < 40; ++i) {
            EXPECT_EQ(code_of(add(std::to_string(i))), "");
            EXPECT_EQ(code_of(unit([](StoreTransaction& transaction) {
                return transaction.sql().each(
                    "SELECT * FROM board", {}, [](SqlRow const&) { return Walk::on; });
            })),
                "");
            auto const snapshot = store().read().value();
            EXPECT_EQ(code_of(snapshot->sql().each(
                          "SELECT name FROM board", {}, [](SqlRow const&) { return Walk::on; })),
                "");
        }
    });
    for (int i = 0; i < 5; ++i) {
        auto const sql = fmt::format("ALTER TABLE board ADD COLUMN extra{} {}", i,
            dialect::column_type(GetParam(), ColumnKind::text));
        EXPECT_EQ(code_of(write_sql(store(), sql, {}, { .alone = true })), "");
    }
}

TEST_P(StoreTest, what_was_acknowledged_is_there_after_a_restart)
{
    add("a").value();
    fresh().reopen();
    EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, stopping_finishes_what_was_queued_and_refuses_the_rest)
{
    std::atomic<int> answered {};
    for (int i = 0; i < 50; ++i) {
        store().write(
            [](StoreTransaction& transaction) -> Result<void> {
                TRY(transaction.sql().run("INSERT INTO board (name) VALUES ('a')"));
                return {};
            },
            {}, [&](Result<void> result) { answered += result ? 1 : 0; });
    }
    store().stop();
    EXPECT_EQ(answered, 50);
    EXPECT_EQ(code_of(add("late")), "store_stopped");
    EXPECT_EQ(store().read().error().code, "store_stopped");
    fresh().reopen();
    EXPECT_EQ(count(), 50);
}

TEST_P(StoreTest, a_full_queue_refuses_at_once)
{
    // A batch or as many units as there are threads hold the store; the queue behind them fills up.
    constexpr int units = 4'096 + 256 + 1;
    std::promise<void> gate;
    auto const opened = gate.get_future().share();
    std::atomic<int> busy {};
    std::latch answered(units);
    for (int i = 0; i < units; ++i) {
        store().write(
            [opened](StoreTransaction&) -> Result<void> {
                opened.wait();
                return {};
            },
            {},
            [&](Result<void> result) {
                busy += !result && result.error().code == "store_busy" ? 1 : 0;
                answered.count_down();
            });
    }
    EXPECT_GT(busy, 0);
    gate.set_value();
    answered.wait();
    EXPECT_EQ(code_of(add("after")), "");
}

TEST_P(StoreTest, like_is_exact_and_takes_escaped_marks)
{
    add("100%_sure").value();
    add("100 pure").value();
    auto const sql = "SELECT count(*) FROM board WHERE " + dialect::like("name", "?1");
    EXPECT_EQ(read_integer(store(), sql, { dialect::like_escaped("100%_") + "%" }), 1);
    EXPECT_EQ(read_integer(store(), sql, { "100%" }), 2);
    EXPECT_EQ(read_integer(store(), sql, { "%SURE" }), 0);
}

TEST_P(StoreTest, upsert_inserts_once_and_then_replaces)
{
    auto const sql =
        dialect::upsert({ .table = "board", .keys = { "id" }, .others = { "name", "price" } });
    EXPECT_EQ(code_of(write_sql(store(), sql, { surfboard, "a", 1 })), "");
    EXPECT_EQ(code_of(write_sql(store(), sql, { surfboard, "b", 2 })), "");
    EXPECT_EQ(read_integer(store(), "SELECT price FROM board WHERE name = 'b'"), 2);
    auto const ignore = dialect::upsert({ .table = "maker", .keys = { "code" } });
    EXPECT_EQ(code_of(write_sql(store(), ignore, { "m" })), "");
    EXPECT_EQ(code_of(write_sql(store(), ignore, { "m" })), "");
    EXPECT_EQ(read_integer(store(), "SELECT count(*) FROM maker"), 1);
}

TEST_P(StoreTest, the_database_describes_itself)
{
    auto const names = [this](std::string_view sql, std::vector<SqlValue> values) {
        std::vector<std::string> found;
        auto const snapshot = store().read().value();
        EXPECT_EQ(code_of(snapshot->sql().each(sql, values,
                      [&](SqlRow const& row) {
                          found.emplace_back(row.text(0));
                          return Walk::on;
                      })),
            "");
        return found;
    };
    EXPECT_THAT(names(dialect::tables_query(GetParam()), {}), ElementsAre("board", "maker"));
    EXPECT_THAT(names(dialect::columns_query(GetParam()), { "board" }),
        ElementsAre("id", "name", "price", "made_on", "sold", "picture", "maker"));
    EXPECT_THAT(names(dialect::indexes_query(GetParam()), { "board" }),
        ElementsAre("board__id", "board__name_maker"));
}

}
