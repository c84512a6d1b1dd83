#include "apps/insights/analysis/metrics.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace cashline::insights {

namespace {

std::vector<Participant> people()
{
    return { { .name = "S", .is_internal = true }, { .name = "T", .is_internal = true },
        { .name = "C" } };
}

ConversationMetrics measured(std::vector<Cue> cues, std::optional<std::int64_t> length_ms = {})
{
    return measure(make_conversation({ .cues = std::move(cues) }, people()), length_ms);
}

SpeakerMetrics const& of(ConversationMetrics const& metrics, std::string_view speaker)
{
    return *std::ranges::find(metrics.speakers, speaker, &SpeakerMetrics::speaker);
}

}

TEST(Metrics, shares_are_of_talk_and_own_overlap_counts_once)
{
    auto const metrics = measured({ { "", "S", 0, 10'000, "a b" }, { "", "S", 5'000, 12'000, "c" },
        { "", "C", 11'000, 17'000, "d" } });
    EXPECT_EQ(of(metrics, "S").talk_ms, 12'000);
    EXPECT_EQ(of(metrics, "S").share, 6667);
    EXPECT_EQ(metrics.talk_to_listen, 20'000);
    EXPECT_EQ(metrics.seller_share, 6667);
    EXPECT_EQ(metrics.length_ms, 17'000);
    EXPECT_EQ(metrics.speakers.front().speaker, "S");
}

TEST(Metrics, turns_switches_and_monologues)
{
    auto const metrics =
        measured({ { "", "S", 0, 4'000, "x" }, { "", "S", 5'000, 9'000, "x" },
                     { "", "T", 9'500, 10'000, "x" }, { "", "C", 12'000, 13'000, "x" },
                     { "", "S", 12'500, 14'000, "x" }, { "", "C", 15'000, 15'500, "x" } },
            3'600'000);
    EXPECT_EQ(of(metrics, "S").turn_count, 2);
    EXPECT_EQ(of(metrics, "S").longest_turn_ms, 9'000);
    EXPECT_EQ(of(metrics, "S").longest_turn_at_ms, 0);
    EXPECT_EQ(metrics.speaker_switch_count, 4);
    EXPECT_EQ(metrics.switch_count, 3); // S to T stays on one side.
    EXPECT_EQ(metrics.switches_per_hour, 300);
    EXPECT_EQ(metrics.seller_monologue_ms, 9'000);
    EXPECT_EQ(metrics.customer_monologue_ms, 1'000);
    EXPECT_EQ(metrics.customer_pause_ms, 1'500); // 2 s and 1 s.
    EXPECT_EQ(metrics.seller_pause_ms, 0); // Spoke before the other had ended.
    EXPECT_EQ(of(metrics, "S").interruption_count, 1);
}

TEST(Metrics, a_short_overlap_is_no_interruption)
{
    auto const metrics = measured({ { "", "C", 0, 1'000, "x" }, { "", "S", 700, 2'000, "x" } });
    EXPECT_EQ(of(metrics, "S").interruption_count, 0);
    EXPECT_EQ(of(measured({ { "", "C", 0, 1'000, "x" }, { "", "S", 699, 2'000, "x" } }), "S")
                  .interruption_count,
        1);
}

TEST(Metrics, pace_needs_ten_seconds_of_talk)
{
    EXPECT_EQ(
        of(measured({ { "", "S", 0, 9'999, "one two" } }), "S").words_per_minute, std::nullopt);
    auto const metrics = measured({ { "", "S", 0, 30'000, "one two 3 - don't stop" } });
    EXPECT_EQ(of(metrics, "S").word_count, 5);
    EXPECT_EQ(of(metrics, "S").words_per_minute, 1000);
}

TEST(Metrics, what_cannot_be_known_is_absent)
{
    auto const alone = measured({ { "", "S", 0, 1'000, "x" } });
    EXPECT_EQ(alone.talk_to_listen, std::nullopt); // Nobody else spoke.
    EXPECT_EQ(alone.customer_monologue_ms, std::nullopt);
    EXPECT_EQ(alone.customer_pause_ms, std::nullopt);
    EXPECT_EQ(alone.engaging_question_rate, std::nullopt);
    auto const strangers = measured({ { "", "", 0, 1'000, "x" } });
    EXPECT_EQ(strangers.talk_to_listen, std::nullopt);
    EXPECT_EQ(measured({}).switches_per_hour, std::nullopt);
}

}
