// What other apps may use of activities besides its tables: mail out, the pages people outside
// open, and the address book.
#pragma once

#include "platform/mail/mime_message.h"
#include "platform/pipeline/registry.h"

namespace cashline {
struct WebContext;
}

namespace cashline::activities {

void register_activities(Registry&);

// A mail to send. It is written in the running unit and leaves by a job after the commit: through
// the mail server of the settings, or into the outbox where there is none.
struct OutgoingMail {
    mail::Mailbox from {}; // empty: the organisation's address
    std::vector<mail::Mailbox> to {};
    std::vector<mail::Mailbox> cc {};
    std::vector<mail::Mailbox> bcc {};
    std::string subject {};
    std::string text {};
    std::string html {}; // empty: made from the text
    std::vector<Id> attachments {}; // cl_file, see platform/files/file_store.h
    std::optional<mail::CalendarPart> calendar {};
    std::string message_id {}; // empty: a new one
    std::string in_reply_to {};
    bool is_automatic { true }; // false: a person wrote it
    std::optional<Id> email {}; // the email activity whose status follows
    std::optional<Lookup> regarding {};
};

// The id in the outbox; of the mail that is there already when its Message-ID is known.
// "mail_address_invalid", "mail_no_recipient".
Result<Id> queue_mail(Unit&, OutgoingMail const&);

// /meet for guests, /mail/inbound for the mail server, /mail/outbox and /files for signed-in
// people.
void add_activity_routes(WebContext&);

}
