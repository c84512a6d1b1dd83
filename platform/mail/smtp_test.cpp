#include "platform/mail/smtp.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <map>
#include <thread>

namespace cashline::mail {

namespace {

// What a mail server heard and how it is told to answer: for a command ("RCPT") another reply than
// 250.
struct Session {
    std::vector<std::string> commands {};
    std::string data {};
};

class Sink {
public:
    explicit Sink(std::map<std::string, std::string> replies = {}, bool is_silent = false)
        : m_replies(std::move(replies))
        , m_is_silent(is_silent)
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address {
            .sin_family = AF_INET, .sin_port = 0, .sin_addr = { htonl(INADDR_LOOPBACK) }
        };
        EXPECT_EQ(::bind(m_listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(m_listener, 4), 0);
        socklen_t length = sizeof address;
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { serve(); });
    }

    ~Sink()
    {
        ::shutdown(m_listener, SHUT_RDWR); // wakes accept
        m_thread.join();
        ::close(m_listener);
    }

    Sink(Sink const&) = delete;
    Sink& operator=(Sink const&) = delete;

    std::uint16_t port() const { return m_port; }
    Session session() { return m_session.get_future().get(); }

private:
    void serve()
    {
        int const client = ::accept(m_listener, nullptr, nullptr);
        if (client < 0) {
            return;
        }
        // A client that hangs must not hang the tests.
        timeval const limit { .tv_sec = 5 };
        ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        Session session;
        if (m_is_silent) {
            char byte {};
            (void)!::recv(client, &byte, 1, 0); // Until the client gives up.
        } else {
            say(client, reply_to("GREETING", "220 sink ready"));
            talk(client, session);
        }
        ::close(client);
        m_session.set_value(std::move(session));
    }

    static void say(int client, std::string const& line)
    {
        auto const text = line + "\r\n";
        (void)!::send(client, text.data(), text.size(), MSG_NOSIGNAL);
    }

    std::string reply_to(std::string const& command, std::string const& usual) const
    {
        auto const found = m_replies.find(command);
        return found == m_replies.end() ? usual : found->second;
    }

    bool read_line(int client, std::string& line)
    {
        while (true) {
            if (auto const end = m_buffer.find("\r\n"); end != std::string::npos) {
                line = m_buffer.substr(0, end);
                m_buffer.erase(0, end + 2);
                return true;
            }
            char chunk[4096];
            auto const count = ::recv(client, chunk, sizeof chunk, 0);
            if (count <= 0) {
                return false;
            }
            m_buffer.append(chunk, static_cast<std::size_t>(count));
        }
    }

    void talk(int client, Session& session)
    {
        std::string line;
        while (read_line(client, line)) {
            session.commands.push_back(line);
            auto const command = line.substr(0, line.find(' '));
            if (command == "EHLO") {
                say(client, reply_to("EHLO", "250-sink\r\n250-AUTH PLAIN\r\n250 8BITMIME"));
            } else if (command == "AUTH") {
                say(client, "334 ");
                read_line(client, line);
                session.commands.push_back(line);
                say(client, reply_to("AUTH", "235 welcome"));
            } else if (command == "DATA") {
                auto const reply = reply_to("DATA", "354 go on");
                say(client, reply);
                if (reply.starts_with("354")) {
                    read_data(client, session);
                    say(client, reply_to("END", "250 queued"));
                }
            } else if (command == "QUIT") {
                say(client, "221 bye");
                return;
            } else {
                say(client, reply_to(command, "250 ok"));
            }
        }
    }

    void read_data(int client, Session& session)
    {
        std::string line;
        while (read_line(client, line) && line != ".") {
            session.data += line.starts_with('.') ? line.substr(1) : line;
            session.data += "\r\n";
        }
    }

    std::map<std::string, std::string> m_replies;
    bool m_is_silent;
    int m_listener { -1 };
    std::uint16_t m_port {};
    std::string m_buffer {};
    std::promise<Session> m_session {};
    std::thread m_thread {};
};

SmtpSettings settings_for(std::uint16_t port)
{
    return { .host = "127.0.0.1",
        .port = port,
        .security = SmtpSecurity::none,
        .client_name = "cashline.example",
        .connect_timeout_ms = 2000,
        .total_timeout_ms = 3000 };
}

Envelope envelope()
{
    return { .sender = "daisy@a.example", .recipients = { "mona@n.example", "sam@n.example" } };
}

constexpr std::string_view message = "Subject: x\r\n\r\nHello\r\n.dot\r\n..\r\n.\r\nend\r\n";

Result<void> send_with(SmtpSettings settings, Envelope const& to, std::string_view text = message)
{
    auto transport = make_smtp_transport(std::move(settings));
    if (!transport) {
        return std::unexpected(transport.error());
    }
    return (*transport)->send(to, text);
}

}

TEST(Smtp, a_message_arrives_as_it_was_handed_over)
{
    Sink sink;
    auto const sent = send_with(settings_for(sink.port()), envelope());
    EXPECT_TRUE(sent.has_value()) << (sent ? "" : sent.error().text);
    auto const session = sink.session();
    EXPECT_EQ(session.data, message); // Lines with dots included.
    ASSERT_GE(session.commands.size(), 5U);
    EXPECT_EQ(session.commands[0], "EHLO cashline.example");
    EXPECT_TRUE(session.commands[1].starts_with("MAIL FROM:<daisy@a.example>"));
    EXPECT_EQ(session.commands[2], "RCPT TO:<mona@n.example>");
    EXPECT_EQ(session.commands[3], "RCPT TO:<sam@n.example>");
    EXPECT_EQ(session.commands[4], "DATA");
}

