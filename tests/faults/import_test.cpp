// A long import is many small units: a kill in between loses nothing of what was done, the next run
// goes on, and others write meanwhile. Reads ../shared beside the repository; skipped where it is
// absent.
#include "tests/faults/company_under_load.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <thread>

namespace cashline::faults {

namespace {

namespace fs = std::filesystem;

std::optional<fs::path> sample()
{
    for (auto folder = fs::current_path(); folder != folder.root_path();
        folder = folder.parent_path()) {
        auto const data = folder / "shared/data/adventureworks-lt";
        if (fs::exists(data)) {
            return data;
        }
    }
    return std::nullopt;
}

class SlowImport : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (!sample()) {
            GTEST_SKIP() << "shared/data/adventureworks-lt is not beside the repository.";
        }
        auto const prepared = m_company.prepare();
        ASSERT_TRUE(prepared.has_value()) << prepared.error().text;
    }
    CompanyUnderLoad& company() { return m_company; }
    fs::path const& program() const { return m_company.server_options().program; }
    std::vector<std::string> words() const
    {
        return { "import", "adventureworks", sample()->string(), "--json", "--data",
            m_company.data().string() };
    }
    std::string verified() const
    {
        auto const end =
            load::run_program(program(), { "verify", "--data", m_company.data().string() });
        return end.exit_code == 0 ? std::string {} : end.output + end.errors;
    }

private:
    CompanyUnderLoad m_company { { .seed = seed_of_run() } };
};

TEST_F(SlowImport, goes_on_after_kills_and_is_whole_in_the_end)
{
    auto const rounds = rounds_of_kills(4, 20);
    for (int round = 0; round < rounds; ++round) {
        load::run_and_kill(
            program(), words(), company().some_time(std::chrono::milliseconds(2'500)));
        ASSERT_EQ(verified(), "");
    }
    auto const last = load::run_program(program(), words());
    EXPECT_EQ(last.exit_code, 0) << last.output << last.errors;
    auto const again = json::parse(load::run_program(program(), words()).output);
    ASSERT_TRUE(again.has_value());
    std::int64_t unchanged = 0;
    for (auto const& step : again->array("steps")) {
        EXPECT_EQ(step.integer("created"), 0) << step.text("step");
        EXPECT_EQ(step.integer("updated"), 0) << step.text("step");
        unchanged += step.integer("unchanged");
    }
    EXPECT_GE(unchanged, 847 + 439 + 295 + 32 + 542);
    EXPECT_EQ(verified(), "");
}

// A slice of the writer is short: whoever writes beside an import waits for a slice, not for it.
TEST_F(SlowImport, lets_others_write_meanwhile)
{
    ASSERT_TRUE(company().start().has_value());
    auto api = company().signed_in().value();
    load::ProgramEnd end;
    std::atomic<bool> is_done = false;
    std::jthread const importing([&] {
        end = load::run_program(program(), words());
        is_done = true;
    });
    std::vector<std::chrono::milliseconds> waits;
    auto const import_begin = std::chrono::steady_clock::now();
    while (!is_done) {
        auto const begin = std::chrono::steady_clock::now();
        auto const made = api.create(
            "leads", json::Object { { "subject", "Meanwhile" }, { "lastname", "Import" } });
        ASSERT_TRUE(made.is_success()) << made.body;
        waits.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - begin));
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_GT(waits.size(), 20U);
    std::ranges::sort(waits);
    auto const usual = waits[waits.size() * 9 / 10];
    std::printf("%zu writes meanwhile; 9 of 10 within %lld ms, the longest %lld ms\n", waits.size(),
        static_cast<long long>(usual.count()), static_cast<long long>(waits.back().count()));
    // A unit is a hundredth of it; two of them and a sync may be before us.
    EXPECT_LT(usual, (std::chrono::steady_clock::now() - import_begin) / 12);
}

}

}
