#include "apps/activities/outgoing_mail/send_mail.h"

#include "apps/activities/email/email_table.h"
#include "apps/activities/outgoing_mail/outgoing_mail_table.h"
#include "core/text.h"
#include "platform/files/file_store.h"
#include "platform/jobs/job_queue.h"
#include "platform/mail/mime_message.h"
#include "platform/pipeline/platform.h"

namespace cashline::activities {

namespace {

struct Letter {
    Row row {};
    mail::Envelope envelope {};
    std::string bytes {};
};

std::vector<mail::Mailbox> mailboxes(json::Value const& recipients, std::string_view kind)
{
    std::vector<mail::Mailbox> list;
    for (auto const& entry : recipients.array(kind)) {
        list.push_back({ std::string(entry.text("name")), std::string(entry.text("address")) });
    }
    return list;
}

Result<std::vector<mail::Attachment>> attachments_of(Reader& reader, Row const& row)
{
    std::vector<mail::Attachment> attachments;
    auto const ids = TRY(json::parse(row.text_or(outgoing_mail::attachments, "[]")));
    if (auto const* list = ids.as_array()) {
        for (auto const& entry : *list) {
            auto const* written = entry.as_string();
            auto const id = written ? Id::parse(*written) : std::nullopt;
            if (!id) {
                return internal("mail_attachment_invalid", "An attachment of the mail has no id.");
            }
            auto const info = TRY(files::info(reader, *id));
            attachments.push_back({ .file_name = info.name,
                .content_type = info.content_type,
                .bytes = TRY(files::content(reader, *id)) });
        }
    }
    // Programs read the calendar part, people without one open the file.
    if (auto const calendar = row.get(outgoing_mail::calendar)) {
        attachments.push_back({ .file_name = "meeting.ics",
            .content_type = "application/ics",
            .bytes = std::string(*calendar) });
    }
    return attachments;
}

std::string html_of(std::string_view plain)
{
    return "<p style=\"white-space: pre-wrap\">" + text::escape_html(plain) + "</p>";
}

Result<void> write_letter(Reader& reader, Letter& letter)
{
    auto const& row = letter.row;
    auto const recipients = TRY(json::parse(row.text_or(outgoing_mail::recipients)));
    mail::OutgoingMessage message { .from = { row.text_or(outgoing_mail::sender_name),
                                        row.text_or(outgoing_mail::sender_address) },
        .to = mailboxes(recipients, "to"),
        .cc = mailboxes(recipients, "cc"),
        .subject = row.text_or(outgoing_mail::subject),
        .date = row.get(outgoing_mail::created_on).value_or(reader.now()),
        .message_id = row.text_or(outgoing_mail::message_id),
        .in_reply_to = row.text_or(outgoing_mail::in_reply_to),
        .text = row.text_or(outgoing_mail::text),
        .html = row.text_or(outgoing_mail::html),
        .attachments = TRY(attachments_of(reader, row)),
        .is_automatic = row.get(outgoing_mail::is_automatic).value_or(true) };
    if (message.html.empty() && !message.text.empty()) {
        message.html = html_of(message.text);
    }
    if (auto const calendar = row.get(outgoing_mail::calendar)) {
        message.calendar = mail::CalendarPart { row.text_or(outgoing_mail::calendar_method),
            std::string(*calendar) };
    }
    letter.envelope.sender = message.from.address;
    for (auto const* kind : { "to", "cc", "bcc" }) {
        for (auto const& mailbox : mailboxes(recipients, kind)) {
            letter.envelope.recipients.push_back(mailbox.address);
        }
    }
    letter.bytes = TRY(mail::build_message(message));
    return {};
}

struct Outcome {
    OutgoingMailStatus status {};
    std::string error {};
};

Result<void> note_on_email(Unit& unit, Id email, Outcome const& outcome)
{
    auto const current = TRY(unit.find(email::table, email, { email::status }));
    if (!current || current->get(email::status) != EmailStatus::pending_send) {
        return {};
    }
    Row row(email::table);
    if (outcome.status == OutgoingMailStatus::failed) {
        row.set(email::state, ActivityPointerState::open).set(email::status, EmailStatus::failed);
    } else if (outcome.status != OutgoingMailStatus::queued) {
        row.set(email::status, EmailStatus::sent).set(email::sent_on, unit.now());
    }
    row.set(email::failure,
        outcome.error.empty() ? std::nullopt : std::optional<std::string_view>(outcome.error));
    return unit.update(email::table, email, std::move(row));
}

Result<void> note(Platform& platform, Letter const& letter, Outcome const& outcome)
{
    auto const is_new_content = !letter.bytes.empty() && letter.row.is_null(outgoing_mail::content);
    if (is_new_content) {
        TRY(files::prepare(platform, letter.bytes));
    }
    return platform.write(system_caller(Door::job),
        std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
            Row row(outgoing_mail::table);
            row.set(outgoing_mail::status, outcome.status)
                .set(outgoing_mail::error, text::truncate_utf16(outcome.error, 2000));
            if (outcome.status == OutgoingMailStatus::sent
                || outcome.status == OutgoingMailStatus::stored) {
                row.set(outgoing_mail::sent_on, unit.now());
            }
            if (is_new_content) {
                row.set(outgoing_mail::content,
                    TRY(files::put(unit,
                        { .name = "mail.eml",
                            .content_type = "message/rfc822",
                            .bytes = letter.bytes })));
            }
            TRY(unit.update(outgoing_mail::table, letter.row.id(), std::move(row)));
            auto const email = letter.row.get(outgoing_mail::email);
            return email ? note_on_email(unit, email->id, outcome) : Result<void> {};
        }));
}

