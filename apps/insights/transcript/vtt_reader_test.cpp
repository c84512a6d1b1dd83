#include "apps/insights/transcript/vtt_reader.h"
#include "apps/insights/transcript/vtt_timing.h"

#include <gtest/gtest.h>

namespace cashline::insights {

namespace {

std::string code_of(std::string_view bytes, VTTMode mode = VTTMode::tolerant)
{
    auto const result = read_vtt(bytes, mode);
    return result ? "accepted" : result.error().code;
}

std::string told(std::string_view bytes)
{
    auto const result = read_vtt(bytes);
    if (!result) {
        return result.error().code + ": " + result.error().text;
    }
    std::string text;
    for (auto const& cue : result->cues) {
        text += std::to_string(cue.start_ms) + "-" + std::to_string(cue.end_ms) + " [" + cue.speaker
            + "] " + cue.text + "\n";
    }
    return text;
}

constexpr std::string_view delivered =
    "WEBVTT\n\n0:0:0.0 --> 0:0:5.320\n<v Daisy Phillips>Hello Mona.</v>\n\n"
    "0:0:5.500 --> 0:0:9.0\n<v Mona O'Neil (Guest)>Hello,\nDaisy.</v>\n";
constexpr std::string_view delivered_text =
    "0-5320 [Daisy Phillips] Hello Mona.\n5500-9000 [Mona O'Neil (Guest)] Hello, Daisy.\n";

}

TEST(VTT, three_flavours_give_the_same_cues)
{
    EXPECT_EQ(told(delivered), delivered_text);
    // Downloaded: cue ids, full time fields, CRLF, byte order mark.
    EXPECT_EQ(
        told(
            "\xEF\xBB\xBFWEBVTT\r\n\r\n6a1b/1-0\r\n00:00:00.000 --> 00:00:05.320\r\n"
            "<v Daisy Phillips>Hello Mona.</v>\r\n\r\n6a1b/2-0\r\n00:00:05.500 --> 00:00:09.000\r\n"
            "<v Mona O'Neil (Guest)>Hello,\r\nDaisy.</v>\r\n"),
        delivered_text);
    // Metadata: JSON payloads.
    EXPECT_EQ(told("WEBVTT\n\n00:00:00.000 --> "
                   "00:00:05.320\n{\"startDateTime\":\"2026-05-04T08:00:00.0000000"
                   "+02:00\",\"speakerName\":\"Daisy Phillips\",\"spokenText\":\"Hello Mona.\","
                   "\"spokenLanguage\":\"en-us\"}\n\n00:00:05.500 --> 00:00:09.000\n"
                   "{\"speakerName\":\"Mona O'Neil (Guest)\",\"spokenText\":\"Hello, Daisy.\"}\n"),
        delivered_text);
}

TEST(VTT, older_recordings_have_notes_and_no_speakers)
{
    auto const result =
        read_vtt("WEBVTT\n\nNOTE duration:\"00:10:00\"\n\nNOTE language:en-us\n\n"
                 "NOTE Confidence: 0.69\n\n3f2a\n00:00:01.000 --> 00:00:02.000\nGood morning\n");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->language, "en-us");
    ASSERT_EQ(result->cues.size(), 1U);
    EXPECT_EQ(result->cues[0], (Cue { "3f2a", "", 1000, 2000, "Good morning" }));
}

TEST(VTT, what_tags_and_entities_mean)
{
    struct Row {
        char const* payload;
        char const* expected;
    };
    for (auto const& row : std::vector<Row> {
             { "<v Tom>no end tag", "[Tom] no end tag" },
             { "<v.loud.first Tom Smith>classes</v>", "[Tom Smith] classes" },
             { "<v Müller, Jörg>comma</v>", "[Müller, Jörg] comma" },
             { "<v R&amp;D>fish &amp; chips &lt;3&gt;&nbsp;now &#39;ok&#x27;</v>",
                 "[R&D] fish & chips <3> now 'ok'" },
             { "<v Tom><i>it</i> <00:00:00.500><c.x>is</c></v>", "[Tom] it is" },
             { "no voice", "[] no voice" },
             { "&unknown; & bare", "[] &unknown; & bare" },
             { "<video>not a voice", "[] not a voice" },
         }) {
        auto const text =
            told(std::string("WEBVTT\n\n00:00.000 --> 00:01.000\n") + row.payload + "\n");
        EXPECT_EQ(text, "0-1000 " + std::string(row.expected) + "\n");
    }
}

TEST(VTT, two_voices_in_a_cue_share_its_time)
{
    EXPECT_EQ(told("WEBVTT\n\n00:00.000 --> 00:10.000\n<v A>12345678</v><v B>12</v>\n"),
        "0-8000 [A] 12345678\n8000-10000 [B] 12\n");
}

TEST(VTT, a_speaker_stays_until_another_is_named)
{
    EXPECT_EQ(told("WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>one\n\n00:01.000 --> 00:02.000\ntwo\n"),
        "0-1000 [A] one\n1000-2000 [A] two\n");
}

TEST(VTT, cues_are_sorted_and_styles_skipped)
{
    EXPECT_EQ(
        told("WEBVTT some title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\n"
             "00:05.000 --> 00:06.000 align:start position:10%\nlate\n\n00:01.000 --> "
             "00:02.000\nearly"),
        "1000-2000 [] early\n5000-6000 [] late\n");
}

