// Four hours of talk are no other case than ten minutes: everything is found, in order, and the
// work grows with the length, not with its square.
#include "apps/insights/analysis/analysis.h"
#include "apps/insights/transcript/vtt_reader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace cashline::insights {

TEST(Analysis, a_meeting_of_four_hours_with_a_whole_catalog)
{
    std::string file = "WEBVTT\n\n";
    constexpr int cue_count = 2400;
    for (int i = 0; i < cue_count; ++i) {
        auto const second = i * 6;
        file += fmt::format("{:02}:{:02}:{:02}.000 --> {:02}:{:02}:{:02}.000\n<v {}>{}</v>\n\n",
            second / 3600, second / 60 % 60, second % 60, (second + 5) / 3600,
            (second + 5) / 60 % 60, (second + 5) % 60, i % 2 == 0 ? "Daisy" : "Mona",
            i % 2 == 0 ? "The delivery of the longboard is not a problem. Shall I send you a quote "
                         "by Friday?"
                       : "That would be good, but we are concerned about the price of the board.");
    }
    AnalysisRequest request { .participants = {
                                  { .name = "Daisy", .is_internal = true }, { .name = "Mona" } } };
    for (int i = 0; i < 300; ++i) {
        request.products.push_back({ .name = fmt::format("Longboard {}", i) });
    }
    request.products.push_back({ .name = "Longboard" });
    auto const analysis = analyse(read_vtt(file).value(), request);
    EXPECT_EQ(analysis.conversation.sentences.size(), cue_count / 2 * 3);
    EXPECT_EQ(
        analysis.signals.size(), cue_count / 2 * 2); // A product and a question in each of hers.
    EXPECT_EQ(analysis.metrics.switch_count, cue_count - 1);
    EXPECT_EQ(analysis.topics.front().name, "Longboard");
}

}
