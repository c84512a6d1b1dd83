// A data folder belongs to one process at a time, and whatever a killed process was doing with the
// folder as a whole is finished or taken back by the next one.
#include "tests/faults/company_under_load.h"

#include <fstream>
#include <gmock/gmock.h>

namespace cashline::faults {

namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class SlowFolder : public ::testing::Test {
protected:
    void SetUp() override
    {
        auto const prepared = m_company.prepare();
        ASSERT_TRUE(prepared.has_value()) << prepared.error().text;
    }

    CompanyUnderLoad& company() { return m_company; }
    fs::path data() const { return m_company.data(); }
    fs::path beside(std::string const& name) const { return data().parent_path() / name; }
    load::ProgramEnd run(std::vector<std::string> const& words) const
    {
        return load::run_program(m_company.server_options().program, words);
    }
    load::ProgramEnd on_data(std::vector<std::string> words) const
    {
        words.insert(words.end(), { "--data", data().string() });
        return run(words);
    }
    void start()
    {
        auto const started = m_company.start();
        ASSERT_TRUE(started.has_value()) << started.error().text;
    }
    std::string added_lead(std::string const& subject)
    {
        auto api = m_company.signed_in().value();
        return load::created_id(
            api.create("leads", json::Object { { "subject", subject }, { "lastname", "Trap" } }));
    }
    // How many leads have this subject; starts the server and stops it.
    std::int64_t leads_named(std::string const& subject)
    {
        start();
        auto api = m_company.signed_in().value();
        auto const found =
            rows_of(api, "leads?$select=subject&$filter=subject eq '" + subject + "'");
        m_company.kill_server();
        return found ? static_cast<std::int64_t>(found->size()) : -1;
    }
    std::string stored_note(std::string const& content_base64)
    {
        auto api = m_company.signed_in().value();
        auto const made = api.create("annotations",
            json::Object { { "subject", "File" }, { "filename", "file.txt" },
                { "mimetype", "text/plain" }, { "documentbody", content_base64 } });
        return std::string(
            column_of(api, "annotations(" + load::created_id(made) + ")", "cl_file").value());
    }

private:
    CompanyUnderLoad m_company { { .seed = seed_of_run() } };
};

TEST_F(SlowFolder, a_second_process_does_not_open_it_for_writing)
{
    start();
    auto const second = on_data({ "serve", "--port", "0" });
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_THAT(second.errors, HasSubstr("data_in_use"));
    auto const user =
        on_data({ "user", "add", "--name", "fay", "--last-name", "Fay", "--role", "Salesperson" });
    EXPECT_EQ(user.exit_code, 0) << user.errors; // The server did it, through its socket.
    EXPECT_EQ(on_data({ "verify" }).exit_code, 0);
    auto const restored = on_data({ "restore", beside("nowhere").string() });
    EXPECT_EQ(restored.exit_code, 1);
    EXPECT_THAT(restored.errors, HasSubstr("data_in_use"));
    EXPECT_FALSE(added_lead("Still writing").empty());
}

TEST_F(SlowFolder, a_socket_that_a_killed_server_left_is_in_nobodys_way)
{
    start();
    company().kill_server();
    EXPECT_TRUE(fs::exists(data() / "control.sock"));
    EXPECT_EQ(on_data({ "verify" }).exit_code, 0);
    start();
    EXPECT_EQ(on_data({ "verify" }).exit_code, 0);
}

TEST_F(SlowFolder, a_database_that_is_gone_is_not_replaced_by_an_empty_one)
{
    fs::rename(data() / "cashline.db", beside("kept.db"));
    auto const refused = on_data({ "serve", "--port", "0" });
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.errors, HasSubstr("database_lost"));
    EXPECT_FALSE(fs::exists(data() / "cashline.db"));
    fs::rename(beside("kept.db"), data() / "cashline.db");
    EXPECT_EQ(on_data({ "verify" }).exit_code, 0);
}

