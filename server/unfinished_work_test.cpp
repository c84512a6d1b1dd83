// Whatever moment a kill met, opening the folder again leads to the one whole company it was on the
// way to.
#include "server/unfinished_work.h"

#include "platform/environment/durable.h"
#include "platform/files/whole_file.h"
#include "platform/store/store_testing.h"

#include <fmt/format.h>

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

class UnfinishedWork : public ::testing::Test {
protected:
    fs::path const& data() const { return m_folder.path(); }
    static void put(fs::path const& file, std::string_view content)
    {
        fs::create_directories(file.parent_path());
        ASSERT_TRUE(write_durably(file, content));
    }
    std::string read(std::string const& name) const
    {
        return read_whole_file(data() / name).value_or("nothing");
    }
    // The old company in its folder, the new one on the stage.
    void put_both()
    {
        put(data() / "cashline.db", "old");
        put(data() / "cashline.db-wal", "old log");
        put(data() / "files" / "aa", "old file");
        put(data() / "stage" / "cashline.db", "new");
        put(data() / "stage" / "files" / "bb", "new file");
    }
    void expect_exchanged()
    {
        EXPECT_EQ(read("cashline.db"), "new");
        EXPECT_EQ(read("cashline.db-wal"), "nothing"); // it would be applied to the new one
        EXPECT_EQ(read("files/bb"), "new file");
        EXPECT_EQ(read("files/aa"), "nothing");
        EXPECT_EQ(read("aside/cashline.db"), "old");
        EXPECT_EQ(read("aside/cashline.db-wal"), "old log");
        EXPECT_EQ(read("aside/files/aa"), "old file");
        EXPECT_FALSE(fs::exists(data() / "exchange.json"));
    }
    Unfinished settle()
    {
        auto const settled = settle_unfinished_work(data());
        EXPECT_TRUE(settled.has_value()) << settled.error().text;
        return settled.value_or(Unfinished::nothing);
    }

private:
    TemporaryFolder m_folder {};
};

TEST_F(UnfinishedWork, an_exchange_that_nobody_interrupts_is_done)
{
    put_both();
    ASSERT_TRUE(exchange_parts(data(), { "stage", "aside" }).has_value());
    expect_exchanged();
    EXPECT_EQ(settle(), Unfinished::nothing);
}

// The moves in their order; a kill may come before each of them and after the last.
TEST_F(UnfinishedWork, an_exchange_is_finished_from_wherever_it_was)
{
    std::vector<std::pair<std::string, std::string>> const moves {
        { "cashline.db", "aside/cashline.db" },
        { "cashline.db-wal", "aside/cashline.db-wal" },
        { "files", "aside/files" },
        { "stage/cashline.db", "cashline.db" },
        { "stage/files", "files" },
    };
    constexpr std::size_t old_parts = 3;
    for (std::size_t done = 0; done <= moves.size(); ++done) {
        // At the third move the note may say either.
        for (auto const is_cleared : { false, true }) {
            if (is_cleared ? done < old_parts : done > old_parts) {
                continue;
            }
            for (auto const* name : { "cashline.db", "files", "stage", "aside" }) {
                fs::remove_all(data() / name);
            }
            put_both();
            fs::create_directories(data() / "aside");
            put(data() / "exchange.json",
                fmt::format(R"({{"stage":"stage","aside":"aside","isCleared":{}}})", is_cleared));
            for (std::size_t i = 0; i < done; ++i) {
                fs::rename(data() / moves[i].first, data() / moves[i].second);
            }
            EXPECT_EQ(settle(), Unfinished::exchange);
            expect_exchanged();
        }
    }
}

TEST_F(UnfinishedWork, a_folder_that_was_never_filled_begins_anew)
{
    ASSERT_TRUE(begin_filling(data()).has_value());
    put(data() / "cashline.db", "half a company");
    put(data() / "files" / "aa", "half a file");
    EXPECT_EQ(settle(), Unfinished::filling);
    EXPECT_EQ(read("cashline.db"), "nothing");
    EXPECT_EQ(read("files/aa"), "nothing");
}

TEST_F(UnfinishedWork, a_folder_that_got_its_configuration_is_whole)
{
    ASSERT_TRUE(begin_filling(data()).has_value());
    put(data() / "cashline.db", "a company");
    put(data() / "cashline.toml", "");
    EXPECT_EQ(settle(), Unfinished::nothing);
    EXPECT_EQ(read("cashline.db"), "a company");
    EXPECT_FALSE(fs::exists(data() / "filling"));
}

TEST_F(UnfinishedWork, without_a_note_nothing_is_touched)
{
    put(data() / "cashline.db", "a company without settings");
    EXPECT_EQ(settle(), Unfinished::nothing);
    EXPECT_EQ(read("cashline.db"), "a company without settings");
}

}

}
