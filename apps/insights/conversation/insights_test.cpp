#include "apps/activities/activities_testing.h"
#include "apps/activities/api.h"
#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/email/email_table.h"
#include "apps/activities/task/task_table.h"
#include "apps/insights/api.h"
#include "apps/insights/conversation/insight_messages.h"
#include "apps/sales/competitor/competitor_table.h"
#include "core/text.h"

namespace cashline::insights {

class InsightsTest : public activities::ActivitiesTest {
protected:
    std::vector<std::function<void(Registry&)>> apps() const override
    {
        auto list = ActivitiesTest::apps();
        list.emplace_back(register_insights);
        return list;
    }
    Result<NoReply> attach(Caller const& caller, Id meeting, std::string_view vtt)
    {
        return call(caller,
            AttachTranscript { .appointment = { appointment::table, meeting },
                .file_name = "meeting.vtt",
                .content = text::base64_encode(vtt) });
    }
    json::Value insights(Caller const& caller, Id meeting)
    {
        auto const reply = call(caller, "cl_RetrieveInsights", json::Value { json::Object {} },
            Lookup { appointment::table, meeting });
        EXPECT_TRUE(reply.has_value()) << reply.error().text;
        auto const* document = reply ? reply->complex.find("document") : nullptr;
        return document ? *document : json::Value {};
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, InsightsTest, both_databases(), database_name);

namespace {

constexpr std::string_view transcript =
    "WEBVTT\n\n"
    "00:00:00.000 --> 00:00:08.000\n<v Daisy Phillips>Hello Mona, what do you need?</v>\n\n"
    "00:00:09.000 --> 00:00:30.000\n<v Mona Lee>We love the surfboards, but Contoso offers a "
    "better price. Surfboards matter most.</v>\n\n"
    "00:00:31.000 --> 00:00:40.000\n<v Daisy Phillips>I'll send you the price list tomorrow."
    "</v>\n\n";

}

TEST_P(InsightsTest, a_transcript_becomes_findings_a_task_and_a_draft)
{
    made(Row(competitor::table).set(competitor::name, "Contoso"));
    auto const meeting = book_meeting();
    EXPECT_TRUE(insights(m_daisy, meeting).is_null());
    ASSERT_EQ(refusal_of(attach(m_daisy, meeting, transcript)), "");
    auto const found = insights(m_daisy, meeting);
    EXPECT_EQ(found.array("cues").size(), 3U);
    EXPECT_EQ(found.array("questions")[0].text("text"), "Hello Mona, what do you need?");
    EXPECT_EQ(found.array("competitors")[0].text("name"), "Contoso");
    ASSERT_FALSE(found.array("actionItems").empty());
    auto const item = Id::parse(found.array("actionItems")[0].text("id")).value();
    CreateTaskFromActionItem const ask { .appointment = { appointment::table, meeting },
        .action_item = item };
    auto const task = call(m_daisy, ask);
    ASSERT_EQ(refusal_of(task), "");
    EXPECT_EQ(call(m_daisy, ask)->task, task->task);
    EXPECT_EQ(rows(Query::from(task::table)).size(), 1U);
    EXPECT_EQ(
        insights(m_daisy, meeting).array("actionItems")[0].text("taskId"), task->task.to_string());

    auto const draft =
        call(m_daisy, DraftFollowUp { .appointment = { appointment::table, meeting } });
    ASSERT_EQ(refusal_of(draft), "");
    drain();
    EXPECT_EQ(row({ email::table, draft->email }).get(email::status), EmailStatus::draft);
    EXPECT_EQ(participant(draft->email, "mona@northwind.example").participation,
        ActivityPartyParticipation::to_recipient);
    EXPECT_EQ(outbox().size(), 1U); // The invitation; the draft stays until Daisy sends it.
}

TEST_P(InsightsTest, torn_and_foreign_files_change_nothing)
{
    auto const meeting = book_meeting();
    EXPECT_EQ(refusal_of(attach(m_daisy, meeting, "%PDF-1.7")), "vtt_foreign");
    auto const torn = transcript.substr(0, transcript.find("Lee>"));
    EXPECT_EQ(refusal_of(attach(m_daisy, meeting, torn)), "vtt_torn");
    EXPECT_EQ(refusal_of(attach(m_mail, Id::from_name("none"), transcript)), "ObjectDoesNotExist");
    EXPECT_TRUE(insights(m_daisy, meeting).is_null());
    EXPECT_EQ(
        refusal_of(call(m_daisy, DraftFollowUp { .appointment = { appointment::table, meeting } })),
        "transcript_missing");
}

TEST_P(InsightsTest, a_second_transcript_takes_the_place_of_the_first)
{
    auto const meeting = book_meeting();
    ASSERT_EQ(refusal_of(attach(m_daisy, meeting, transcript)), "");
    ASSERT_EQ(refusal_of(attach(m_daisy, meeting, transcript)), "");
    EXPECT_EQ(insights(m_daisy, meeting).array("cues").size(), 3U);
}

}
