#include "apps/activities/email/email_table.h"

#include "apps/activities/activities_testing.h"
#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/email/receive_mail.h"
#include "apps/activities/email/send_email.h"
#include "apps/activities/mime_attachment/mime_attachment_table.h"
#include "apps/activities/note/note_table.h"
#include "apps/parties/contact/contact_table.h"
#include "core/text.h"
#include "platform/mail/calendar.h"

namespace cashline::activities {

class EmailTest : public ActivitiesTest {
protected:
    Id draft(Caller const& caller)
    {
        auto const id = made_by(caller,
            Row(email::table)
                .set(email::subject, "Our meeting")
                .set(email::description, "Dear Mona,\nthank you <so> much.")
                .set(email::regarding, Lookup { contact::table, m_mona }));
        add_party(caller, { email::table, id }, ActivityPartyParticipation::to_recipient,
            "mona@northwind.example");
        return id;
    }
    Result<SendEmail::Reply> send(Caller const& caller, Id id)
    {
        return call(caller, SendEmail { .email = { email::table, id }, .issue_send = true });
    }
    ReceiveMail::Reply receive(std::string const& bytes)
    {
        auto const reply = call(m_mail, ReceiveMail { .content = text::base64_encode(bytes) });
        EXPECT_TRUE(reply.has_value()) << reply.error().code << ": " << reply.error().text;
        return reply.value_or(ReceiveMail::Reply {});
    }
    // Mona's answer to the invitation, as her mail program sends it.
    std::string answer(Id meeting, mail::Participation participation, std::string const& from,
        char const* stamp = "2027-03-01T09:00:00Z")
    {
        mail::CalendarEvent const event { .uid = meeting.to_string() + "@cashline.meeting",
            .stamp = Timestamp::parse(stamp).value(),
            .organizer = { "Daisy Phillips", "daisy@adventure-works.example" },
            .attendees = { { .mailbox = { "Mona Lee", "mona@northwind.example" },
                .participation = participation } },
            .summary = "Surfboards for 2027",
            .start = Timestamp::parse("2027-03-02T10:00:00Z").value(),
            .end = Timestamp::parse("2027-03-02T11:00:00Z").value() };
        auto const calendar = mail::build_calendar(mail::CalendarMethod::reply, event);
        EXPECT_TRUE(calendar.has_value()) << calendar.error().text;
        auto const bytes = mail::build_message({ .from = { "Mona Lee", from },
            .to = { { "", "daisy@adventure-works.example" } },
            .subject = "Accepted: Surfboards for 2027",
            .date = Timestamp::parse(stamp).value(),
            .message_id = std::string(stamp) + "@northwind.example",
            .text = "I will be there.",
            .calendar = mail::CalendarPart { "REPLY", *calendar } });
        EXPECT_TRUE(bytes.has_value()) << bytes.error().text;
        return bytes.value_or("");
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, EmailTest, both_databases(), database_name);

TEST_P(EmailTest, a_draft_is_sent_once_and_then_cannot_be_changed)
{
    auto const id = draft(m_daisy);
    auto const reply = send(m_daisy, id);
    ASSERT_EQ(refusal_of(reply), "");
    EXPECT_EQ(reply->subject, "Our meeting");
    EXPECT_EQ(row({ email::table, id }).get(email::status), EmailStatus::pending_send);
    drain();
    auto const sent = row({ email::table, id });
    EXPECT_EQ(sent.get(email::status), EmailStatus::sent);
    EXPECT_EQ(sent.get(email::sent_on), environment().now());
    EXPECT_EQ(sent.text_or(email::sender), "daisy@adventure-works.example");
    auto const mails = outbox();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].text("to"), "Mona Lee <mona@northwind.example>");
    EXPECT_NE(outbox_bytes(0).find("&lt;so&gt;"), std::string::npos);
    EXPECT_EQ(refusal_of(send(m_daisy, id)), "unManagedidsactivityinvalidstate");
    EXPECT_EQ(refusal_of(update(m_daisy, { email::table, id },
                  Row(email::table).set(email::description, "Something else"))),
        "CannotUpdateObjectBecauseItIsInactive");
    EXPECT_EQ(refusal_of(update(m_daisy, { email::table, id },
                  Row(email::table).set(email::state, ActivityPointerState::open))),
        "InvalidStateTransition");
}

