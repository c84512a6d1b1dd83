#include "apps/activities/appointment/appointment_table.h"

#include "apps/activities/activities_testing.h"
#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/activities/task/task_table.h"

namespace cashline::activities {

class AppointmentTest : public ActivitiesTest { };
INSTANTIATE_TEST_SUITE_P(Databases, AppointmentTest, both_databases(), database_name);

namespace {

Timestamp at(char const* text) { return Timestamp::parse(text).value(); }

std::string plain(std::string folded)
{
    // Undoes the folding of calendar lines.
    for (auto fold = folded.find("\r\n "); fold != std::string::npos; fold = folded.find("\r\n ")) {
        folded.erase(fold, 3);
    }
    return folded;
}

}

TEST_P(AppointmentTest, booking_a_time_makes_it_scheduled_and_busy)
{
    auto const id = made_by(m_daisy,
        Row(appointment::table)
            .set(appointment::subject, "Call")
            .set(appointment::scheduled_start, at("2027-03-02T10:00:00Z")));
    auto const meeting = row({ appointment::table, id });
    EXPECT_EQ(meeting.get(appointment::state), ActivityPointerState::scheduled);
    EXPECT_EQ(meeting.get(appointment::status), AppointmentStatus::busy);
    EXPECT_EQ(meeting.get(appointment::scheduled_end), at("2027-03-02T10:30:00Z"));
    EXPECT_EQ(meeting.get(appointment::scheduled_minutes), 30);
    EXPECT_EQ(meeting.text_or(appointment::activity_type), "appointment");
}

TEST_P(AppointmentTest, an_activity_cannot_end_before_it_starts)
{
    auto const refused = create(m_daisy,
        Row(appointment::table)
            .set(appointment::subject, "Call")
            .set(appointment::scheduled_start, at("2027-03-02T10:00:00Z"))
            .set(appointment::scheduled_end, at("2027-03-02T09:00:00Z")));
    EXPECT_EQ(refusal_of(refused), "unManagedidsactivityinvalidduration");
    auto const id = book_meeting();
    EXPECT_EQ(
        refusal_of(update(m_daisy, { appointment::table, id },
            Row(appointment::table).set(appointment::scheduled_start, at("2027-03-03T12:00:00Z")))),
        "unManagedidsactivityinvalidduration");
    EXPECT_EQ(refusal_of(create(m_daisy,
                  Row(task::table)
                      .set(task::subject, "Call back")
                      .set(task::scheduled_start, at("2027-03-02T10:00:00Z"))
                      .set(task::scheduled_end, at("2027-03-02T11:00:00Z"))
                      .set(task::scheduled_minutes, 10))),
        "unManagedidsactivitydurationdoesnotmatch");
}

TEST_P(AppointmentTest, completing_notes_the_end_and_closes_the_row)
{
    auto const id = book_meeting();
    Lookup const meeting { appointment::table, id };
    auto const close =
        Row(appointment::table).set(appointment::state, ActivityPointerState::completed);
    ASSERT_EQ(refusal_of(update(m_daisy, meeting, close)), "");
    auto const closed = row(meeting);
    EXPECT_EQ(closed.get(appointment::actual_end), environment().now());
    EXPECT_EQ(closed.get(appointment::actual_minutes), 60);
    EXPECT_EQ(closed.get(appointment::status), AppointmentStatus::completed);
    EXPECT_EQ(refusal_of(update(m_daisy, meeting,
                  Row(appointment::table).set(appointment::location, "Elsewhere"))),
        "CannotUpdateObjectBecauseItIsInactive");
    EXPECT_EQ(
        refusal_of(create(m_daisy,
            Row(activity_party::table)
                .set(activity_party::activity, Lookup { activity_pointer::table, id })
                .set(activity_party::participation, ActivityPartyParticipation::optional_attendee)
                .set(activity_party::address_used, "late@northwind.example"))),
        "CannotUpdateObjectBecauseItIsInactive");
    ASSERT_EQ(refusal_of(update(m_daisy, meeting,
                  Row(appointment::table).set(appointment::state, ActivityPointerState::open))),
        "");
    EXPECT_TRUE(row(meeting).is_null(appointment::actual_end));
}

TEST_P(AppointmentTest, attendees_are_found_by_their_address_and_the_other_way_round)
{
    auto const id = book_meeting();
    auto const mona = participant(id, "mona@northwind.example");
    EXPECT_EQ(mona.mailbox.name, "Mona Lee");
    EXPECT_EQ(mona.response, ActivityPartyResponse::needs_action);
    add_party(m_daisy, { appointment::table, id }, ActivityPartyParticipation::optional_attendee,
        "tom@adventure-works.example");
    EXPECT_EQ(participant(id, "tom@adventure-works.example").party, user(m_tom));
    add_party(m_daisy, { appointment::table, id }, ActivityPartyParticipation::optional_attendee,
        "stranger@nowhere.example");
    EXPECT_EQ(participant(id, "stranger@nowhere.example").party, std::nullopt);
    auto const organizer = participant(id, "daisy@adventure-works.example");
    EXPECT_EQ(organizer.participation, ActivityPartyParticipation::organizer);
}

TEST_P(AppointmentTest, two_people_with_one_address_leave_the_choice_to_a_person)
{
    add_contact("Moana Lee", "mona@northwind.example");
    auto const id = made_by(m_daisy, Row(appointment::table).set(appointment::subject, "Call"));
    add_party(m_daisy, { appointment::table, id }, ActivityPartyParticipation::required_attendee,
        "mona@northwind.example");
    EXPECT_EQ(participant(id, "mona@northwind.example").party, std::nullopt);
}

TEST_P(AppointmentTest, a_participant_needs_a_record_or_a_valid_address)
{
    auto const id = book_meeting();
    auto party = Row(activity_party::table);
    party.set(activity_party::activity, Lookup { activity_pointer::table, id })
        .set(activity_party::participation, ActivityPartyParticipation::required_attendee);
    EXPECT_EQ(refusal_of(create(m_daisy, party)), "unManagedidsactivitypartyobjectidortypemissing");
    party.set(activity_party::address_used, "not an address");
    EXPECT_EQ(refusal_of(create(m_daisy, party)), "InvalidActivityPartyAddress");
}

TEST_P(AppointmentTest, an_on_line_meeting_has_a_link_nobody_guesses)
{
    auto const first = row({ appointment::table, book_meeting() });
    auto const second = row({ appointment::table, book_meeting() });
    auto const url = std::string(first.text_or(appointment::join_url));
    EXPECT_TRUE(url.starts_with("https://sales.adventure-works.example/meet/"));
    EXPECT_GE(first.text_or(appointment::meeting_token).size(), 32U);
    EXPECT_NE(url, second.text_or(appointment::join_url));
    EXPECT_EQ(refusal_of(update(m_daisy, { appointment::table, first.id() },
                  Row(appointment::table).set(appointment::is_online_meeting, false))),
        "");
    EXPECT_TRUE(row({ appointment::table, first.id() }).is_null(appointment::join_url));
}

TEST_P(AppointmentTest, only_the_organiser_puts_a_meeting_on_line)
{
    auto const id = made_by(m_daisy, Row(appointment::table).set(appointment::subject, "Call"));
    Lookup const meeting { appointment::table, id };
    auto const on_line = Row(appointment::table).set(appointment::is_online_meeting, true);
    EXPECT_EQ(refusal_of(update(m_sam, meeting, on_line)), "organizer_only");
    EXPECT_EQ(refusal_of(update(m_daisy, meeting, on_line)), "");
}

TEST_P(AppointmentTest, attendees_get_one_invitation_the_organiser_none)
{
    auto const id = book_meeting();
    drain();
    auto const mails = outbox();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].text("to"), "Mona Lee <mona@northwind.example>");
    EXPECT_EQ(mails[0].text("from"), "Daisy Phillips <daisy@adventure-works.example>");
    EXPECT_EQ(mails[0].text("subject"), "Surfboards for 2027");
    EXPECT_EQ(mails[0].text("status"), "stored");
    EXPECT_NE(
        mails[0].text("text").find("Tuesday 2 March 2027, 10:00 to 11:00"), std::string_view::npos);
    auto const bytes = outbox_bytes(0);
    EXPECT_NE(bytes.find("method=REQUEST"), std::string::npos);
    // Nothing new, nobody mailed.
    EXPECT_EQ(refusal_of(update(m_daisy, { appointment::table, id },
                  Row(appointment::table).set(appointment::subject, "Surfboards, again"))),
        "");
    drain();
    EXPECT_EQ(outbox().size(), 1U);
}