TEST(Smtp, a_login_is_sent_before_the_mail_and_its_refusal_is_temporary)
{
    {
        Sink sink;
        auto settings = settings_for(sink.port());
        settings.user = "u";
        settings.password = "p";
        EXPECT_TRUE(send_with(settings, envelope()).has_value());
        auto const session = sink.session();
        EXPECT_EQ(session.commands[1], "AUTH PLAIN");
        EXPECT_EQ(session.commands[2], "AHUAcA=="); // \0u\0p
    }
    Sink sink({ { "AUTH", "535 no" } });
    auto settings = settings_for(sink.port());
    settings.user = "u";
    settings.password = "wrong";
    auto const sent = send_with(settings, envelope());
    ASSERT_FALSE(sent.has_value());
    EXPECT_EQ(sent.error().code, "mail_login_refused");
    EXPECT_TRUE(is_temporary(sent.error()));
}

TEST(Smtp, refusals_are_told_apart)
{
    struct Case {
        std::string command;
        std::string reply;
        std::string code;
        bool is_temporary;
    };
    for (auto const& [command, reply, code, temporary] : std::vector<Case> {
             { "GREETING", "421 too busy", "mail_server_busy", true },
             { "GREETING", "554 go away", "mail_refused", false },
             { "MAIL", "451 later", "mail_server_busy", true },
             { "MAIL", "550 not you", "mail_refused", false },
             { "RCPT", "450 greylisted", "mail_server_busy", true },
             { "RCPT", "550 no such user", "mail_recipient_refused", false },
             { "DATA", "452 full", "mail_server_busy", true },
             { "DATA", "554 no", "mail_refused", false },
             { "END", "451 later", "mail_server_busy", true },
             { "END", "554 spam", "mail_refused", false },
         }) {
        Sink sink({ { command, reply } });
        auto const sent = send_with(settings_for(sink.port()), envelope());
        ASSERT_FALSE(sent.has_value()) << command << reply;
        EXPECT_EQ(sent.error().code, code) << command << " " << reply << ": " << sent.error().text;
        EXPECT_EQ(is_temporary(sent.error()), temporary) << command << reply;
    }
}

TEST(Smtp, a_server_that_is_away_or_silent_is_temporary)
{
    std::uint16_t free_port = 0;
    {
        Sink sink;
        free_port = sink.port();
    }
    auto const away = send_with(settings_for(free_port), envelope());
    ASSERT_FALSE(away.has_value());
    EXPECT_EQ(away.error().code, "mail_server_unreachable");
    EXPECT_TRUE(is_temporary(away.error()));

    Sink sink({}, true);
    auto settings = settings_for(sink.port());
    settings.total_timeout_ms = 300;
    auto const silent = send_with(settings, envelope());
    ASSERT_FALSE(silent.has_value());
    EXPECT_EQ(silent.error().code, "mail_server_unreachable");
}

TEST(Smtp, without_tls_on_offer_nothing_is_sent)
{
    Sink sink;
    auto settings = settings_for(sink.port());
    settings.security = SmtpSecurity::start_tls;
    auto const sent = send_with(settings, envelope());
    ASSERT_FALSE(sent.has_value());
    EXPECT_EQ(sent.error().code, "mail_tls_failed");
    EXPECT_TRUE(sink.session().data.empty());
}

TEST(Smtp, settings_and_envelopes_that_cannot_work_are_refused)
{
    auto const code = [](SmtpSettings settings) {
        auto const made = make_smtp_transport(std::move(settings));
        return made ? std::string("accepted") : made.error().code;
    };
    EXPECT_EQ(code({}), "mail_settings_invalid");
    EXPECT_EQ(code({ .host = "mail.example\r\nX" }), "mail_settings_invalid");
    EXPECT_EQ(code({ .host = "mail.example/x@y" }), "mail_settings_invalid");
    EXPECT_EQ(code({ .host = "mail.example", .client_name = "a b" }), "mail_settings_invalid");
    EXPECT_EQ(code({ .host = "mail.example", .total_timeout_ms = 0 }), "mail_settings_invalid");
    EXPECT_EQ(code({ .host = "mail.example", .security = SmtpSecurity::none, .user = "u" }),
        "mail_login_needs_tls");
    EXPECT_EQ(code({ .host = "mail.example", .user = "u" }), "accepted");

    auto const transport = make_outbox_transport();
    auto const sent = [&](Envelope const& to, std::string_view text) {
        auto const result = transport->send(to, text);
        return result ? std::string("sent") : result.error().code;
    };
    EXPECT_EQ(sent(envelope(), message), "sent");
    EXPECT_EQ(sent({ .recipients = { "a@b.example" } }, message), "sent"); // No bounces wanted.
    EXPECT_EQ(sent({ .sender = "a@b.example" }, message), "mail_no_recipient");
    EXPECT_EQ(
        sent({ .sender = "a@b.example>\r\nRCPT TO:<x@y.example", .recipients = { "a@b.example" } },
            message),
        "mail_address_invalid");
    EXPECT_EQ(sent({ .sender = "a@b.example", .recipients = { "a@b.example>\r\nDATA" } }, message),
        "mail_address_invalid");
    EXPECT_EQ(sent(envelope(), ""), "mail_no_content");
}

}
