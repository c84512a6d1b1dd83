// Hands a finished message to a mail server. One transport speaks SMTP (libcurl in smtp.cpp), the
// other keeps mail in the house: where no server is configured, the outbox is where people read it.
// A transport may be used by one thread at a time.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::mail {

struct Envelope {
    std::string sender {}; // empty for mail that must not bounce
    std::vector<std::string> recipients {};
};

class MailTransport {
public:
    virtual ~MailTransport() = default;

    // All recipients or none: when the server refuses one of them, nothing was sent, and a repeat
    // is harmless. An error with Fault::unavailable is temporary (see is_temporary), others are
    // final. Temporary: "mail_server_unreachable", "mail_server_busy", "mail_tls_failed",
    // "mail_login_refused" (an administrator repairs it, then the mail goes out). Final:
    // "mail_recipient_refused", "mail_refused", "mail_address_invalid", "mail_no_recipient",
    // "mail_no_content".
    virtual Result<void> send(Envelope const& envelope, std::string_view message) = 0;
};

enum class SmtpSecurity : std::uint8_t {
    none, // only for servers on this machine or in tests
    start_tls, // usual on port 587; never falls back to plain text
    tls, // from the first byte, usual on port 465
};

struct SmtpSettings {
    std::string host {};
    std::uint16_t port { 587 };
    SmtpSecurity security { SmtpSecurity::start_tls };
    std::string user {}; // empty: no login
    std::string password {};
    std::string client_name { "localhost" }; // said in EHLO
    std::string ca_file {}; // own authority instead of the system's
    std::int64_t connect_timeout_ms { 15'000 };
    std::int64_t total_timeout_ms { 120'000 };
};

// Settings that cannot work are refused: "mail_settings_invalid"; a password without TLS to another
// machine: "mail_login_needs_tls".
Result<std::unique_ptr<MailTransport>> make_smtp_transport(SmtpSettings settings);

// Accepts everything and sends nothing.
std::unique_ptr<MailTransport> make_outbox_transport();

bool is_temporary(Error const& error);

}
