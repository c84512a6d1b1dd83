// A backup is whole, says so itself, and comes back; a damaged one changes nothing.
#include "server/backup.h"

#include "apps/parties/account/account_table.h"
#include "platform/store/store_testing.h"
#include "server/company.h"
#include "server/configuration.h"

#include <filesystem>
#include <fstream>

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

class Backup : public ::testing::Test {
protected:
    std::string data() const { return (m_folder.path() / "data").string(); }
    std::string target() const { return (m_folder.path() / "copy").string(); }
    std::unique_ptr<Company> open(bool may_create = false)
    {
        auto opened = Company::open({ .data_path = data(),
            .content = may_create ? Content::empty : Content::as_it_is,
            .may_create = may_create });
        EXPECT_TRUE(opened.has_value()) << opened.error().code << ": " << opened.error().text;
        return opened ? std::move(*opened) : nullptr;
    }
    static void add_account(Company& company, char const* name)
    {
        auto const made = company.platform().write<Id>(system_caller(Door::command),
            [&](Unit& unit) { return unit.create(Row(account::table).set(account::name, name)); });
        ASSERT_TRUE(made.has_value()) << made.error().text;
    }
    static std::int64_t accounts(Company& company)
    {
        return company.platform()
            .read<std::int64_t>(system_caller(),
                [](Reader& reader) { return reader.count(Query::from(account::table)); })
            .value_or(-1);
    }
    // A company with one account and one file, backed up; a second account came later.
    void back_up_and_go_on()
    {
        auto const company = open(true);
        ASSERT_TRUE(company);
        add_account(*company, "Before");
        std::ofstream(fs::path(data()) / "files" / "abc") << "content";
        auto const report = make_backup(company->platform(), company->data_path(), target());
        ASSERT_TRUE(report.has_value()) << report.error().code << ": " << report.error().text;
        EXPECT_GE(report->files, 3);
        add_account(*company, "Afterwards");
    }

    TemporaryFolder m_folder {};
};

TEST_F(Backup, comes_back_as_it_was)
{
    back_up_and_go_on();
    fs::remove(fs::path(data()) / "files" / "abc");
    auto const restored = restore_backup(target(), data());
    ASSERT_TRUE(restored.has_value()) << restored.error().code << ": " << restored.error().text;
    auto const company = open();
    ASSERT_TRUE(company);
    EXPECT_EQ(accounts(*company), 1);
    EXPECT_TRUE(fs::exists(fs::path(data()) / "files" / "abc"));
    EXPECT_TRUE(fs::exists(fs::path(restored->path) / "cashline.db")); // what was there is kept
}

TEST_F(Backup, a_changed_byte_is_found_and_nothing_is_touched)
{
    back_up_and_go_on();
    {
        std::fstream file(
            fs::path(target()) / "cashline.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(20'000);
        file.put('x').put('y');
    }
    auto const restored = restore_backup(target(), data());
    ASSERT_FALSE(restored.has_value());
    EXPECT_EQ(restored.error().code, "backup_damaged");
    auto const company = open();
    ASSERT_TRUE(company);
    EXPECT_EQ(accounts(*company), 2);
}

TEST_F(Backup, is_refused_while_the_company_is_open_and_when_it_is_not_whole)
{
    back_up_and_go_on();
    {
        auto const company = open();
        auto const restored = restore_backup(target(), data());
        ASSERT_FALSE(restored.has_value());
        EXPECT_EQ(restored.error().code, "data_in_use");
    }
    fs::remove(fs::path(target()) / "backup.json");
    auto const restored = restore_backup(target(), data());
    ASSERT_FALSE(restored.has_value());
    EXPECT_EQ(restored.error().code, "backup_incomplete");
}

TEST_F(Backup, holds_no_secrets)
{
    fs::create_directories(data());
    std::ofstream(fs::path(data()) / "cashline.toml")
        << "public_address = \"https://crm.example\"\n"
           "database = \"postgresql://cash:s3cret@db/cash\"\n"
           "[mail]\nhost = \"smtp.example\"\npassword = \"hush\"\n"
           "[oauth]\nclient_secret = { env = \"SECRET\" }\n";
    auto const text = configuration_without_secrets(data());
    ASSERT_TRUE(text.has_value()) << text.error().text;
    EXPECT_TRUE(text->contains("https://crm.example"));
    EXPECT_TRUE(text->contains("smtp.example"));
    EXPECT_TRUE(text->contains("SECRET"));
    EXPECT_FALSE(text->contains("hush"));
    EXPECT_FALSE(text->contains("s3cret"));
}

}

}
