// The job that carries a mail out of the house.
#pragma once

#include "platform/mail/smtp.h"
#include "platform/pipeline/registry.h"

namespace cashline::activities {

inline constexpr char const* send_mail_job = "activities.send_mail";

// Tried again while the reason is temporary; a final refusal, or the last try, marks the mail and
// its email activity as failed, with the reason.
Result<void> send_mail(JobContext&, json::Value const& input);

// [mail] of the settings: host, port, security (none, start_tls, tls), user, password, ca_file.
// Without a host the outbox.
Result<std::unique_ptr<mail::MailTransport>> mail_transport(json::Value const& settings);

}