TEST_F(SlowFolder, a_folder_whose_settings_are_gone_keeps_its_company)
{
    start();
    auto const lead = added_lead("Before the settings went");
    company().kill_server();
    fs::remove(data() / "cashline.toml");
    EXPECT_EQ(leads_named("Before the settings went"), 1);
}

TEST_F(SlowFolder, a_backup_taken_under_load_comes_back_whole)
{
    load::ProgramEnd backup;
    auto const target = beside("backup");
    auto const written = company().write_until([&](CompanyUnderLoad& running) {
        running.pause_up_to(std::chrono::milliseconds(1'000));
        backup = on_data({ "backup", target.string() });
        running.pause_up_to(std::chrono::milliseconds(200));
        running.kill_server();
    });
    ASSERT_TRUE(written.has_value()) << written.error().text;
    ASSERT_EQ(backup.exit_code, 0) << backup.errors;
    auto const other = beside("other").string();
    auto const restored = run({ "restore", target.string(), "--data", other });
    EXPECT_EQ(restored.exit_code, 0) << restored.errors;
    auto const verified = run({ "verify", "--data", other });
    EXPECT_EQ(verified.exit_code, 0) << verified.output << verified.errors;
    EXPECT_THAT(company().check(Check::touched), IsEmpty()); // The company itself went on.
}

TEST_F(SlowFolder, a_restore_that_is_killed_leaves_one_whole_company)
{
    start();
    added_lead("In the backup");
    ASSERT_EQ(on_data({ "backup", beside("backup").string() }).exit_code, 0);
    added_lead("After the backup");
    company().kill_server();
    // Somewhere in these moments the folder's parts are exchanged.
    auto const rounds = rounds_of_kills(12, 60);
    for (int round = 0; round < rounds; ++round) {
        load::run_and_kill(company().server_options().program,
            { "restore", beside("backup").string(), "--data", data().string() },
            company().some_time(std::chrono::milliseconds(1'200)));
        auto const verified = on_data({ "verify" });
        ASSERT_EQ(verified.exit_code, 0) << verified.output << verified.errors;
        ASSERT_EQ(leads_named("In the backup"), 1);
        ASSERT_LE(leads_named("After the backup"), 1);
    }
    auto const restored = on_data({ "restore", beside("backup").string() });
    EXPECT_EQ(restored.exit_code, 0) << restored.errors;
    EXPECT_EQ(leads_named("After the backup"), 0);
}

TEST_F(SlowFolder, a_first_start_that_is_killed_can_be_repeated)
{
    auto options = company().server_options();
    auto const rounds = rounds_of_kills(8, 40);
    for (int round = 0; round < rounds; ++round) {
        options.data = beside("new" + std::to_string(round));
        load::ServerProcess::start_and_kill(
            options, company().some_time(std::chrono::milliseconds(1'200)));
        auto again = load::ServerProcess::start(options);
        ASSERT_TRUE(again.has_value()) << again.error().text;
        EXPECT_EQ(again->stop(), 0);
        auto const verified = run({ "verify", "--data", options.data.string() });
        EXPECT_EQ(verified.exit_code, 0) << verified.output << verified.errors;
    }
}

TEST_F(SlowFolder, a_torn_and_a_missing_file_are_named)
{
    start();
    auto const torn = stored_note("VG9ybiBmaWxl");
    auto const lost = stored_note("TG9zdCBmaWxl");
    auto const whole = stored_note("V2hvbGUgZmlsZQ==");
    std::vector<fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator(data() / "files")) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    for (auto const& file : files) {
        std::string content;
        std::getline(std::ifstream(file), content);
        if (content == "Torn file") {
            fs::resize_file(file, 4);
        } else if (content == "Lost file") {
            fs::remove(file);
        }
    }
    auto const verified = on_data({ "verify" });
    EXPECT_EQ(verified.exit_code, 1);
    EXPECT_THAT(verified.output, HasSubstr("files: cl_file " + torn));
    EXPECT_THAT(verified.output, HasSubstr("files: cl_file " + lost));
    EXPECT_THAT(verified.output, Not(HasSubstr(whole)));
}

}

}