TEST_P(AppointmentTest, a_new_time_raises_the_sequence_and_asks_everybody_again)
{
    auto const id = book_meeting();
    drain();
    auto const mona = participant(id, "mona@northwind.example");
    ASSERT_EQ(refusal_of(update(system_caller(), { activity_party::table, mona.row },
                  Row(activity_party::table)
                      .set(activity_party::response, ActivityPartyResponse::accepted))),
        "");
    ASSERT_EQ(refusal_of(update(m_daisy, { appointment::table, id },
                  Row(appointment::table)
                      .set(appointment::scheduled_start, at("2027-03-02T14:00:00Z"))
                      .set(appointment::scheduled_end, at("2027-03-02T15:00:00Z")))),
        "");
    drain();
    auto const mails = outbox();
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[1].text("subject"), "Updated: Surfboards for 2027");
    EXPECT_EQ(row({ appointment::table, id }).get(appointment::sequence), 1);
    EXPECT_EQ(
        participant(id, "mona@northwind.example").response, ActivityPartyResponse::needs_action);
}

TEST_P(AppointmentTest, who_is_taken_off_is_told_alone)
{
    auto const id = book_meeting();
    add_party(m_daisy, { appointment::table, id }, ActivityPartyParticipation::optional_attendee,
        "piet@northwind.example");
    drain();
    ASSERT_EQ(outbox().size(), 2U);
    auto const piet = participant(id, "piet@northwind.example");
    ASSERT_EQ(refusal_of(remove(m_daisy, { activity_party::table, piet.row })), "");
    drain();
    auto const mails = outbox();
    ASSERT_EQ(mails.size(), 3U);
    EXPECT_EQ(mails[2].text("to"), "piet@northwind.example");
    EXPECT_EQ(mails[2].text("subject"), "Cancelled: Surfboards for 2027");
    EXPECT_NE(plain(outbox_bytes(2)).find("method=CANCEL"), std::string::npos);
}

