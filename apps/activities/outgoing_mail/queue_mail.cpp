#include "apps/activities/api.h"
#include "apps/activities/email/email_table.h"
#include "apps/activities/organization_facts.h"
#include "apps/activities/outgoing_mail/outgoing_mail_table.h"
#include "apps/activities/outgoing_mail/send_mail.h"
#include "core/text.h"

namespace cashline::activities {

namespace {

json::Value mailboxes(std::vector<mail::Mailbox> const& list)
{
    json::Array entries;
    for (auto const& mailbox : list) {
        json::Value entry { json::Object {} };
        entry.set("name", mailbox.name);
        entry.set("address", mailbox.address);
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<void> check(OutgoingMail const& mail)
{
    if (mail.to.empty() && mail.cc.empty() && mail.bcc.empty()) {
        return invalid("mail_no_recipient", "The mail needs somebody to go to.");
    }
    for (auto const* list : { &mail.to, &mail.cc, &mail.bcc }) {
        for (auto const& mailbox : *list) {
            if (!text::is_email_address(mailbox.address)) {
                return invalid(
                    "mail_address_invalid", "'" + mailbox.address + "' is no e-mail address.");
            }
        }
    }
    return {};
}

json::Value file_ids(std::vector<Id> const& files)
{
    json::Array ids;
    for (auto const& file : files) {
        ids.emplace_back(file.to_string());
    }
    return ids;
}

Row outbox_row(OutgoingMail const& mail, mail::Mailbox const& sender)
{
    json::Value recipients { json::Object {} };
    recipients.set("to", mailboxes(mail.to));
    recipients.set("cc", mailboxes(mail.cc));
    recipients.set("bcc", mailboxes(mail.bcc));
    Row row(outgoing_mail::table);
    row.set(outgoing_mail::subject, text::truncate_utf16(mail.subject, 1000))
        .set(outgoing_mail::sender_address, sender.address)
        .set(outgoing_mail::sender_name, sender.name)
        .set(outgoing_mail::recipients, recipients.to_string())
        .set(outgoing_mail::text, mail.text)
        .set(outgoing_mail::html, mail.html)
        .set(outgoing_mail::attachments, file_ids(mail.attachments).to_string())
        .set(outgoing_mail::in_reply_to, mail.in_reply_to)
        .set(outgoing_mail::is_automatic, mail.is_automatic)
        .set(outgoing_mail::email,
            mail.email ? std::optional(Lookup { email::table, *mail.email }) : std::nullopt)
        .set(outgoing_mail::regarding, mail.regarding);
    if (mail.calendar) {
        row.set(outgoing_mail::calendar_method, mail.calendar->method)
            .set(outgoing_mail::calendar, mail.calendar->text);
    }
    return row;
}

// One Message-ID leaves the house once. What failed makes room for the next try.
Result<std::optional<Id>> find_queued(Unit& unit, std::string const& message_id)
{
    auto elevated = unit.elevated();
    auto const known = TRY(elevated.first(Query::from(outgoing_mail::table)
            .select({ outgoing_mail::status })
            .where(outgoing_mail::message_id == message_id)));
    if (known && known->get(outgoing_mail::status) == OutgoingMailStatus::failed) {
        TRY(elevated.remove(outgoing_mail::table, known->id()));
        return std::nullopt;
    }
    return known ? std::optional(known->id()) : std::nullopt;
}

}

Result<Id> queue_mail(Unit& unit, OutgoingMail const& mail)
{
    TRY(check(mail));
    if (!mail.message_id.empty()) {
        if (auto const known = TRY(find_queued(unit, mail.message_id))) {
            return *known;
        }
    }
    auto const facts = TRY(organization_facts(unit));
    auto sender = mail.from;
    if (sender.address.empty()) {
        // Never empty: a house without an address of its own still keeps mails in its outbox.
        sender = { facts.name,
            facts.mail_from.empty() ? "no-reply@" + mail_host(facts) : facts.mail_from };
    }
    auto row = outbox_row(mail, sender);
    auto const id = unit.new_id();
    row.set_id(id);
    row.set(outgoing_mail::message_id,
        mail.message_id.empty() ? id.to_string() + "@" + mail_host(facts) : mail.message_id);
    TRY(unit.elevated().create(std::move(row)));
    json::Value input { json::Object {} };
    input.set("mail", id.to_string());
    unit.later({ .name = send_mail_job,
        .input = std::move(input),
        .key = std::string(send_mail_job) + "/" + id.to_string() });
    return id;
}

}
