#include "apps/insights/analysis/analysis.h"
#include "apps/insights/analysis/due_dates.h"
#include "apps/insights/analysis/follow_up.h"
#include "apps/insights/analysis/questions.h"
#include "apps/insights/transcript/vtt_reader.h"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace cashline::insights {

namespace {

Date const monday = Date::of(2026, 5, 4);

struct Spoken {
    char const* speaker;
    char const* text;
};

// Ten seconds for each, one after the other.
std::string vtt(std::vector<Spoken> const& spoken)
{
    std::string file = "WEBVTT\n\n";
    int second = 0;
    for (auto const& each : spoken) {
        file +=
            fmt::format("00:{:02}:{:02}.000 --> 00:{:02}:{:02}.000\n<v {}>{}</v>\n\n", second / 60,
                second % 60, (second + 10) / 60, (second + 10) % 60, each.speaker, each.text);
        second += 10;
    }
    return file;
}

std::vector<Participant> people()
{
    return { { .key = "d", .name = "Daisy Phillips", .is_internal = true },
        { .key = "m", .name = "Mona Keller" } };
}

constexpr auto daisy = "Daisy Phillips";
constexpr auto mona = "Mona Keller (Guest)";

ConversationAnalysis analysis_of(std::vector<Spoken> const& spoken)
{
    return analyse(read_vtt(vtt(spoken)).value(),
        { .participants = people(),
            .competitors = { { .name = "Contoso Boards", .aliases = { "Contoso" } } },
            .keywords = { { .name = "delivery date" } },
            .products = { { .name = "Surfboard" } },
            .meeting_date = monday });
}

std::vector<Spoken> sales_call()
{
    return {
        { daisy, "Hello Mona, thank you for your time. What are you looking for?" },
        { mona,
            "We need two hundred surfboards before summer. The delivery date is important for "
            "us." },
        { daisy, "That is great. How many shops do you have?" },
        { mona, "Twelve shops. Contoso offers a better price. We are concerned about the price." },
        { daisy,
            "I understand. I'll send you the price list by Friday. Our warranty is excellent." },
        { mona,
            "Warranty matters to us. Could you send us a quote with the warranty terms next "
            "week?" },
        { daisy, "Of course. Could you confirm the delivery date with your team?" },
        { mona, "I will check with my team tomorrow. If the quote is right, let's move forward!" },
    };
}

}

TEST(Analysis, signals_carry_sentence_speaker_and_time)
{
    auto const analysis = analysis_of(sales_call());
    std::string text;
    for (auto const& signal : analysis.signals) {
        auto const& sentence = analysis.sentence(signal.sentence);
        if (signal.kind == SignalKind::competitor || signal.kind == SignalKind::product
            || signal.kind == SignalKind::buying_intent) {
            text += fmt::format("{} {} [{} at {} s] {}\n", name_of(signal.kind), signal.hit,
                sentence.speaker, sentence.start_ms / 1000, sentence.text);
        }
    }
    EXPECT_EQ(text,
        "product Surfboard [Mona Keller (Guest) at 10 s] We need two hundred surfboards before "
        "summer.\n"
        "competitor Contoso Boards [Mona Keller (Guest) at 31 s] Contoso offers a better price.\n"
        "buying_intent send us a quote [Mona Keller (Guest) at 52 s] Could you send us a quote "
        "with "
        "the warranty terms next week?\n"
        "buying_intent move forward [Mona Keller (Guest) at 74 s] If the quote is right, let's "
        "move "
        "forward!\n");
}

TEST(Analysis, questions_are_found_with_their_asker)
{
    auto const analysis = analysis_of(sales_call());
    std::vector<std::string> asked;
    for (auto const& signal : analysis.signals) {
        if (signal.kind == SignalKind::question) {
            asked.push_back(analysis.sentence(signal.sentence).speaker + ": " + signal.hit);
        }
    }
    ASSERT_EQ(asked.size(), 4U);
    EXPECT_EQ(asked[0], "Daisy Phillips: What are you looking for?");
    EXPECT_EQ(asked[2],
        "Mona Keller (Guest): Could you send us a quote with the warranty terms next week?");
    // Two of the seller's three questions are open.
    EXPECT_EQ(analysis.metrics.engaging_question_rate, 6667);
}

