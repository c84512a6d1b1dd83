// The journal says what happened, followers hear it once, jobs run until they are done.
#include "platform/journal/journal.h"

#include "platform/journal/journal_codec.h"
#include "platform/pipeline/pipeline_testing.h"
#include "platform/pipeline/unit_state.h"

#include <algorithm>
#include <condition_variable>
#include <future>
#include <stdexcept>

namespace cashline {
namespace {

class CountingFollower : public Follower {
public:
    explicit CountingFollower(
        std::vector<std::int64_t>& seen, int& failures, std::int64_t& failing_position)
        : m_seen(seen)
        , m_failures(failures)
        , m_failing_position(failing_position)
    {
    }
    std::string_view name() const override { return "test.counting"; }
    Result<void> follow(Unit& unit, ChangeSet const& set) override
    {
        auto const* tags = unit.schema().find("tag");
        Row row(tags->id);
        row.set(tags->find("name")->index, Value("seen " + std::to_string(set.position)));
        if (set.reason == "Create" && set.door == Door::web_api) {
            TRY(unit.create(std::move(row)));
        }
        if (m_failures > 0) {
            --m_failures;
            return internal("follower_is_ill", "Later, please.");
        }
        if (set.position == m_failing_position) {
            return internal("follower_is_ill", "Not this one.");
        }
        m_seen.push_back(set.position);
        return {};
    }

private:
    std::vector<std::int64_t>& m_seen;
    int& m_failures;
    std::int64_t& m_failing_position;
};

class JournalTest : public PipelineTest {
protected:
    void register_rules(Registry& registry) override
    {
        registry.follower(
            std::make_unique<CountingFollower>(m_seen, m_failures, m_failing_position));
        registry.job(
            "test.work", [this](JobContext& context, json::Value const& input) -> Result<void> {
                m_attempts.push_back(context.attempt);
                m_inputs.push_back(input.to_string());
                if (input.flag("throws")) {
                    throw std::runtime_error("a bug");
                }
                if (context.attempt <= input.integer("fails")) {
                    return refuse(Fault::unavailable, "try_later", "The other side is away.");
                }
                return {};
            });
        registry.job("test.repeat", [this](JobContext&, json::Value const&) -> Result<void> {
            ++m_repeats;
            return {};
        });
        registry.every("test.repeat", 60);
    }
    void ask_for(Job job)
    {
        EXPECT_EQ(code(write(m_daisy,
                      [&](Unit& unit) -> Result<void> {
                          unit.later(job);
                          return {};
                      })),
            "");
    }
    std::int64_t jobs_in_state(int state)
    {
        return platform()
            .read<std::int64_t>(system_caller(),
                [&](Reader& reader) -> Result<std::int64_t> {
                    return TRY(
                        reader.context().sql.find_integer(
                            "select count(*) from cl_job where name = 'test.work' and state = "
                            + std::to_string(state)))
                        .value_or(0);
                })
            .value_or(-1);
    }

