#include "platform/mail/calendar_rules.h"

#include <gtest/gtest.h>

namespace cashline::mail {

namespace {

Timestamp at(std::string_view text) { return Timestamp::parse(text).value_or(Timestamp {}); }

CalendarEvent meeting()
{
    return { .uid = "u1",
        .sequence = 1,
        .stamp = at("2026-03-01T08:00:00Z"),
        .organizer = { "Daisy", "daisy@a.example" },
        .attendees = { { .mailbox = { "", "daisy@a.example" } },
            { .mailbox = { "", "mona@n.example" } }, { .mailbox = { "", "sam@n.example" } } },
        .summary = "Talk",
        .start = at("2026-03-10T09:00:00Z"),
        .end = at("2026-03-10T10:00:00Z") };
}

CalendarEvent reply_of(std::string address)
{
    auto reply = meeting();
    reply.attendees = { { .mailbox = { "", std::move(address) },
        .participation = Participation::accepted } };
    return reply;
}

std::vector<std::string> addresses(std::vector<Attendee> const& attendees)
{
    std::vector<std::string> out;
    for (auto const& attendee : attendees) {
        out.push_back(attendee.mailbox.address);
    }
    return out;
}

using Names = std::vector<std::string>;

}

TEST(CalendarRules, only_changes_of_when_and_whether_are_significant)
{
    auto const before = meeting();
    auto after = before;
    after.summary = "Long talk";
    after.location = "Room 2";
    EXPECT_FALSE(is_significant_change(before, after));
    after.start = after.start.plus_seconds(60);
    EXPECT_TRUE(is_significant_change(before, after));
    after = before;
    after.is_cancelled = true;
    EXPECT_TRUE(is_significant_change(before, after));
    after = before;
    after.excluded = { before.start };
    EXPECT_TRUE(is_significant_change(before, after));
}

TEST(CalendarRules, a_new_meeting_invites_everybody_but_its_organizer)
{
    auto const plan = plan_invitations(nullptr, meeting());
    EXPECT_EQ(addresses(plan.invite), (Names { "mona@n.example", "sam@n.example" }));
    EXPECT_TRUE(plan.withdraw.empty());
    EXPECT_FALSE(plan.needs_new_sequence);
}

TEST(CalendarRules, a_removed_attendee_alone_gets_the_cancellation)
{
    auto const before = meeting();
    auto after = before;
    after.attendees.pop_back();
    after.attendees.push_back({ .mailbox = { "", "new@n.example" } });
    auto const plan = plan_invitations(&before, after);
    EXPECT_EQ(addresses(plan.withdraw), Names { "sam@n.example" });
    EXPECT_EQ(addresses(plan.invite), Names { "new@n.example" });
}

TEST(CalendarRules, a_title_alone_mails_nobody_and_a_new_time_everybody)
{
    auto const before = meeting();
    auto after = before;
    after.summary = "Other";
    auto const quiet = plan_invitations(&before, after);
    EXPECT_TRUE(quiet.invite.empty() && quiet.withdraw.empty() && !quiet.needs_new_sequence);
    after.end = after.end.plus_seconds(900);
    auto const plan = plan_invitations(&before, after);
    EXPECT_EQ(plan.invite.size(), 2U);
    EXPECT_TRUE(plan.needs_new_sequence);
}

TEST(CalendarRules, a_cancelled_meeting_is_withdrawn_once)
{
    auto const before = meeting();
    auto after = before;
    after.is_cancelled = true;
    auto const plan = plan_invitations(&before, after);
    EXPECT_EQ(addresses(plan.withdraw), (Names { "mona@n.example", "sam@n.example" }));
    EXPECT_TRUE(plan.needs_new_sequence);
    EXPECT_TRUE(plan_invitations(&after, after).withdraw.empty());
}

TEST(CalendarRules, mails_that_overtake_each_other_do_not_turn_time_back)
{
    auto const now = at("2026-03-01T08:00:00Z");
    EXPECT_FALSE(is_stale({ 1, now }, { 2, now.plus_seconds(-60) }));
    EXPECT_TRUE(is_stale({ 2, now }, { 1, now.plus_seconds(60) }));
    EXPECT_TRUE(is_stale({ 1, now }, { 1, now.plus_seconds(-1) }));
    EXPECT_FALSE(is_stale({ 1, now }, { 1, now }));
}

TEST(CalendarRules, a_reply_counts_for_an_attendee_who_sent_it)
{
    auto const stored = meeting();
    auto const judge = [&](CalendarEvent const& reply, std::string sender) {
        return judge_reply(&stored, reply, { .sender = std::move(sender) });
    };
    EXPECT_EQ(judge(reply_of("mona@n.example"), "Mona@N.example"), ReplyVerdict::apply);
    EXPECT_EQ(judge(reply_of("mona@n.example"), "evil@n.example"), ReplyVerdict::sender_differs);
    EXPECT_EQ(judge(reply_of("crasher@x.example"), "crasher@x.example"), ReplyVerdict::stranger);
    auto assisted = reply_of("mona@n.example");
    assisted.attendees.front().sent_by = "assistant@n.example";
    EXPECT_EQ(judge(assisted, "assistant@n.example"), ReplyVerdict::apply);
}

TEST(CalendarRules, replies_to_nothing_to_the_past_and_to_cancelled_meetings_are_ignored)
{
    auto stored = meeting();
    auto reply = reply_of("mona@n.example");
    ReplyEvidence evidence { .sender = "mona@n.example" };
    EXPECT_EQ(judge_reply(nullptr, reply, evidence), ReplyVerdict::unknown_meeting);
    reply.sequence = 0;
    EXPECT_EQ(judge_reply(&stored, reply, evidence), ReplyVerdict::stale);
    reply.sequence = 1;
    evidence.last_reply_at = reply.stamp.plus_seconds(1);
    EXPECT_EQ(judge_reply(&stored, reply, evidence), ReplyVerdict::stale);
    evidence.last_reply_at = {};
    stored.is_cancelled = true;
    EXPECT_EQ(judge_reply(&stored, reply, evidence), ReplyVerdict::already_over);
    reply.uid = "u2";
    EXPECT_EQ(judge_reply(&stored, reply, evidence), ReplyVerdict::unknown_meeting);
}

TEST(CalendarRules, an_update_needs_the_same_organizer_and_a_newer_revision)
{
    auto const stored = meeting();
    auto incoming = stored;
    EXPECT_EQ(judge_update(&stored, CalendarMethod::request, incoming), UpdateVerdict::apply);
    incoming.sequence = 0;
    EXPECT_EQ(judge_update(&stored, CalendarMethod::request, incoming), UpdateVerdict::stale);
    incoming = stored;
    incoming.organizer.address = "evil@n.example";
    EXPECT_EQ(
        judge_update(&stored, CalendarMethod::cancel, incoming), UpdateVerdict::organizer_differs);
    EXPECT_EQ(
        judge_update(nullptr, CalendarMethod::cancel, stored), UpdateVerdict::unknown_meeting);
    EXPECT_EQ(judge_update(nullptr, CalendarMethod::request, stored), UpdateVerdict::apply);
}

}