TEST(Analysis, action_items_have_owner_type_and_due_day)
{
    auto const analysis = analysis_of(sales_call());
    std::string text;
    for (auto const& item : analysis.action_items) {
        text += fmt::format("{} {} {} {} {}\n", item.is_committed ? "committed" : "suggested",
            item.owner_side == Side::seller ? "seller" : "customer", static_cast<int>(item.type),
            item.due_date ? item.due_date->to_string() : "-", item.subject);
    }
    EXPECT_EQ(text,
        "committed seller 2 2026-05-08 I'll send you the price list by Friday\n"
        "suggested seller 2 2026-05-15 Could you send us a quote with the warranty terms next "
        "week\n"
        "suggested customer 3 - Could you confirm the delivery date with your team\n"
        "committed customer 3 2026-05-05 I will check with my team tomorrow\n");
}

TEST(Analysis, sentiment_over_time_and_by_side)
{
    auto const analysis = analysis_of(sales_call());
    ASSERT_EQ(analysis.sentiment.segments.size(), analysis.conversation.sentences.size());
    auto const of = [&](std::string_view start) {
        for (auto const& segment : analysis.sentiment.segments) {
            if (analysis.sentence(segment.sentence).text.starts_with(start)) {
                return segment.sentiment;
            }
        }
        return Sentiment::neutral;
    };
    EXPECT_EQ(of("That is great"), Sentiment::positive);
    EXPECT_EQ(of("Contoso offers"), Sentiment::negative);
    EXPECT_EQ(of("We are concerned"), Sentiment::negative);
    EXPECT_EQ(of("If the quote"), Sentiment::positive);
    ASSERT_TRUE(analysis.sentiment.customer);
    auto const& customer = *analysis.sentiment.customer;
    EXPECT_NEAR(customer.positive + customer.neutral + customer.negative, 10'000, 2);
    auto const& trend = analysis.sentiment.trend;
    ASSERT_TRUE(trend[1] && trend[2] && trend[4]);
    EXPECT_LT(*trend[2], *trend[4]); // The worry in the middle, the good end.
}

TEST(Analysis, topics_begin_with_what_is_listed_and_never_name_people_or_competitors)
{
    auto const analysis = analysis_of(sales_call());
    std::vector<std::string> names;
    for (auto const& topic : analysis.topics) {
        names.push_back(topic.name);
    }
    ASSERT_GE(names.size(), 3U);
    EXPECT_EQ(names[0], "delivery date");
    EXPECT_EQ(names[1], "Surfboard");
    EXPECT_NE(std::ranges::find(names, "warranty"), names.end());
    for (auto const* hidden : { "contoso", "mona", "daisy" }) {
        EXPECT_EQ(std::ranges::find(names, hidden), names.end());
    }
}

TEST(Analysis, the_follow_up_is_drafted_from_the_findings)
{
    auto const draft = draft_follow_up(analysis_of(sales_call()),
        { .recipient_name = "Mona Keller",
            .sender_name = "Daisy Phillips",
            .company_name = "Adventure Works",
            .meeting_subject = "Surfboards for 2027",
            .meeting_date = monday });
    EXPECT_EQ(draft.subject, "Surfboards for 2027: our meeting on May 4, 2026");
    EXPECT_TRUE(draft.body.starts_with("Hello Mona,\n\nthank you for your time on May 4, 2026.\n"));
    EXPECT_NE(
        draft.body.find("We talked about:\n- delivery date\n- Surfboard\n"), std::string::npos);
    EXPECT_NE(
        draft.body.find("On our side:\n- I'll send you the price list by Friday (May 8, 2026)\n"),
        std::string::npos);
    EXPECT_NE(
        draft.body.find("On your side:\n- Could you confirm the delivery date"), std::string::npos);
    EXPECT_EQ(draft.body.find("Contoso"), std::string::npos) << draft.body;
    EXPECT_TRUE(draft.body.ends_with("Kind regards\nDaisy Phillips\nAdventure Works\n"));
}

TEST(Questions, by_mark_and_by_beginning)
{
    for (auto const* text : { "What are you looking for?", "So what do you think",
             "Do you have stock", "And how much is it", "Is the board in stock",
             "You deliver in May?", "Could you send it" }) {
        EXPECT_TRUE(is_question(text)) << text;
    }
    for (auto const* text : { "What a nice board", "When we deliver, we call.", "That is good.",
             "I do not know.", "How nice.", "", "Do it now." }) {
        EXPECT_FALSE(is_question(text)) << text;
    }
    EXPECT_TRUE(is_open_question("Tell me about your shops."));
    EXPECT_TRUE(is_open_question("Why do you ask?"));
    EXPECT_FALSE(is_open_question("Do you have stock?"));
}

TEST(Terms, whole_words_plural_possessive_and_one_typo)
{
    EXPECT_TRUE(names_term("The surfboards are fine.", "Surfboard"));
    EXPECT_TRUE(names_term("Contoso's price is lower.", "contoso"));
    EXPECT_TRUE(names_term("We looked at Cantoso, too.", "Contoso"));
    EXPECT_TRUE(names_term("Wir kaufen bei Müller.", "MULLER"));
    EXPECT_TRUE(names_term("They use Adventure Works boards", "adventure works"));
    EXPECT_FALSE(names_term("A contour of the coast", "Contoso"));
    EXPECT_FALSE(names_term("The fin is short.", "wax"));
    EXPECT_FALSE(names_term("Finish it.", "fin"));
    EXPECT_FALSE(names_term("anything", ""));
}

TEST(DueDates, as_people_say_them)
{
    struct Row {
        char const* text;
        char const* expected;
    };
    for (auto const& row : std::vector<Row> {
             { "I'll do it today", "2026-05-04" },
             { "by tomorrow evening", "2026-05-05" },
             { "the day after tomorrow", "2026-05-06" },
             { "on Tuesday", "2026-05-05" },
             { "by Monday", "2026-05-11" }, // Today is Monday.
             { "next Tuesday", "2026-05-12" },
             { "this Friday", "2026-05-08" },
             { "by the end of the week", "2026-05-08" },
             { "next week", "2026-05-15" },
             { "end of next month", "2026-06-30" },
             { "end of month", "2026-05-31" },
             { "end of Q1", "2027-03-31" },
             { "by end of Q2", "2026-06-30" },
             { "end of the quarter", "2026-06-30" },
             { "end of the year", "2026-12-31" },
             { "end of April", "2027-04-30" },
             { "in two weeks", "2026-05-18" },
             { "within 10 days", "2026-05-14" },
             { "in a month", "2026-06-04" },
             { "on May 15th", "2026-05-15" },
             { "the 15th of May", "2026-05-15" },
             { "3 March", "2027-03-03" },
             { "on 2026-07-01", "2026-07-01" },
             { "we may come", "" },
             { "31 February", "" },
             { "soon", "" },
         }) {
        auto const found = find_date_phrase(row.text, monday);
        EXPECT_EQ(found ? found->date.to_string() : "", row.expected) << row.text;
    }
}

TEST(ActionItems, what_is_no_action)
{
    for (auto const* text : { "I'll be honest with you.", "We will see.",
             "I will not send anything.", "We will go with another supplier.",
             "I'm looking forward to it.", "Let me know.", "They will call.", "I'll get it." }) {
        auto const analysis = analysis_of({ { daisy, text } });
        EXPECT_TRUE(analysis.action_items.empty()) << text;
    }
}

TEST(Sentences, end_where_people_stop)
{
    auto const count = [](std::string_view text) { return split_sentences(text).size(); };
    EXPECT_EQ(count("One. Two! Three? Four"), 4U);
    EXPECT_EQ(count("It costs 3.50 euros."), 1U);
    EXPECT_EQ(count("Mr. Smith and Dr. Jones met."), 1U);
    EXPECT_EQ(count("e.g. this one. And that."), 2U);
    EXPECT_EQ(count("J. Smith came."), 1U);
    EXPECT_EQ(count("Really?! Yes."), 2U);
    EXPECT_EQ(count("  "), 0U);
}

}
