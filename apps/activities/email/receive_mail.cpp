// Steps as in docs/contracts/receive-mail.md.
#include "apps/activities/email/receive_mail.h"

#include "apps/activities/activity_party/address_book.h"
#include "apps/activities/activity_party/participants.h"
#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/appointment/calendar_reply.h"
#include "apps/activities/email/correlate.h"
#include "apps/activities/email/email_table.h"
#include "apps/activities/mime_attachment/mime_attachment_table.h"
#include "core/text.h"
#include "platform/files/file_store.h"
#include "platform/files/file_vault.h"
#include "platform/notification/notify.h"
#include "platform/pages/clean_text.h"
#include "platform/pages/html.h"
#include "platform/security/system_user/system_user_table.h"

namespace cashline::activities {

namespace {

struct Arrival {
    mail::ReceivedMessage message {};
    std::string_view bytes {};
    std::string message_id {};
};

// A mail without an id of its own is known by its content.
std::string identity_of(mail::ReceivedMessage const& message, std::string_view bytes)
{
    return message.message_id.empty() ? content_hash(bytes) + "@no-message-id"
                                      : text::truncate_utf16(message.message_id, 320);
}

std::string description_of(mail::ReceivedMessage const& message)
{
    auto body = message.text.empty() ? pages::html_to_text(message.html) : message.text;
    return text::truncate_utf16(text::trim(pages::clean_text(body)), 100'000);
}

struct Person {
    ActivityPartyParticipation participation {};
    mail::Mailbox mailbox {};
    std::optional<Lookup> party {};
};

constexpr std::size_t people_max = 100; // of one mail; more is a list, not a conversation

Result<std::vector<Person>> people_of(Unit& unit, mail::ReceivedMessage const& message)
{
    std::vector<Person> people;
    auto const add = [&](ActivityPartyParticipation participation,
                         mail::Mailbox const& mailbox) -> Result<void> {
        if (text::is_email_address(mailbox.address) && people.size() < people_max) {
            people.push_back({ participation, mailbox, TRY(find_party(unit, mailbox.address)) });
        }
        return {};
    };
    if (message.from) {
        TRY(add(ActivityPartyParticipation::sender, *message.from));
    }
    for (auto const& mailbox : message.to) {
        TRY(add(ActivityPartyParticipation::to_recipient, mailbox));
    }
    for (auto const& mailbox : message.cc) {
        TRY(add(ActivityPartyParticipation::cc_recipient, mailbox));
    }
    return people;
}

// Whose mail it is: of the thread's owner, of a user it is addressed to, of whoever looks after
// the sender.
Result<std::optional<Lookup>> owner_of(
    Unit& unit, Thread const& thread, std::vector<Person> const& people)
{
    if (thread.owner) {
        return thread.owner;
    }
    for (auto const& person : people) {
        auto const is_recipient = person.participation != ActivityPartyParticipation::sender;
        if (is_recipient && person.party && person.party->table == system_user::table) {
            return person.party;
        }
    }
    if (people.empty() || !people.front().party) {
        return std::nullopt;
    }
    auto const sender = *people.front().party;
    auto const* owner = unit.schema().table(sender.table).find("ownerid");
    auto const row = owner ? TRY(unit.find(sender.table, sender.id)) : std::nullopt;
    auto const* found = row ? row->value(owner->index).as_lookup() : nullptr;
    return found ? std::optional(*found) : std::nullopt;
}

Result<void> keep_attachments(Unit& unit, Id email, mail::ReceivedMessage const& message)
{
    std::int64_t number = 0;
    for (auto const& attachment : message.attachments) {
        if (attachment.is_inline) {
            continue; // Pictures of signatures are no documents (MAIL-6).
        }
        auto const name = files::clean_name(attachment.file_name);
        auto const file = TRY(files::put(unit,
            { .name = name, .content_type = attachment.content_type, .bytes = attachment.bytes }));
        TRY(unit.create(Row(mime_attachment::table)
                .set(mime_attachment::activity, Lookup { activity_pointer::table, email })
                .set(mime_attachment::number, ++number)
                .set(mime_attachment::file_name, name)
                .set(mime_attachment::mime_type, text::truncate_utf16(attachment.content_type, 256))
                .set(mime_attachment::file_size, static_cast<std::int64_t>(attachment.bytes.size()))
                .set(mime_attachment::file, file)));
    }
    return {};
}

std::string name_of(std::optional<mail::Mailbox> const& mailbox)
{
    if (!mailbox) {
        return "Somebody";
    }
    return mailbox->name.empty() ? mailbox->address : mailbox->name;
}

Row email_row(Unit& unit, Arrival const& arrival)
{
    auto const& message = arrival.message;
    auto const subject = text::truncate_utf16(pages::clean_line(message.subject), 400);
    Row row(email::table);
    row.set(email::subject, subject.empty() ? "(no subject)" : subject)
        .set(email::description, description_of(message))
        .set(email::outgoing, false)
        .set(email::message_id, arrival.message_id)
        .set(email::in_reply_to, text::truncate_utf16(message.in_reply_to, 320))
        .set(email::sent_on, message.date.value_or(unit.now()))
        .set(email::state, ActivityPointerState::completed)
        .set(email::status, EmailStatus::received)
        .set(email::actual_end, unit.now());
    if (message.from) {
        row.set(email::sender, text::truncate_utf16(message.from->address, 250));
    }
    auto const token = tracking_token(subject);
    if (!token.empty()) {
        row.set(email::tracking_token, text::truncate_utf16(token, 50));
    }
    return row;
}

Result<Id> keep_email(Unit& unit, Arrival const& arrival, Thread const& thread)
{
    auto const people = TRY(people_of(unit, arrival.message));
    auto row = email_row(unit, arrival);
    row.set(email::regarding, thread.regarding);
    auto const owner = TRY(owner_of(unit, thread, people));
    if (owner) {
        row.set(email::owner, *owner);
    }
    row.set(email::content,
        TRY(files::put(unit,
            { .name = "mail.eml", .content_type = "message/rfc822", .bytes = arrival.bytes })));
    auto const id = TRY(unit.create(std::move(row)));
    for (auto const& person : people) {
        TRY(add_participant(unit, id, { person.participation, person.party, person.mailbox }));
    }
    TRY(keep_attachments(unit, id, arrival.message));
    if (owner) {
        TRY(notify(unit, *owner,
            { .title = text::truncate_utf16(
                  "Mail from " + name_of(arrival.message.from) + ": " + arrival.message.subject,
                  300),
                .about = { email::table, id } }));
    }
    return id;
}

struct CalendarOutcome {
    bool is_answer {}; // the mail was nothing but an answer
    ReplyResult result {};
};

Result<CalendarOutcome> take_calendar(Unit& unit, mail::ReceivedMessage const& message)
{
    for (auto const& part : message.calendars) {
        auto const calendar = mail::parse_calendar(part.text);
        if (!calendar || calendar->method != mail::CalendarMethod::reply) {
            continue; // Foreign invitations and broken parts stay mails for a person to read.
        }
        auto result = TRY(take_reply(unit,
            { calendar->events.front(), message.from ? message.from->address : std::string {} }));
        return CalendarOutcome { true, std::move(result) };
    }
    return CalendarOutcome {};
}

Result<std::optional<Id>> find_known(Unit& unit, std::string const& message_id)
{
    auto const email = TRY(unit.first(Query::from(email::table)
            .select({ email::subject })
            .where(email::message_id == message_id && email::outgoing == false)));
    return email ? std::optional(email->id()) : std::nullopt;
}

// What a person has to decide stays on his timeline, at the meeting's record.
Result<Thread> thread_of_meeting(Unit& unit, Id appointment)
{
    auto const row = TRY(unit.retrieve(
        appointment::table, appointment, { appointment::regarding, appointment::owner }));
    return Thread { row.get(appointment::regarding), row.get(appointment::owner) };
}

}

Result<ReceiveMail::Reply> receive_mail(Unit& unit, ReceiveMail const& request)
{
    // 1. Whatever a mail server hands over is read; only what is no mail is refused.
    auto const bytes = text::base64_decode(request.content);
    if (!bytes) {
        return invalid("InvalidArgument", "The mail must be base64.", "Content");
    }
    Arrival arrival { .message = TRY(mail::parse_message(*bytes)), .bytes = *bytes };
    arrival.message_id = identity_of(arrival.message, *bytes);

    // 2. The same mail twice is one row.
    auto elevated = unit.elevated();
    if (auto const known = TRY(find_known(elevated, arrival.message_id))) {
        return ReceiveMail::Reply { "known", "This mail has arrived before.", known };
    }

    // 3. An answer to an invitation changes the meeting; nobody needs to read it.
    auto const calendar = TRY(take_calendar(elevated, arrival.message));
    auto const is_held = calendar.result.outcome == ReplyResult::Outcome::held;
    if (calendar.is_answer && !is_held) {
        return ReceiveMail::Reply { std::string(outcome_name(calendar.result.outcome)),
            calendar.result.message, calendar.result.appointment };
    }

    // 4. Everything else, and answers a person must decide about, becomes a received e-mail.
    auto const thread = is_held ? TRY(thread_of_meeting(elevated, *calendar.result.appointment))
                                : TRY(thread_of(elevated, arrival.message));
    auto const id = TRY(keep_email(elevated, arrival, thread));
    return is_held ? ReceiveMail::Reply { "held", calendar.result.message, id }
                   : ReceiveMail::Reply { "stored", "The mail is kept as an e-mail.", id };
}

}