TEST_P(EmailTest, mail_needs_a_recipient_and_goes_out_in_the_senders_own_name)
{
    auto const empty = made_by(m_daisy, Row(email::table).set(email::subject, "To nobody"));
    EXPECT_EQ(refusal_of(send(m_daisy, empty)), "EmailRecipientNotSpecified");
    auto const id = draft(m_daisy);
    made_by(m_daisy,
        Row(activity_party::table)
            .set(activity_party::activity, Lookup { activity_pointer::table, id })
            .set(activity_party::participation, ActivityPartyParticipation::sender)
            .set(activity_party::party, user(m_tom)));
    EXPECT_EQ(refusal_of(send(m_daisy, id)), "PrivilegeDenied");
    ASSERT_EQ(refusal_of(update(m_daisy, { contact::table, m_mona },
                  Row(contact::table).set(contact::no_email, true))),
        "");
    EXPECT_EQ(refusal_of(send(m_daisy, draft(m_daisy))), "recipient_wants_no_mail");
    EXPECT_TRUE(outbox().empty());
}

TEST_P(EmailTest, attachments_travel_with_the_mail)
{
    auto const id = draft(m_daisy);
    auto const attachment = made_by(m_daisy,
        Row(mime_attachment::table)
            .set(mime_attachment::activity, Lookup { activity_pointer::table, id })
            .set(mime_attachment::file_name, "../../offer.txt")
            .set(mime_attachment::mime_type, "text/plain")
            .set(mime_attachment::body, text::base64_encode("Boards: 120")));
    EXPECT_EQ(row({ mime_attachment::table, attachment }).get(mime_attachment::file_size), 11);
    EXPECT_TRUE(row({ mime_attachment::table, attachment }).is_null(mime_attachment::body));
    ASSERT_EQ(refusal_of(send(m_daisy, id)), "");
    drain();
    EXPECT_EQ(outbox()[0].array("attachments")[0].text("name"), "offer.txt");
    EXPECT_NE(outbox_bytes(0).find("offer.txt"), std::string::npos);
}

TEST_P(EmailTest, notes_keep_their_file_and_refuse_programs)
{
    auto note = Row(note::table);
    note.set(note::title, "Plan")
        .set(note::regarding, Lookup { contact::table, m_mona })
        .set(note::file_name, "plan.pdf")
        .set(note::document_body, text::base64_encode("%PDF"));
    auto const id = made_by(m_daisy, note);
    EXPECT_EQ(row({ note::table, id }).get(note::is_document), true);
    EXPECT_EQ(row({ note::table, id }).get(note::file_size), 4);
    note.set(note::file_name, "plan.exe");
    EXPECT_EQ(refusal_of(create(m_daisy, note)), "AttachmentBlocked");
    note.set(note::file_name, "plan.pdf").set(note::document_body, "%%%");
    EXPECT_EQ(refusal_of(create(m_daisy, note)), "InvalidArgument");
}

TEST_P(EmailTest, only_administrators_open_the_outbox)
{
    EXPECT_EQ(refusal_of(call(m_daisy, "cl_RetrieveOutbox", json::Value { json::Object {} })),
        "PrivilegeDenied");
}

