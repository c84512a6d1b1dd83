// Steps as in docs/contracts/send-email.md.
#include "apps/activities/email/send_email.h"

#include "apps/activities/activity_party/address_book.h"
#include "apps/activities/activity_party/participants.h"
#include "apps/activities/api.h"
#include "apps/activities/email/email_table.h"
#include "apps/activities/email/email_text.h"
#include "apps/activities/mime_attachment/mime_attachment_table.h"
#include "apps/activities/organization_facts.h"
#include "core/text.h"
#include "platform/security/system_user/system_user_table.h"

#include <algorithm>

namespace cashline::activities {

namespace {

// 2. Mail goes out in the name of the person who sends it.
Result<mail::Mailbox> sender_of(Unit& unit, std::vector<Participant> const& participants, Id email)
{
    auto const named = std::ranges::find(
        participants, ActivityPartyParticipation::sender, &Participant::participation);
    Lookup user { system_user::table, unit.caller().user };
    if (named != participants.end() && named->party) {
        user = *named->party;
    }
    auto const is_own = user == Lookup { system_user::table, unit.caller().user };
    if (!is_own && !unit.caller().rights->may("prvSendAsUser")) {
        return denied("PrivilegeDenied",
            "You can send mail only in your own name. Ask the sender to send it.");
    }
    auto reader = unit.elevated_reader();
    auto const facts = TRY(party_facts(reader, user));
    if (!facts || facts->address.empty()) {
        return invalid("unManagedidscommunicationsnopartyaddress",
            "The sender has no e-mail address.", "from");
    }
    if (named == participants.end()) {
        TRY(add_participant(
            unit, email, { .participation = ActivityPartyParticipation::sender, .party = user }));
    }
    return mail::Mailbox { facts->name, facts->address };
}

std::string_view column_of(ActivityPartyParticipation participation)
{
    return participation == ActivityPartyParticipation::to_recipient ? "to"
        : participation == ActivityPartyParticipation::cc_recipient  ? "cc"
                                                                     : "bcc";
}

// 3. Every recipient has an address and may be written to.
Result<void> add_recipient(Reader& reader, Participant const& participant, OutgoingMail& mail)
{
    auto const column = column_of(participant.participation);
    if (participant.mailbox.address.empty()) {
        return invalid("unManagedidscommunicationsnopartyaddress",
            "'" + participant.mailbox.name + "' has no e-mail address.", column);
    }
    auto const facts =
        participant.party ? TRY(party_facts(reader, *participant.party)) : std::nullopt;
    if (facts && facts->wants_no_mail) {
        return conflict("recipient_wants_no_mail",
            "'" + participant.mailbox.name + "' does not want to get e-mail.", column);
    }
    auto& list = column == "to" ? mail.to : column == "cc" ? mail.cc : mail.bcc;
    list.push_back(participant.mailbox);
    return {};
}

Result<OutgoingMail> mail_of(Unit& unit, Row const& email)
{
    auto const participants = TRY(participants_of(unit, email.id()));
    OutgoingMail mail { .from = TRY(sender_of(unit, participants, email.id())) };
    auto reader = unit.elevated_reader();
    for (auto const& participant : participants) {
        if (participant.is_recipient()) {
            TRY(add_recipient(reader, participant, mail));
        }
    }
    if (mail.to.empty() && mail.cc.empty() && mail.bcc.empty()) {
        return invalid("EmailRecipientNotSpecified",
            "The e-mail needs somebody to go to: fill To, Cc or Bcc.", "to");
    }
    auto body = body_of(email.text_or(email::description));
    mail.text = std::move(body.text);
    mail.html = std::move(body.html);
    mail.in_reply_to = email.text_or(email::in_reply_to);
    mail.email = email.id();
    mail.regarding = email.get(email::regarding);
    mail.is_automatic = false;
    return mail;
}

Result<std::vector<Id>> attachments_of(Unit& unit, Id email)
{
    auto reader = unit.elevated_reader();
    auto const rows = TRY(reader.query(Query::from(mime_attachment::table)
            .where(mime_attachment::activity == Lookup { activity_pointer::table, email })
            .order_by(mime_attachment::number)));
    std::vector<Id> files;
    for (auto const& row : rows) {
        if (auto const file = row.get(mime_attachment::file)) {
            files.push_back(*file);
        }
    }
    return files;
}

std::string addresses(std::vector<mail::Mailbox> const& list)
{
    std::string joined;
    for (auto const& mailbox : list) {
        joined += mailbox.address + ";";
    }
    return text::truncate_utf16(joined, 500);
}

}

Result<SendEmail::Reply> send_email(Unit& unit, SendEmail const& request)
{
    // 1. Only a draft, or one that failed, can be sent; the lock makes a double click harmless.
    auto const email = TRY(unit.retrieve_for_update(email::table, request.email.id));
    auto const is_outgoing = email.get(email::outgoing).value_or(true);
    if (email.get(email::state) != ActivityPointerState::open || !is_outgoing) {
        return conflict("unManagedidsactivityinvalidstate",
            "This e-mail has been sent already, or it was received.", "statecode");
    }
    auto mail = TRY(mail_of(unit, email));
    mail.attachments = TRY(attachments_of(unit, email.id()));

    // 4. The token makes an answer find its way back when the mail program drops the headers.
    auto subject = std::string(email.text_or(email::subject));
    auto const token = request.tracking_token.value_or("");
    if (!token.empty()) {
        subject += " " + token;
    }
    mail.subject = subject;
    mail.message_id = email.id().to_string() + "@" + mail_host(TRY(organization_facts(unit)));

    // 5. Closing it keeps what was sent from being changed; the job writes down how it went.
    Row changes(email::table);
    changes.set(email::state, ActivityPointerState::completed)
        .set(email::status, request.issue_send ? EmailStatus::pending_send : EmailStatus::sent)
        .set(email::subject, text::truncate_utf16(subject, 400))
        .set(email::sender, mail.from.address)
        .set(email::to_recipients, addresses(mail.to))
        .set(email::message_id, mail.message_id)
        .clear(email::failure);
    if (!token.empty()) {
        changes.set(email::tracking_token, text::truncate_utf16(token, 50));
    }
    if (!request.issue_send) {
        changes.set(email::sent_on, unit.now());
    }
    TRY(unit.update(email::table, email.id(), std::move(changes)));
    if (request.issue_send) {
        TRY(queue_mail(unit, mail));
    }
    return SendEmail::Reply { .subject = std::move(subject) };
}

}