TEST_P(AppointmentTest, cancelling_and_deleting_call_it_off_for_everybody)
{
    auto const cancelled = book_meeting();
    auto const deleted = book_meeting();
    drain();
    ASSERT_EQ(outbox().size(), 2U);
    ASSERT_EQ(refusal_of(update(m_daisy, { appointment::table, cancelled },
                  Row(appointment::table).set(appointment::state, ActivityPointerState::canceled))),
        "");
    ASSERT_EQ(refusal_of(remove(m_daisy, { appointment::table, deleted })), "");
    drain();
    auto const mails = outbox();
    ASSERT_EQ(mails.size(), 4U);
    EXPECT_EQ(mails[2].text("subject"), "Cancelled: Surfboards for 2027");
    EXPECT_EQ(mails[3].text("subject"), "Cancelled: Surfboards for 2027");
}

TEST_P(AppointmentTest, nobody_is_invited_to_a_meeting_that_has_been)
{
    auto const start = at("2027-02-01T10:00:00Z");
    auto const id = made_by(m_daisy,
        Row(appointment::table)
            .set(appointment::subject, "Fair")
            .set(appointment::scheduled_start, start));
    add_party(m_daisy, { appointment::table, id }, ActivityPartyParticipation::required_attendee,
        "mona@northwind.example");
    drain();
    EXPECT_TRUE(outbox().empty());
}

}