    std::vector<std::int64_t> m_seen {};
    int m_failures {};
    std::int64_t m_failing_position { -1 };
    std::vector<int> m_attempts {};
    std::vector<std::string> m_inputs {};
    int m_repeats {};
};
INSTANTIATE_TEST_SUITE_P(Databases, JournalTest, both_databases(), database_name);

TEST_P(JournalTest, values_come_back_as_they_were)
{
    std::vector<Value> const values { Value {}, Value(true), Value(5), Value("t:ext"), Value(""),
        Value(Decimal(12300, 3)), Value(Amount { -5 }), Value(Id::from_name("x")),
        Value(Lookup { TableId { 8 }, Id::from_name("y") }), Value(Timestamp { -1 }),
        Value(Date::of(1999, 12, 31)) };
    for (auto const& value : values) {
        EXPECT_EQ(journal::decode(journal::encode(value)), value);
    }
    auto const hashed = journal::decode(journal::encode(Value(std::string(5'000, 'x'))));
    ASSERT_NE(hashed.as_text(), nullptr);
    EXPECT_TRUE(hashed.as_text()->starts_with("sha256:"));
    EXPECT_EQ(journal::decode_changes("[1]").error().code, "journal_damaged");
}

TEST_P(JournalTest, a_change_set_tells_who_what_and_how_it_was)
{
    auto const end = journal_end();
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" }, { "secret", "s" } }));
    EXPECT_EQ(code(update(m_daisy, deal, { { "name", "B" }, { "secret", "t" } })), "");
    EXPECT_EQ(code(remove(m_daisy, deal)), "");
    auto const sets = journal_after(end);
    ASSERT_EQ(sets.size(), 3U);
    EXPECT_EQ(sets[0].position, end + 1);
    EXPECT_EQ(sets[2].position, end + 3);
    EXPECT_EQ(sets[0].user, m_daisy.user);
    EXPECT_EQ(sets[0].reason, "Create");
    EXPECT_EQ(sets[2].reason, "Delete");
    auto const& created = sets[0].entries.front();
    EXPECT_EQ(created.operation, Operation::create);
    EXPECT_TRUE(created.changes.empty());
    EXPECT_EQ(created.owner.id, m_daisy.user);
    EXPECT_EQ(created.unit, m_north);
    auto const& updated = sets[1].entries.front();
    ASSERT_EQ(updated.changes.size(), 1U); // Not the secret, nor who and when.
    EXPECT_EQ(updated.changes[0].before, Value("A"));
    EXPECT_EQ(updated.changes[0].after, Value("B"));
    EXPECT_GT(updated.version, created.version);
    auto const& removed = sets[2].entries.front();
    EXPECT_EQ(removed.operation, Operation::remove);
    EXPECT_EQ(removed.owner.id, m_daisy.user);
    auto const name = std::ranges::find(removed.changes, Value("B"), &ColumnChange::before);
    EXPECT_NE(name, removed.changes.end());
    auto const history = platform().read<std::vector<ChangeSet>>(system_caller(),
        [&](Reader& reader) { return journal::read_history(reader.context().sql, deal); });
    EXPECT_EQ(history->size(), 3U);
}

TEST_P(JournalTest, one_unit_is_one_change_set_with_one_entry_a_row)
{
    auto const end = journal_end();
    auto const set_id = Id::from_name("import/1");
    EXPECT_EQ(code(write(m_daisy,
                  [&](Unit& unit) -> Result<void> {
                      unit.join_undo_set(set_id);
                      auto const first = TRY(unit.create(row("deal", { { "name", "A" } })));
                      TRY(unit.update(table("deal").id, first, row("deal", { { "name", "B" } })));
                      auto const gone = TRY(unit.create(row("deal", { { "name", "C" } })));
                      return unit.remove(table("deal").id, gone);
                  })),
        "");
    auto const sets = journal_after(end);
    ASSERT_EQ(sets.size(), 1U);
    ASSERT_EQ(sets[0].entries.size(), 1U);
    EXPECT_EQ(sets[0].entries[0].operation, Operation::create);
    EXPECT_EQ(sets[0].undo_set, set_id);
    // Nothing refused, nothing unchanged, nothing read appears.
    EXPECT_EQ(code(write(m_daisy, [](Unit&) -> Result<void> { return {}; })), "");
    EXPECT_EQ(code(create(m_daisy, "deal", {})), "RequiredFieldMissing");
    EXPECT_EQ(journal_end(), end + 1);
}

TEST_P(JournalTest, positions_have_no_gaps_when_many_write_at_once)
{
    auto const end = journal_end();
    constexpr auto count = 60;
    std::vector<std::future<bool>> writers;
    for (auto number = 0; number < count; ++number) {
        writers.push_back(std::async(std::launch::async, [&, number] {
            // Every third is refused after it has written something.
            return write(m_daisy, [&](Unit& unit) -> Result<void> {
                TRY(unit.create(row("deal", { { "name", "A" } })));
                return number % 3 == 0 ? Result<void>(conflict("no", "No.")) : Result<void> {};
            }).has_value();
        }));
    }
    auto committed = 0;
    for (auto& writer : writers) {
        committed += writer.get() ? 1 : 0;
    }
    EXPECT_EQ(committed, count * 2 / 3);
    auto const sets = journal_after(end);
    ASSERT_EQ(sets.size(), static_cast<std::size_t>(committed));
    for (std::size_t place = 0; place < sets.size(); ++place) {
        EXPECT_EQ(sets[place].position, end + 1 + static_cast<std::int64_t>(place));
    }
}

TEST_P(JournalTest, a_follower_sees_each_change_set_once_even_after_it_failed)
{
    ASSERT_TRUE(platform().drain().has_value());
    m_seen.clear();
    made_by(m_daisy, "deal", { { "name", "A" } });
    auto const position = journal_end();
    m_failures = 2;
    EXPECT_EQ(code(platform().drain()), "follower_is_ill");
    EXPECT_EQ(code(platform().drain()), "follower_is_ill");
    EXPECT_TRUE(m_seen.empty());
    EXPECT_TRUE(platform().drain().has_value());
    // What it wrote in the tries that failed is gone: exactly one tag. Its own change came by, too.
    auto const tags = platform().read<std::int64_t>(system_caller(), [&](Reader& reader) {
        return reader.count(Query::from(table("tag").id)
                .where(Filter::condition(
                    table("tag").find("name")->index, Operator::begins_with, { Value("seen") })));
    });
    EXPECT_EQ(tags.value_or(-1), 1);
    EXPECT_EQ(m_seen, (std::vector<std::int64_t> { position, position + 1 }));
    reopen();
    EXPECT_TRUE(platform().drain().has_value());
    EXPECT_EQ(m_seen.size(), 2U);
}

TEST_P(JournalTest, a_refused_change_set_does_not_undo_the_ones_before_it)
{
    ASSERT_TRUE(platform().drain().has_value());
    m_seen.clear();
    auto const end = journal_end();
    for (auto const* name : { "A", "B", "C" }) {
        made("deal", { { "name", name } });
    }
    m_failing_position = end + 2;
    EXPECT_EQ(code(platform().drain()), "follower_is_ill");
    EXPECT_EQ(m_seen.back(), end + 1);
    m_failing_position = -1;
    EXPECT_TRUE(platform().drain().has_value());
    EXPECT_EQ(m_seen.back(), end + 3);
}

TEST_P(JournalTest, listeners_hear_what_happens_in_order)
{
    ASSERT_TRUE(platform().drain().has_value()); // The people of this test are old news.
    std::mutex mutex;
    std::condition_variable heard;
    std::vector<std::int64_t> positions;
    platform().on_change_sets([&](std::vector<ChangeSet> const& sets) {
        auto const lock = std::scoped_lock { mutex };
        for (auto const& set : sets) {
            positions.push_back(set.position);
        }
        heard.notify_all();
    });
    platform().start_background();
    auto const end = journal_end();
    made_by(m_admin, "deal", { { "name", "A" } });
    made_by(m_admin, "deal", { { "name", "B" } });
    auto lock = std::unique_lock { mutex };
    EXPECT_TRUE(
        heard.wait_for(lock, std::chrono::seconds { 20 }, [&] { return positions.size() >= 2; }));
    EXPECT_EQ(positions.front(), end + 1);
    EXPECT_TRUE(std::ranges::is_sorted(positions));
    lock.unlock();
    platform().stop_background();
}

TEST_P(JournalTest, jobs_run_after_the_commit_and_only_then)
{
    ask_for({ .name = "test.work", .input = json::Object { { "fails", 0 } } });
    EXPECT_EQ(code(write(m_daisy,
                  [](Unit& unit) -> Result<void> {
                      unit.later({ .name = "test.work" });
                      return conflict("no", "No.");
                  })),
        "no");
    EXPECT_EQ(platform().drain().value_or(-1), 1);
    EXPECT_EQ(m_inputs, std::vector<std::string> { R"({"fails":0})" });
    EXPECT_EQ(platform().drain().value_or(-1), 0);
    ask_for({ .name = "test.work", .delay_seconds = 3'600 });
    EXPECT_EQ(platform().drain().value_or(-1), 0);
    environment().advance_seconds(3'601);
    EXPECT_EQ(platform().drain().value_or(-1), 1);
}

TEST_P(JournalTest, a_job_with_a_key_waits_once)
{
    ask_for({ .name = "test.work", .key = "invoice 7" });
    ask_for({ .name = "test.work", .key = "invoice 7" });
    ask_for({ .name = "test.work", .key = "invoice 8" });
    EXPECT_EQ(platform().drain().value_or(-1), 2);
    ask_for({ .name = "test.work", .key = "invoice 7" });
    EXPECT_EQ(platform().drain().value_or(-1), 1);
}

TEST_P(JournalTest, a_failing_job_waits_longer_each_time_and_then_is_kept_as_dead)
{
    ask_for({ .name = "test.work", .input = json::Object { { "fails", 2 } } });
    EXPECT_EQ(platform().drain().value_or(-1), 1);
    EXPECT_EQ(platform().drain().value_or(-1), 0);
    environment().advance_seconds(31);
    EXPECT_EQ(platform().drain().value_or(-1), 1);
    environment().advance_seconds(31);
    EXPECT_EQ(platform().drain().value_or(-1), 0);
    environment().advance_seconds(31);
    EXPECT_EQ(platform().drain().value_or(-1), 1);
    EXPECT_EQ(m_attempts, (std::vector<int> { 1, 2, 3 }));
    EXPECT_EQ(jobs_in_state(2), 1);
    m_attempts.clear();
    ask_for({ .name = "test.work", .input = json::Object { { "throws", true } } });
    for (auto attempt = 0; attempt < 20; ++attempt) {
        EXPECT_TRUE(platform().drain().has_value());
        environment().advance_seconds(86'400);
    }
    EXPECT_EQ(m_attempts.size(), 8U);
    EXPECT_EQ(jobs_in_state(3), 1);
}

TEST_P(JournalTest, a_job_whose_process_died_is_taken_again)
{
    ask_for({ .name = "test.work", .input = json::Object { { "fails", 0 } } });
    EXPECT_TRUE(
        write_sql(platform().store(), "update cl_job set state = 1, attempts = 1, lease_until = ?1",
            { environment().now().plus_seconds(60).microseconds })
            .has_value());
    EXPECT_EQ(platform().drain().value_or(-1), 0);
    environment().advance_seconds(61);
    EXPECT_EQ(platform().drain().value_or(-1), 1);
    EXPECT_EQ(m_attempts, std::vector<int> { 2 });
}

TEST_P(JournalTest, a_restart_takes_over_what_a_dead_process_ran)
{
    ask_for({ .name = "test.work", .input = json::Object { { "fails", 0 } } });
    EXPECT_TRUE(
        write_sql(platform().store(), "update cl_job set state = 1, attempts = 1, lease_until = ?1",
            { environment().now().plus_seconds(60).microseconds })
            .has_value());
    platform().start_background();
    platform().stop_background();
    EXPECT_TRUE(platform().drain().has_value());
    // Others may share a PostgreSQL and be at it.
    auto const is_alone = platform().store().dialect() == Dialect::sqlite;
    EXPECT_EQ(m_attempts, is_alone ? std::vector<int> { 2 } : std::vector<int> {});
}

TEST_P(JournalTest, repeating_jobs_come_back)
{
    platform().start_background();
    platform().stop_background();
    EXPECT_EQ(m_repeats, 0);
    for (auto round = 1; round <= 3; ++round) {
        environment().advance_seconds(61);
        EXPECT_TRUE(platform().drain().has_value());
        EXPECT_EQ(m_repeats, round);
    }
}

}
}