TEST(VTT, times)
{
    struct Row {
        char const* text;
        std::int64_t ms; // −1: refused
        bool is_strict;
    };
    for (auto const& row : std::vector<Row> {
             { "00:00:05.320", 5320, true },
             { "00:05.320", 5320, true },
             { "100:00:00.001", 360000001, true },
             { "0:0:5.320", 5320, false },
             { "0:0:0.0", 0, false },
             { "00:00:05.3", 5300, false },
             { "00:00:05,320", 5320, false },
             { "00:00:05", 5000, false },
             { "-00:00:02.000", -2000, false },
             { "00:00:05.3201234", 5320, false },
             { "00:60:00.000", -1, false },
             { "00:00:60.000", -1, false },
             { "5.320", -1, false },
             { "00:00:00:05.320", -1, false },
             { "00:0x:05.320", -1, false },
             { "", -1, false },
             { "00:00:05.", -1, false },
             { "10001:00:00.000", -1, false },
         }) {
        EXPECT_EQ(parse_vtt_time(row.text, VTTMode::tolerant).value_or(-1), row.ms) << row.text;
        EXPECT_EQ(parse_vtt_time(row.text, VTTMode::strict).has_value(), row.is_strict) << row.text;
    }
    EXPECT_EQ(code_of(delivered), "accepted");
    EXPECT_EQ(code_of(delivered, VTTMode::strict), "vtt_timing_invalid");
}

TEST(VTT, bad_files_are_refused_with_their_line)
{
    struct Row {
        char const* bytes;
        char const* code;
    };
    for (auto const& row : std::vector<Row> {
             { "", "vtt_foreign" },
             { "1\n00:00:01,000 --> 00:00:02,000\nsubtitle\n", "vtt_foreign" },
             { "WEBVTTX\n\n00:00.000 --> 00:01.000\nx\n", "vtt_foreign" },
             { "\nWEBVTT\n\n00:00.000 --> 00:01.000\nx\n", "vtt_foreign" },
             { "%PDF-1.7", "vtt_foreign" },
             { "WEBVTT", "vtt_empty" },
             { "WEBVTT\n00:00.000 --> 00:01.000\nx\n", "vtt_malformed" },
             { "WEBVTT\n\n00:00.000 --> 00:0", "vtt_torn" },
             { "WEBVTT\n\n00:00.000 --> ", "vtt_timing_invalid" },
             { "WEBVTT\n\n00:02.000 --> 00:01.000\nbackwards\n", "vtt_timing_invalid" },
             { "WEBVTT\n\n00:00.000 --> 00:01.000\n", "vtt_torn" },
             { "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Dai", "vtt_torn" },
             { "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Dai\n\n00:01.000 --> 00:02.000\nx\n",
                 "vtt_malformed" },
             { "WEBVTT\n\n00:00.000 --> 00:01.000\nx\n\n6a1b/2-0", "vtt_torn" },
             { "WEBVTT\n\nlost\n\n00:00.000 --> 00:01.000\nx\n", "vtt_malformed" },
             { "WEBVTT\n\n00:00.000 --> 00:01.000\na --> b\n", "vtt_malformed" },
             { "WEBVTT\n\n00:00.000 --> 00:01.000\n\xFF\n", "vtt_malformed" },
         }) {
        EXPECT_EQ(code_of(row.bytes), row.code) << row.bytes;
    }
    auto const error =
        read_vtt("WEBVTT\n\n00:00.000 --> 00:01.000\nx\n\n00:0y.000 --> 00:02.000\nz\n").error();
    EXPECT_NE(error.text.find("(line 6)"), std::string::npos) << error.text;
}

TEST(VTT, limits_hold)
{
    EXPECT_EQ(code_of("WEBVTT\n\n" + std::string(vtt_bytes_max, 'x')), "vtt_too_large");
    std::string many = "WEBVTT\n\n";
    for (std::size_t i = 0; i <= vtt_cues_max; ++i) {
        many += "00:00.000 --> 00:01.000\nx\n\n";
    }
    EXPECT_EQ(code_of(many), "vtt_too_many_cues");
    EXPECT_EQ(code_of(std::string("WEBVTT\n\n00:00.000 --> 00:01.000\na\0b\n", 35)), "accepted");
}

TEST(Transcript, near_cues_of_one_speaker_are_one_utterance)
{
    std::vector<Cue> const cues { { "", "A", 0, 1000, "one" }, { "", "A", 2500, 3000, "two" },
        { "", "A", 4501, 5000, "three" }, { "", "B", 5000, 6000, "four" } };
    auto const joined = utterances(cues);
    ASSERT_EQ(joined.size(), 3U);
    EXPECT_EQ(joined[0].text, "one two");
    EXPECT_EQ(joined[0].end_ms, 3000);
}

TEST(Transcript, speakers_are_recognised)
{
    std::vector<Participant> const people { { .key = "1", .name = "Daisy Phillips" },
        { .key = "2", .name = "Jörg Müller", .mail = "joerg@example.com" } };
    EXPECT_EQ(participant_of("Daisy Phillips", people), 0U);
    EXPECT_EQ(participant_of("phillips, daisy", people), 0U);
    EXPECT_EQ(participant_of("Jorg Muller (Guest)", people), 1U);
    EXPECT_EQ(participant_of("Joerg@Example.com", people), 1U);
    EXPECT_EQ(participant_of("Speaker 2", people), std::nullopt);
    EXPECT_EQ(participant_of("", people), std::nullopt);
}

}