TEST_P(EmailTest, a_received_mail_finds_its_thread_its_people_and_its_owner)
{
    auto const id = draft(m_daisy);
    ASSERT_EQ(refusal_of(send(m_daisy, id)), "");
    drain();
    auto const message_id = row({ email::table, id }).text_or(email::message_id);
    auto const bytes =
        mail::build_message({ .from = { "Mona Lee", "mona@northwind.example" },
                                .to = { { "", "office@adventure-works.example" } },
                                .subject = "Re: Our meeting",
                                .date = environment().now(),
                                .message_id = "answer-1@northwind.example",
                                .in_reply_to = std::string(message_id),
                                .text = "Thank you too.",
                                .attachments = { { "list.csv", "text/csv", "a;b" } } })
            .value();
    auto const reply = receive(bytes);
    EXPECT_EQ(reply.outcome, "stored");
    ASSERT_TRUE(reply.activity.has_value());
    auto const received = row({ email::table, *reply.activity });
    EXPECT_EQ(received.get(email::regarding), (Lookup { contact::table, m_mona }));
    EXPECT_EQ(received.get(email::owner), user(m_daisy));
    EXPECT_EQ(received.get(email::status), EmailStatus::received);
    EXPECT_EQ(received.text_or(email::description), "Thank you too.");
    auto const mona = participant(*reply.activity, "mona@northwind.example");
    EXPECT_EQ(mona.participation, ActivityPartyParticipation::sender);
    EXPECT_EQ(mona.party, (Lookup { contact::table, m_mona }));
    EXPECT_EQ(rows(Query::from(mime_attachment::table)).size(), 1U);
    EXPECT_EQ(bell(m_daisy), std::vector<std::string> { "Mail from Mona Lee: Re: Our meeting" });
    // The server hands it over again.
    EXPECT_EQ(receive(bytes).outcome, "known");
    EXPECT_EQ(rows(Query::from(email::table)).size(), 2U);
}

TEST_P(EmailTest, the_tracking_token_ties_an_answer_without_headers)
{
    auto const id = draft(m_daisy);
    auto const reply = call(m_daisy,
        SendEmail {
            .email = { email::table, id }, .issue_send = true, .tracking_token = "CRM:0001011" });
    ASSERT_EQ(refusal_of(reply), "");
    EXPECT_EQ(reply->subject, "Our meeting CRM:0001011");
    auto const received =
        receive("From: mona@northwind.example\r\nTo: daisy@adventure-works.example"
                "\r\nSubject: Aw: Our meeting CRM:0001011\r\n\r\nYes.\r\n");
    EXPECT_EQ(row({ email::table, *received.activity }).get(email::regarding),
        (Lookup { contact::table, m_mona }));
}

TEST_P(EmailTest, only_the_mail_service_hands_mail_in)
{
    EXPECT_EQ(refusal_of(call(
                  m_daisy, ReceiveMail { .content = text::base64_encode("From: a@b.c\r\n\r\nx") })),
        "PrivilegeDenied");
    EXPECT_EQ(refusal_of(call(m_mail, ReceiveMail { .content = "" })), "mail_empty");
}

TEST_P(EmailTest, an_answer_changes_the_attendee)
{
    auto const meeting = book_meeting();
    drain();
    auto const bytes = answer(meeting, mail::Participation::accepted, "mona@northwind.example");
    EXPECT_EQ(receive(bytes).outcome, "applied");
    EXPECT_EQ(
        participant(meeting, "mona@northwind.example").response, ActivityPartyResponse::accepted);
    EXPECT_EQ(bell(m_daisy), std::vector<std::string> { "Mona Lee accepted: Surfboards for 2027" });
    // Again: nothing new. An older one: ignored.
    EXPECT_EQ(receive(bytes).outcome, "applied");
    EXPECT_EQ(bell(m_daisy).size(), 1U);
    EXPECT_EQ(receive(answer(meeting, mail::Participation::declined, "mona@northwind.example",
                          "2027-03-01T08:00:00Z"))
                  .outcome,
        "ignored");
    EXPECT_EQ(
        participant(meeting, "mona@northwind.example").response, ActivityPartyResponse::accepted);
}

