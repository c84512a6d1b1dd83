// kill -9 at random moments under load: what was acknowledged stays, nothing is there by half, and
// the books agree (acceptance of the store, docs/architecture.md).
#include "tests/faults/company_under_load.h"

#include "platform/store/postgresql_cluster_testing.h"

#include <gmock/gmock.h>

namespace cashline::faults {

namespace {

using ::testing::IsEmpty;
using ::testing::Not;

std::filesystem::path forgetful_program()
{
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "cashline_forgetful";
}

void expect_nothing_lost(CompanyUnderLoad& company, int rounds)
{
    auto const prepared = company.prepare();
    ASSERT_TRUE(prepared.has_value()) << prepared.error().text;
    for (int round = 1; round <= rounds; ++round) {
        ASSERT_THAT(company.kill_round(), IsEmpty()) << "after kill " << round;
    }
    EXPECT_THAT(company.finish(), IsEmpty());
    std::printf("%s\n", company.figures().c_str());
}

TEST(SlowKill, loses_no_acknowledged_write)
{
    CompanyUnderLoad company({ .seed = seed_of_run() });
    expect_nothing_lost(company, rounds_of_kills(20, 200));
}

// SIGTERM while everybody writes: what runs finishes, and it ends soon.
TEST(SlowStop, loses_no_acknowledged_write)
{
    CompanyUnderLoad company({ .seed = seed_of_run() });
    auto const prepared = company.prepare();
    ASSERT_TRUE(prepared.has_value()) << prepared.error().text;
    for (int round = 0; round < rounds_of_kills(3, 20); ++round) {
        auto const written = company.write_until([](CompanyUnderLoad& running) {
            running.pause_up_to(std::chrono::milliseconds(1'000));
            auto const begin = std::chrono::steady_clock::now();
            EXPECT_EQ(running.stop_server(), 0);
            EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
        });
        ASSERT_TRUE(written.has_value()) << written.error().text;
        ASSERT_THAT(company.check(Check::touched), IsEmpty());
    }
    EXPECT_THAT(company.finish(), IsEmpty());
}

// The program with a disk that drops at the kill what nobody synced: a power cut.
TEST(SlowPowerCut, loses_no_acknowledged_write)
{
    CompanyUnderLoad company({ .program = forgetful_program(), .seed = seed_of_run() });
    expect_nothing_lost(company, rounds_of_kills(20, 200));
}

// The proof that the checks would notice: without its fsync the same run must lose something.
class SlowPowerCutWithoutSync : public ::testing::TestWithParam<char const*> { };

INSTANTIATE_TEST_SUITE_P(Of, SlowPowerCutWithoutSync, ::testing::Values("database", "files"),
    [](auto const& info) { return std::string(info.param); });

TEST_P(SlowPowerCutWithoutSync, is_noticed)
{
    CompanyUnderLoad company({ .program = forgetful_program(), .seed = seed_of_run() });
    auto const prepared = company.prepare();
    ASSERT_TRUE(prepared.has_value()) << prepared.error().text;
    company.start_with({ std::string("--skip-sync=") + GetParam() });
    CompanyUnderLoad::Wrongs wrongs;
    for (int round = 0; round < 5 && wrongs.empty(); ++round) {
        wrongs = company.kill_round();
    }
    EXPECT_THAT(wrongs, Not(IsEmpty()));
}

class SlowKillOnPostgreSQL : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (PostgresqlCluster::find_programs().empty()) {
            GTEST_SKIP() << "No PostgreSQL server is installed.";
        }
        auto started = PostgresqlCluster::start();
        ASSERT_TRUE(started.has_value()) << started.error().text;
        m_cluster = std::move(*started);
        m_database = m_cluster->url(m_cluster->create_database().value());
    }

    // Each write is a transaction of its own here.
    static constexpr std::chrono::milliseconds load_max { 4'000 };

    std::unique_ptr<PostgresqlCluster> m_cluster {};
    std::string m_database {};
};

TEST_F(SlowKillOnPostgreSQL, loses_no_acknowledged_write)
{
    CompanyUnderLoad company(
        { .database = m_database, .seed = seed_of_run(), .load_max = load_max });
    expect_nothing_lost(company, rounds_of_kills(4, 40));
}

// The database goes down at once and comes back; the program stays and finds it again.
TEST_F(SlowKillOnPostgreSQL, a_database_that_goes_down_loses_no_acknowledged_write)
{
    CompanyUnderLoad company(
        { .database = m_database, .seed = seed_of_run(), .may_fail = true, .load_max = load_max });
    auto const prepared = company.prepare();
    ASSERT_TRUE(prepared.has_value()) << prepared.error().text;
    for (int round = 0; round < rounds_of_kills(2, 20); ++round) {
        auto const written = company.write_until([&](CompanyUnderLoad& running) {
            running.pause_up_to(load_max);
            m_cluster->crash_and_restart().value();
        });
        ASSERT_TRUE(written.has_value()) << written.error().text;
        ASSERT_THAT(company.check(Check::touched), IsEmpty());
    }
    EXPECT_THAT(company.finish(), IsEmpty());
    std::printf("%s\n", company.figures().c_str());
}

}

}
