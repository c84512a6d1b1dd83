#include "platform/mail/smtp.h"

#include "core/text.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <mutex>

namespace cashline::mail {

namespace {

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void initialise_library()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

bool is_loopback(std::string_view host)
{
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool is_host(std::string_view host)
{
    auto const fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
            || (letter >= '0' && letter <= '9') || letter == '.' || letter == '-' || letter == '_'
            || letter == ':';
    };
    return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, fits);
}

bool is_ascii_address(std::string_view address)
{
    return text::is_email_address(address)
        && std::ranges::all_of(address, [](char letter) { return letter > 0x20 && letter < 0x7F; });
}

Result<void> check_settings(SmtpSettings const& settings)
{
    if (!is_host(settings.host) || settings.port == 0 || !is_host(settings.client_name)) {
        return invalid("mail_settings_invalid",
            "The mail server needs a host name, a port and a valid client name.");
    }
    if (settings.connect_timeout_ms <= 0 || settings.total_timeout_ms <= 0) {
        return invalid(
            "mail_settings_invalid", "The time limits of the mail server must be positive.");
    }
    if (!settings.user.empty() && settings.security == SmtpSecurity::none
        && !is_loopback(settings.host)) {
        return invalid("mail_login_needs_tls",
            "A password is only sent over TLS. Choose STARTTLS or TLS for the mail server.");
    }
    return {};
}

Result<void> check_envelope(Envelope const& envelope, std::string_view message)
{
    if (envelope.recipients.empty()) {
        return invalid("mail_no_recipient", "The message needs a recipient.");
    }
    if (!envelope.sender.empty() && !is_ascii_address(envelope.sender)) {
        return invalid("mail_address_invalid", "The sender's address is not an e-mail address.");
    }
    for (auto const& recipient : envelope.recipients) {
        if (!is_ascii_address(recipient)) {
            return invalid("mail_address_invalid",
                fmt::format(
                    "“{}” is not an e-mail address.", text::truncate_utf16(recipient, 100)));
        }
    }
    if (message.empty()) {
        return invalid("mail_no_content", "There is no message to send.");
    }
    return {};
}

// The message as libcurl pulls it.
struct Upload {
    std::string_view rest;
};

std::size_t read_upload(char* buffer, std::size_t size, std::size_t count, void* user)
{
    auto& rest = static_cast<Upload*>(user)->rest;
    auto const length = std::min(size * count, rest.size());
    std::memcpy(buffer, rest.data(), length);
    rest.remove_prefix(length);
    return length;
}

// The server's first refusal, to be quoted in an error, and the command it refused.
struct Dialogue {
    std::string command;
    std::string refused_command;
    std::string refusal;
};

// libcurl's debug function has one parameter more than ours may have, hence a lambda.
constexpr auto follow_dialogue = [](CURL*, curl_infotype type, char* data, std::size_t size,
                                     void* user) -> int {
    auto& dialogue = *static_cast<Dialogue*>(user);
    std::string_view const line = text::trim({ data, std::min<std::size_t>(size, 400) });
    if (type == CURLINFO_HEADER_OUT) {
        dialogue.command = line.substr(0, line.find(' '));
    } else if (type == CURLINFO_HEADER_IN && dialogue.refusal.empty()
        && (line.starts_with('4') || line.starts_with('5'))) {
        dialogue.refusal = line;
        dialogue.refused_command = dialogue.command;
    }
    return 0;
};

std::unexpected<Error> temporary(std::string_view code, std::string text)
{
    return refuse(Fault::unavailable, code, std::move(text));
}

std::unexpected<Error> by_reply(long code, Dialogue const& dialogue)
{
    auto const reply = text::is_valid_utf8(dialogue.refusal) ? dialogue.refusal : std::string {};
    if (code < 500) {
        return temporary(
            "mail_server_busy", fmt::format("The mail server asked to try later: {}", reply));
    }
    if (dialogue.refused_command == "RCPT") {
        return invalid("mail_recipient_refused",
            fmt::format("The mail server refused a recipient: {}", reply));
    }
    return invalid("mail_refused", fmt::format("The mail server refused the message: {}", reply));
}

Result<void> outcome(CURLcode code, long reply, Dialogue const& dialogue)
{
    switch (code) {
    case CURLE_OK:
        return {};
    case CURLE_LOGIN_DENIED:
        return temporary("mail_login_refused",
            "The mail server refused the user name or password in its settings.");
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CACERT_BADFILE:
        return temporary("mail_tls_failed",
            fmt::format(
                "No trusted TLS connection to the mail server: {}", curl_easy_strerror(code)));
    default:
        break;
    }
    // The server's own refusal counts only where the dialogue itself failed; 4yz asks for another
    // try.
    bool const is_refusal = reply >= 400 && reply < 600
        && (code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_RECV_ERROR
            || code == CURLE_REMOTE_ACCESS_DENIED || code == CURLE_QUOTE_ERROR);
    if (is_refusal) {
        return by_reply(reply, dialogue);
    }
    return temporary("mail_server_unreachable",
        fmt::format("The mail server cannot be reached: {}", curl_easy_strerror(code)));
}

class SmtpTransport : public MailTransport {
public:
    explicit SmtpTransport(SmtpSettings settings)
        : m_settings(std::move(settings))
        , m_handle(curl_easy_init())
    {
    }

