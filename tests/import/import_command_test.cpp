// `cashline import adventureworks` as it is typed, twice, and `cashline verify` afterwards, on a
// new company of either database. Reads ../shared beside the repository; skipped where it is
// absent.
#include "core/json.h"
#include "platform/store/store_testing.h"
#include "server/command_line.h"
#include "server/company.h"

#include <filesystem>
#include <set>

namespace cashline {

namespace {

std::optional<std::filesystem::path> sample()
{
    for (auto folder = std::filesystem::current_path(); folder != folder.root_path();
        folder = folder.parent_path()) {
        auto const data = folder / "shared/data/adventureworks-lt";
        if (std::filesystem::exists(data)) {
            return data;
        }
    }
    return std::nullopt;
}

class ImportCommand : public ::testing::TestWithParam<Dialect> {
protected:
    void SetUp() override
    {
        if (!sample()) {
            GTEST_SKIP() << "shared/data/adventureworks-lt is not beside the repository.";
        }
        m_store = fresh_store(GetParam());
        if (!m_store) {
            GTEST_SKIP() << "This database is not installed here.";
        }
        m_store->close();
        auto const company = server::Company::open({ .data_path = data(),
            .database = m_store->options().postgresql,
            .content = server::Content::demo,
            .may_create = true });
        ASSERT_TRUE(company.has_value()) << company.error().code << ": " << company.error().text;
    }

    std::string data() const { return (m_folder.path() / "data").string(); }

    struct Said {
        int exit_code {};
        std::string text {};
    };
    Said run(std::vector<std::string> words)
    {
        words.insert(words.begin(), "cashline");
        words.insert(words.end(), { "--data", data(), "--json" });
        std::vector<char const*> arguments;
        for (auto const& word : words) {
            arguments.push_back(word.c_str());
        }
        ::testing::internal::CaptureStdout();
        auto const code =
            server::run_command_line(static_cast<int>(arguments.size()), arguments.data());
        return { code, ::testing::internal::GetCapturedStdout() };
    }
    json::Array imported()
    {
        auto const said = run({ "import", "adventureworks", sample()->string() });
        EXPECT_EQ(said.exit_code, 0) << said.text.substr(0, 2000);
        auto const report = json::parse(said.text);
        EXPECT_TRUE(report.has_value()) << said.text.substr(0, 2000);
        return report ? report->array("steps") : json::Array {};
    }

private:
    TemporaryFolder m_folder {};
    std::unique_ptr<FreshStore> m_store {};
};

INSTANTIATE_TEST_SUITE_P(Databases, ImportCommand, both_databases(), database_name);

json::Value const& step(json::Array const& steps, std::string_view name)
{
    static json::Value const none { json::Object {} };
    for (auto const& one : steps) {
        if (one.text("step") == name) {
            return one;
        }
    }
    ADD_FAILURE() << "no step " << name;
    return none;
}

// Findings of one kind that begin with these words, each about another record.
std::int64_t records_told(json::Value const& step, std::string_view words)
{
    std::set<std::string> records;
    for (auto const& finding : step.array("differences")) {
        if (finding.text("text").starts_with(words)) {
            records.insert(std::string(finding.text("record")));
        }
    }
    return static_cast<std::int64_t>(records.size());
}

TEST_P(ImportCommand, brings_everything_once_and_leaves_a_sound_company)
{
    auto const first = imported();
    EXPECT_EQ(step(first, "Products").integer("created"), 295);
    EXPECT_EQ(step(first, "Companies").integer("created"), 439);
    EXPECT_EQ(step(first, "Contacts").integer("created"), 847);
    EXPECT_EQ(step(first, "Orders").integer("created"), 32);
    EXPECT_EQ(step(first, "Order lines").integer("created"), 542);
    EXPECT_EQ(records_told(step(first, "Orders"), "SubTotal is not the sum"), 32);
    EXPECT_GT(records_told(step(first, "Order lines"), "LineTotal is not"), 271);
    EXPECT_FALSE(step(first, "Contacts").array("repeats").empty());
    for (auto const& one : first) {
        EXPECT_TRUE(one.array("refused").empty()) << one.text("step");
    }

    auto const second = imported();
    ASSERT_EQ(second.size(), first.size());
    for (auto const& one : second) {
        EXPECT_EQ(one.integer("created"), 0) << one.text("step");
        EXPECT_EQ(one.integer("updated"), 0) << one.text("step");
        EXPECT_TRUE(one.array("refused").empty()) << one.text("step");
    }
    EXPECT_EQ(step(second, "Order lines").integer("unchanged"), 542);

    auto const verified = run({ "verify" });
    EXPECT_EQ(verified.exit_code, 0) << verified.text.substr(0, 4000);
    auto const report = json::parse(verified.text);
    ASSERT_TRUE(report.has_value());
    EXPECT_TRUE(report->flag("ok"));
    EXPECT_TRUE(report->array("findings").empty());
}

}

}
