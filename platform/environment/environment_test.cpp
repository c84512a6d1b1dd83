#include "platform/environment/environment.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace cashline {

namespace {

auto const noon = Timestamp::parse("2026-03-01T12:00:00Z").value();

}

TEST(Environment, makes_ids_in_order)
{
    ManualEnvironment environment { noon };
    auto last = environment.new_id();
    for (int count = 0; count < 10'000; ++count) {
        if (count % 1'000 == 0) {
            environment.advance_seconds(count % 2'000 == 0 ? 5 : -3);
        }
        auto const next = environment.new_id();
        EXPECT_LT(last, next);
        EXPECT_EQ(next.bytes[6] >> 4, 7);
        EXPECT_EQ(next.bytes[8] >> 6, 2);
        last = next;
    }
}

TEST(Environment, repeats_itself_from_the_same_seed)
{
    ManualEnvironment first { noon, 7 };
    ManualEnvironment second { noon, 7 };
    ManualEnvironment other { noon, 8 };
    auto const id = first.new_id();
    EXPECT_EQ(second.new_id(), id);
    EXPECT_NE(other.new_id(), id);
    EXPECT_EQ(first.now(), noon);
}

TEST(Environment, makes_distinct_ids_on_several_threads)
{
    auto& environment = system_environment();
    std::vector<std::vector<Id>> made(4);
    {
        std::vector<std::jthread> threads;
        for (auto& ids : made) {
            threads.emplace_back([&] {
                for (int count = 0; count < 2'000; ++count) {
                    ids.push_back(environment.new_id());
                }
            });
        }
    }
    std::set<Id> all;
    for (auto const& ids : made) {
        all.insert(ids.begin(), ids.end());
    }
    EXPECT_EQ(all.size(), 8'000U);
}

}