    Result<void> send(Envelope const& envelope, std::string_view message) override
    {
        TRY(check_envelope(envelope, message));
        std::unique_ptr<curl_slist, FreeList> recipients;
        for (auto const& recipient : envelope.recipients) {
            auto const bracketed = fmt::format("<{}>", recipient);
            recipients.reset(curl_slist_append(recipients.release(), bracketed.c_str()));
        }
        auto* const handle = m_handle.get();
        curl_easy_reset(handle); // The connection itself is kept for the next message.
        set_connection(handle);
        Upload upload { message };
        Dialogue dialogue;
        auto const sender = fmt::format("<{}>", envelope.sender);
        curl_easy_setopt(handle, CURLOPT_MAIL_FROM, sender.c_str());
        curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
        curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(handle, CURLOPT_READFUNCTION, &read_upload);
        curl_easy_setopt(handle, CURLOPT_READDATA, &upload);
        curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L); // feeds the debug function only
        curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, +follow_dialogue);
        curl_easy_setopt(handle, CURLOPT_DEBUGDATA, &dialogue);
        auto const code = curl_easy_perform(handle);
        long reply = 0;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
        return outcome(code, reply, dialogue);
    }

private:
    std::string url() const
    {
        bool const is_ipv6 = m_settings.host.contains(':');
        return fmt::format("{}://{}{}{}:{}/{}",
            m_settings.security == SmtpSecurity::tls ? "smtps" : "smtp", is_ipv6 ? "[" : "",
            m_settings.host, is_ipv6 ? "]" : "", m_settings.port, m_settings.client_name);
    }

    void set_connection(CURL* handle) const
    {
        curl_easy_setopt(handle, CURLOPT_URL, url().c_str());
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_PROXY, ""); // not through a web proxy of the environment
        curl_easy_setopt(
            handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_settings.connect_timeout_ms));
        curl_easy_setopt(
            handle, CURLOPT_TIMEOUT_MS, static_cast<long>(m_settings.total_timeout_ms));
        curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT,
            static_cast<long>(m_settings.total_timeout_ms / 1000 + 1));
        if (m_settings.security == SmtpSecurity::start_tls) {
            curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
        }
        curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (!m_settings.ca_file.empty()) {
            curl_easy_setopt(handle, CURLOPT_CAINFO, m_settings.ca_file.c_str());
        }
        if (!m_settings.user.empty()) {
            curl_easy_setopt(handle, CURLOPT_USERNAME, m_settings.user.c_str());
            curl_easy_setopt(handle, CURLOPT_PASSWORD, m_settings.password.c_str());
        }
    }

    SmtpSettings m_settings;
    std::unique_ptr<CURL, CloseHandle> m_handle;
};

class OutboxTransport : public MailTransport {
public:
    Result<void> send(Envelope const& envelope, std::string_view message) override
    {
        return check_envelope(envelope, message);
    }
};

}

Result<std::unique_ptr<MailTransport>> make_smtp_transport(SmtpSettings settings)
{
    TRY(check_settings(settings));
    initialise_library();
    return std::make_unique<SmtpTransport>(std::move(settings));
}

std::unique_ptr<MailTransport> make_outbox_transport()
{
    return std::make_unique<OutboxTransport>();
}

bool is_temporary(Error const& error) { return error.fault == Fault::unavailable; }

}