TEST_P(EmailTest, an_answer_in_anothers_name_is_held_for_a_person)
{
    auto const meeting = book_meeting();
    drain();
    auto const reply =
        receive(answer(meeting, mail::Participation::declined, "eve@elsewhere.example"));
    EXPECT_EQ(reply.outcome, "held");
    EXPECT_EQ(participant(meeting, "mona@northwind.example").response,
        ActivityPartyResponse::needs_action);
    ASSERT_TRUE(reply.activity.has_value());
    EXPECT_EQ(row({ email::table, *reply.activity }).get(email::owner), user(m_daisy));
}

TEST_P(EmailTest, answers_to_unknown_and_cancelled_meetings_are_ignored)
{
    EXPECT_EQ(receive(answer(Id::from_name("nothing"), mail::Participation::accepted,
                          "mona@northwind.example"))
                  .outcome,
        "ignored");
    auto const meeting = book_meeting();
    drain();
    ASSERT_EQ(refusal_of(update(m_daisy, { appointment::table, meeting },
                  Row(appointment::table).set(appointment::state, ActivityPointerState::canceled))),
        "");
    EXPECT_EQ(
        receive(answer(meeting, mail::Participation::accepted, "mona@northwind.example")).outcome,
        "ignored");
    EXPECT_TRUE(rows(Query::from(email::table)).empty());
}

TEST_P(EmailTest, an_answer_opened_as_a_file_counts_for_its_own_meeting)
{
    auto const meeting = book_meeting();
    auto const other = book_meeting();
    drain();
    auto const open = [&](Caller const& caller, Id bound, std::string const& bytes) {
        json::Value body { json::Object {} };
        body.set("FileName", "answer.eml");
        body.set("Content", text::base64_encode(bytes));
        return call(caller, "cl_OpenCalendarFile", body, Lookup { appointment::table, bound });
    };
    auto const bytes = answer(meeting, mail::Participation::tentative, "mona@northwind.example");
    auto const ignored = open(m_daisy, other, bytes);
    ASSERT_EQ(refusal_of(ignored), "");
    EXPECT_EQ(ignored->complex.text("Outcome"), "ignored");
    EXPECT_EQ(open(m_daisy, meeting, bytes)->complex.text("Outcome"), "applied");
    EXPECT_EQ(
        participant(meeting, "mona@northwind.example").response, ActivityPartyResponse::tentative);
    EXPECT_EQ(refusal_of(open(m_daisy, meeting, "From: a@b.example\r\n\r\nNo calendar.")),
        "calendar_missing");
    EXPECT_EQ(
        refusal_of(open(m_daisy, meeting, "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n")), "ics_malformed");
    EXPECT_NE(refusal_of(open(m_mail, Id::from_name("none"), bytes)), "");
}

// Nothing listens on port 1 of this machine.
class MailServerTest : public EmailTest {
    json::Value settings() const override
    {
        return json::parse(R"({"mail":{"host":"127.0.0.1","port":1,"security":"none"}})").value();
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, MailServerTest, both_databases(), database_name);

TEST_P(MailServerTest, an_unreachable_server_is_tried_again_and_given_up_visibly)
{
    auto const id = draft(m_daisy);
    ASSERT_EQ(refusal_of(send(m_daisy, id)), "");
    drain();
    EXPECT_EQ(outbox()[0].text("status"), "queued");
    EXPECT_FALSE(outbox()[0].text("error").empty());
    EXPECT_EQ(row({ email::table, id }).get(email::status), EmailStatus::pending_send);
    for (auto attempt = 0; attempt < 8; ++attempt) {
        environment().advance_seconds(7200);
        drain();
    }
    EXPECT_EQ(outbox()[0].text("status"), "failed");
    auto const failed = row({ email::table, id });
    EXPECT_EQ(failed.get(email::status), EmailStatus::failed);
    EXPECT_FALSE(failed.is_null(email::failure));
    // It is a draft again: sending it once more is a new try.
    EXPECT_EQ(refusal_of(send(m_daisy, id)), "");
    EXPECT_EQ(outbox().size(), 1U);
    EXPECT_EQ(outbox()[0].text("status"), "queued");
}

}
