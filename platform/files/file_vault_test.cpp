#include "platform/files/file_vault.h"

#include "platform/store/store_testing.h"

#include <filesystem>
#include <fstream>

namespace cashline {

class FileVaultTest : public OnBothDatabases {
protected:
    void SetUp() override
    {
        OnBothDatabases::SetUp();
        if (!IsSkipped()) {
            ASSERT_EQ(
                code_of(in_unit([](SqlConnection& sql) { return create_file_tables(sql); })), "");
        }
    }
    Result<void> in_unit(std::function<Result<void>(SqlConnection&)> work)
    {
        return store().write_and_wait(
            [&](StoreTransaction& transaction) { return work(transaction.sql()); });
    }
    Result<std::string> get(FileVault& vault, std::string_view hash)
    {
        Result<std::string> bytes;
        auto const done = in_unit([&](SqlConnection& sql) -> Result<void> {
            bytes = vault.get(sql, hash);
            return {};
        });
        EXPECT_EQ(code_of(done), "");
        return bytes;
    }
    void keeps_what_was_put(FileVault& vault, std::string const& bytes)
    {
        auto const hash = content_hash(bytes);
        auto const put = [&](SqlConnection& sql) { return vault.put(sql, hash, bytes); };
        EXPECT_EQ(code_of(in_unit(put)), "");
        EXPECT_EQ(code_of(in_unit(put)), ""); // A unit that is run again.
        EXPECT_EQ(get(vault, hash).value_or("lost"), bytes);
        EXPECT_EQ(get(vault, content_hash("never put")).error().code, "file_lost");
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, FileVaultTest, both_databases(), database_name);

TEST_P(FileVaultTest, chunks_give_back_what_was_put)
{
    auto const vault = make_table_vault();
    keeps_what_was_put(*vault, "");
    keeps_what_was_put(*vault, std::string(2'500'000, '\0') + "end");
}

TEST_P(FileVaultTest, folders_give_back_what_was_put_and_notice_damage)
{
    TemporaryFolder const folder;
    auto const vault = make_folder_vault((folder.path() / "files").string());
    keeps_what_was_put(*vault, "");
    keeps_what_was_put(*vault, "Boards: 120");
    auto const hash = content_hash("Boards: 120");
    std::ofstream(folder.path() / "files" / hash.substr(0, 2) / hash.substr(2)) << "Boards: 121";
    EXPECT_EQ(get(*vault, hash).error().code, "file_lost");
}

TEST_P(FileVaultTest, what_was_prepared_is_put_and_written_again_only_when_it_is_gone)
{
    TemporaryFolder const folder;
    auto const vault = make_folder_vault((folder.path() / "files").string());
    std::string const bytes = "Boards: 120";
    auto const hash = content_hash(bytes);
    EXPECT_EQ(code_of(vault->prepare(hash, bytes)), "");
    EXPECT_EQ(get(*vault, hash).value_or("lost"), bytes);
    keeps_what_was_put(*vault, bytes);
    std::filesystem::remove(folder.path() / "files" / hash.substr(0, 2) / hash.substr(2));
    keeps_what_was_put(*vault, bytes);
}

TEST(FileVault, the_hash_is_sha_256)
{
    EXPECT_EQ(
        content_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}