// What failed is written down; whether the queue tries again depends on the reason.
Result<void> give_up_or_wait(JobContext& context, Letter const& letter, Error const& error)
{
    auto const is_last = context.attempt >= jobs::attempts_max;
    if (mail::is_temporary(error) && !is_last) {
        TRY(note(context.platform, letter, { OutgoingMailStatus::queued, error.text }));
        return std::unexpected(error);
    }
    return note(context.platform, letter, { OutgoingMailStatus::failed, error.text });
}

mail::SmtpSecurity security_of(std::string_view name)
{
    return name == "none" ? mail::SmtpSecurity::none
        : name == "tls"   ? mail::SmtpSecurity::tls
                          : mail::SmtpSecurity::start_tls;
}

}

Result<std::unique_ptr<mail::MailTransport>> mail_transport(json::Value const& settings)
{
    auto const* mail = settings.find("mail");
    if (!mail || mail->text("host").empty()) {
        return mail::make_outbox_transport();
    }
    return mail::make_smtp_transport({ .host = std::string(mail->text("host")),
        .port = static_cast<std::uint16_t>(mail->integer("port", 587)),
        .security = security_of(mail->text("security")),
        .user = std::string(mail->text("user")),
        .password = std::string(mail->text("password")),
        .client_name = std::string(mail->text("client_name", "localhost")),
        .ca_file = std::string(mail->text("ca_file")) });
}

Result<void> send_mail(JobContext& context, json::Value const& input)
{
    auto const id = Id::parse(input.text("mail"));
    if (!id) {
        return internal("job_input_invalid", "The job names no mail.");
    }
    auto& platform = context.platform;
    Letter letter;
    Result<void> prepared;
    TRY(platform.read(system_caller(Door::job),
        std::function<Result<void>(Reader&)>([&](Reader& reader) -> Result<void> {
            letter.row = TRY(reader.retrieve(outgoing_mail::table, *id));
            prepared = write_letter(reader, letter);
            return {};
        })));
    if (letter.row.get(outgoing_mail::status) != OutgoingMailStatus::queued) {
        return {}; // An earlier run got it out and died before it could say so.
    }
    if (!prepared) {
        return give_up_or_wait(context, letter, prepared.error());
    }
    auto const transport = mail_transport(platform.settings());
    if (!transport) {
        return give_up_or_wait(context, letter, transport.error());
    }
    if (auto const sent = (*transport)->send(letter.envelope, letter.bytes); !sent) {
        return give_up_or_wait(context, letter, sent.error());
    }
    auto const has_server = !platform.settings().object("mail").empty()
        && !platform.settings().find("mail")->text("host").empty();
    return note(platform, letter,
        { has_server ? OutgoingMailStatus::sent : OutgoingMailStatus::stored, {} });
}

}
