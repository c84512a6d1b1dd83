// The shipped definitions make a database, twice: the second opening changes nothing.
#include "platform/journal/journal.h"
#include "platform/pipeline/pipeline_testing.h"
#include "platform/pipeline/read_context.h"

namespace cashline {
namespace {

class ShippedTest : public ::testing::TestWithParam<Dialect> {
protected:
    std::unique_ptr<Platform> open()
    {
        auto opened =
            Platform::open({ .store = m_store->options(), .environment = &m_environment });
        EXPECT_TRUE(opened.has_value()) << opened.error().code << ": " << opened.error().text;
        return opened ? std::move(*opened) : nullptr;
    }
    ManualEnvironment m_environment { Timestamp::parse("2027-03-01T08:30:00Z").value() };
    std::unique_ptr<FreshStore> m_store {};
};
INSTANTIATE_TEST_SUITE_P(Databases, ShippedTest, both_databases(), database_name);

TEST_P(ShippedTest, the_shipped_definitions_open_and_open_again)
{
    m_store = fresh_store(GetParam());
    if (!m_store) {
        GTEST_SKIP() << "This database is not installed here.";
    }
    m_store->close();
    auto const position = [&](Platform& platform) {
        EXPECT_TRUE(journal::give_positions(platform.store()).has_value());
        return platform
            .read<std::int64_t>(system_caller(),
                [](Reader& reader) { return journal::last_position(reader.context().sql); })
            .value_or(-1);
    };
    std::int64_t first = 0;
    {
        auto const platform = open();
        ASSERT_NE(platform, nullptr);
        first = position(*platform);
        EXPECT_GT(first, 0);
        EXPECT_FALSE(platform->schema()->definitions("role").empty());
    }
    auto const again = open();
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(position(*again), first);
    auto const system = again->caller_of(system_user_id(), Door::command);
    ASSERT_TRUE(system.has_value());
    EXPECT_TRUE(system->is_system());
}

}
}
