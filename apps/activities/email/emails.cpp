#include "apps/activities/email/email_table.h"
#include "apps/activities/email/receive_mail.h"
#include "apps/activities/email/send_email.h"
#include "apps/activities/outgoing_mail/outbox.h"
#include "apps/activities/outgoing_mail/send_mail.h"

namespace cashline::activities {

void register_emails(Registry& registry)
{
    using enum ActivityPointerState;
    auto const number = [](ActivityPointerState state) { return static_cast<std::int64_t>(state); };
    // A mail that was sent or received is history. One that could not be sent is a draft again.
    registry.transitions(email::state,
        { { number(open), number(completed), "SendEmail" },
            { number(open), number(canceled), "Update" },
            { number(completed), number(open), "SendEmail" } });
    registry.frozen_when(email::table, { number(completed), number(canceled) },
        "CannotUpdateObjectBecauseItIsInactive", { email::regarding });

    registry.message<SendEmail>(send_email).bound_to(email::table, &SendEmail::email);
    registry.message<ReceiveMail>(receive_mail).requires_privilege("prvMailInbound");
    registry.function<RetrieveOutbox>(retrieve_outbox).requires_privilege("prvViewOutbox");
    registry.job(send_mail_job, send_mail);
}

}
