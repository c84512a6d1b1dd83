#include "platform/mail/mime_message.h"

#include "core/text.h"

#include <gtest/gtest.h>

namespace cashline::mail {

namespace {

OutgoingMessage message()
{
    return { .from = { "Daisy Duke", "daisy@adventure-works.example" },
        .to = { { "Møna Lee, \"CEO\"", "mona@northwind.example" } },
        .cc = { { "", "sam@northwind.example" } },
        .subject = "Angebot für 40 Surfboards 🏄 – bitte prüfen Sie die Preise bis Ende der Woche",
        .date = *Timestamp::parse("2026-03-01T08:30:00Z"),
        .message_id = "0192-1@cashline.example",
        .in_reply_to = "first@northwind.example",
        .references = { "root@northwind.example", "first@northwind.example" },
        .text = "Guten Tag,\n\n.dot\nFrom here to there\nPreis: 1.200,00 €\n",
        .html = "<p>Guten Tag, <b>Preis</b>: 1.200,00 €</p>" };
}

std::string built(OutgoingMessage const& mail)
{
    auto const out = build_message(mail);
    EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().code);
    return out.value_or("");
}

ReceivedMessage parsed(std::string_view bytes)
{
    auto const out = parse_message(bytes);
    EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().code);
    return out.value_or(ReceivedMessage {});
}

template<class Change>
std::string refusal(Change change)
{
    auto mail = message();
    change(mail);
    auto const out = build_message(mail);
    return out ? "accepted" : out.error().code;
}

void expect_sendable(std::string const& bytes)
{
    std::size_t position = 0;
    while (position < bytes.size()) {
        auto const end = bytes.find("\r\n", position);
        ASSERT_NE(end, std::string::npos) << "no CR LF after " << position;
        EXPECT_LE(end - position, 998U);
        auto const line = std::string_view(bytes).substr(position, end - position);
        EXPECT_EQ(line.find_first_of("\r\n"), std::string_view::npos);
        position = end + 2;
    }
    for (char const letter : bytes) {
        ASSERT_TRUE(static_cast<std::uint8_t>(letter) < 0x80) << "not ASCII";
    }
}

constexpr std::string_view calendar_text = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";

}

TEST(MimeWriter, what_is_built_can_be_sent_and_read_back)
{
    auto const mail = message();
    auto const bytes = built(mail);
    expect_sendable(bytes);
    auto const read = parsed(bytes);
    EXPECT_EQ(read.from, mail.from);
    EXPECT_EQ(read.to, mail.to);
    EXPECT_EQ(read.cc, mail.cc);
    EXPECT_EQ(read.subject, mail.subject);
    EXPECT_EQ(read.date, mail.date);
    EXPECT_EQ(read.message_id, mail.message_id);
    EXPECT_EQ(read.in_reply_to, mail.in_reply_to);
    EXPECT_EQ(read.references, mail.references);
    EXPECT_EQ(read.text, mail.text);
    EXPECT_EQ(read.html, mail.html + "\n");
    EXPECT_TRUE(read.attachments.empty());
    EXPECT_FALSE(read.is_automatic);
}

TEST(MimeWriter, the_same_message_gives_the_same_bytes)
{
    EXPECT_EQ(built(message()), built(message()));
}

TEST(MimeWriter, an_invitation_has_the_form_calendar_programs_look_for)
{
    auto mail = message();
    mail.calendar = { "REQUEST", std::string(calendar_text) };
    auto const bytes = built(mail);
    expect_sendable(bytes);
    auto const mixed = bytes.find("multipart/mixed");
    auto const alternative = bytes.find("multipart/alternative");
    auto const plain = bytes.find("Content-Type: text/plain");
    auto const html = bytes.find("Content-Type: text/html");
    auto const calendar = bytes.find("Content-Type: text/calendar");
    auto const file = bytes.find("application/ics");
    EXPECT_TRUE(mixed < alternative && alternative < plain && plain < html && html < calendar
        && calendar < file && file != std::string::npos)
        << bytes;
    auto const line = bytes.substr(calendar, 90);
    EXPECT_NE(line.find("charset=UTF-8"), std::string::npos) << line;
    EXPECT_NE(line.find("method=REQUEST"), std::string::npos) << line;

    auto const read = parsed(bytes);
    ASSERT_EQ(read.calendars.size(), 1U);
    EXPECT_EQ(read.calendars[0].method, "REQUEST");
    EXPECT_EQ(read.calendars[0].text, "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n");
    ASSERT_EQ(read.attachments.size(), 1U);
    EXPECT_EQ(read.attachments[0].file_name, "invite.ics");
    EXPECT_EQ(read.attachments[0].bytes, calendar_text);
}

TEST(MimeWriter, attachments_survive_byte_for_byte)
{
    auto mail = message();
    std::string every_byte;
    for (int i = 0; i < 2000; ++i) {
        every_byte += static_cast<char>(i);
    }
    mail.attachments = { { .file_name = "Rechnung Nr. 7 für Käse & Co.pdf",
                             .content_type = "application/pdf",
                             .bytes = every_byte },
        { .file_name = "logo.png",
            .content_type = "image/png",
            .bytes = "\x89PNG",
            .content_id = "logo@x",
            .is_inline = true } };
    auto const bytes = built(mail);
    expect_sendable(bytes);
    auto const read = parsed(bytes);
    ASSERT_EQ(read.attachments.size(), 2U);
    EXPECT_EQ(read.attachments[0].file_name, "logo.png");
    EXPECT_TRUE(read.attachments[0].is_inline);
    EXPECT_EQ(read.attachments[0].content_id, "logo@x");
    EXPECT_EQ(read.attachments[1].file_name, "Rechnung Nr. 7 für Käse & Co.pdf");
    EXPECT_EQ(read.attachments[1].content_type, "application/pdf");
    EXPECT_EQ(read.attachments[1].bytes, every_byte);
    EXPECT_FALSE(read.attachments[1].is_inline);
}

TEST(MimeWriter, texts_of_every_kind_survive)
{
    for (auto const& text : { std::string("plain ascii\n"), std::string(5000, 'x') + "\n",
             std::string("trailing blank \nnext\n"), std::string("中文字符测试内容比较多一些\n"),
             std::string("--=_boundary\n"), std::string("no line end"),
             std::string("1 MB ") + std::string(1'000'000, 'y') }) {
        auto mail = message();
        mail.text = text;
        mail.html = "";
        auto const bytes = built(mail);
        expect_sendable(bytes);
        EXPECT_TRUE(parsed(bytes).text == (text.ends_with('\n') ? text : text + "\n"))
            << text.substr(0, 20);
    }
}

TEST(MimeWriter, line_breaks_in_header_values_are_refused)
{
    constexpr auto evil = "x\r\nBcc: victim@example.org";
    EXPECT_EQ(refusal([](auto& m) { m.subject = evil; }), "mail_header_has_line_break");
    EXPECT_EQ(refusal([](auto& m) { m.subject = "a\nb"; }), "mail_header_has_line_break");
    EXPECT_EQ(
        refusal([](auto& m) { m.subject = std::string("a\0b", 3); }), "mail_header_has_line_break");
    EXPECT_EQ(refusal([](auto& m) { m.from.name = evil; }), "mail_header_has_line_break");
    EXPECT_EQ(refusal([](auto& m) { m.to[0].address = "a@b.example\r\nX: 1"; }),
        "mail_header_has_line_break");
    EXPECT_EQ(refusal([](auto& m) { m.reply_to = Mailbox { evil, "a@b.example" }; }),
        "mail_header_has_line_break");
    EXPECT_EQ(refusal([](auto& m) { m.message_id = "a@b\r\nX: 1"; }), "mail_id_invalid");
    EXPECT_EQ(refusal([](auto& m) { m.in_reply_to = "a@b> <c@d"; }), "mail_id_invalid");
    EXPECT_EQ(refusal([](auto& m) { m.references = { "a b@c" }; }), "mail_id_invalid");
    EXPECT_EQ(refusal([](auto& m) { m.attachments = { { "a\r\nb", "a/b", "x" } }; }),
        "mail_header_has_line_break");
    EXPECT_EQ(refusal([](auto& m) { m.attachments = { { "a", "a/b\r\nX: 1", "x" } }; }),
        "mail_content_type_invalid");
    EXPECT_EQ(
        refusal([](auto& m) { m.attachments = { { "a", "a/b", "x", "<>" } }; }), "mail_id_invalid");
}

TEST(MimeWriter, what_cannot_be_sent_is_refused)
{
    EXPECT_EQ(refusal([](auto& m) { m.from.address = ""; }), "mail_address_invalid");
    EXPECT_EQ(refusal([](auto& m) { m.to[0].address = "mona"; }), "mail_address_invalid");
    EXPECT_EQ(refusal([](auto& m) {
        m.to.clear();
        m.cc.clear();
    }),
        "mail_no_recipient");
    EXPECT_EQ(refusal([](auto& m) { m.text = " \n"; }), "mail_no_content");
    EXPECT_EQ(refusal([](auto& m) { m.subject = "\xFF"; }), "mail_header_invalid");
    EXPECT_EQ(refusal([](auto& m) { m.message_id = ""; }), "mail_id_invalid");
    EXPECT_EQ(refusal([](auto& m) { m.calendar = { "CANCEL", std::string(calendar_text) }; }),
        "mail_calendar_method_differs");
    EXPECT_EQ(refusal([](auto& m) { m.attachments = { { "a", "multipart/mixed", "x" } }; }),
        "mail_content_type_invalid");
    EXPECT_EQ(
        refusal([](auto& m) { m.attachments = { { "a", "a/b", std::string(50'000'000, 'x') } }; }),
        "mail_too_large");
}

TEST(MimeWriter, mail_no_person_wrote_says_so)
{
    auto mail = message();
    mail.is_automatic = true;
    auto const bytes = built(mail);
    EXPECT_NE(bytes.find("\r\nAuto-Submitted: auto-generated\r\n"), std::string::npos);
    EXPECT_TRUE(parsed(bytes).is_automatic);
}

TEST(MimeReader, a_reply_with_html_and_forwarded_mail_is_taken_apart)
{
    auto const read =
        parsed("From: =?utf-8?Q?M=C3=B8na?= <mona@n.example>\nTo: Sales: daisy@a.example, "
               "sam@a.example;, x@y.example\n"
               "Subject: =?iso-8859-1?Q?Angebot_f=FCr?=\n =?iso-8859-1?Q?_uns?=\nDate: Sun, 01 Mar "
               "2026 09:30:00 +0100\n"
               "Message-ID: <m1@n.example>\nIn-Reply-To: <o1@a.example>\nReferences: "
               "<r@a.example>\n\t<o1@a.example>\n"
               "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
               "--B\nContent-Type: text/plain; charset=iso-8859-15\nContent-Transfer-Encoding: "
               "8bit\n\nPreis 5 \xA4\n"
               "--B\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner text\n"
               "--B\nContent-Type: text/plain\n\nafter\n--B--\n");
    ASSERT_TRUE(read.from.has_value());
    EXPECT_EQ(*read.from, (Mailbox { "Møna", "mona@n.example" }));
    ASSERT_EQ(read.to.size(), 3U);
    EXPECT_EQ(read.to[2].address, "x@y.example");
    EXPECT_EQ(read.subject, "Angebot für uns");
    EXPECT_EQ(read.date, Timestamp::parse("2026-03-01T08:30:00Z"));
    EXPECT_EQ(read.references, (std::vector<std::string> { "r@a.example", "o1@a.example" }));
    EXPECT_EQ(text::trim(read.text), "Preis 5 €\nafter");
    ASSERT_EQ(read.attachments.size(), 1U);
    EXPECT_EQ(read.attachments[0].file_name, "inner.eml");
    EXPECT_EQ(read.attachments[0].content_type, "message/rfc822");
    EXPECT_NE(read.attachments[0].bytes.find("inner text"), std::string::npos);
}

TEST(MimeReader, calendar_answers_are_found_with_their_method)
{
    auto const read =
        parsed("From: a@b.example\nContent-Type: text/calendar; charset=UTF-8; method=reply\n"
               "Content-Transfer-Encoding: base64\n\n"
            + text::base64_encode("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n") + "\n");
    ASSERT_EQ(read.calendars.size(), 1U);
    EXPECT_EQ(read.calendars[0].method, "REPLY");
    auto const as_file =
        parsed("From: a@b.example\nContent-Type: application/octet-stream; name=\"x.ICS\"\n"
               "Content-Disposition: attachment; filename=\"x.ICS\"\n\nBEGIN:VCALENDAR\n");
    ASSERT_EQ(as_file.calendars.size(), 1U);
    EXPECT_EQ(as_file.calendars[0].method, "");
    EXPECT_EQ(as_file.attachments.size(), 1U);
}

TEST(MimeReader, broken_mail_is_read_as_far_as_it_goes)
{
    // No headers at all, wrong charsets, raw bytes, a boundary that never comes, bad base64.
    EXPECT_EQ(text::trim(parsed("\n\nonly text").text), "only text");
    EXPECT_EQ(
        text::trim(parsed("Content-Type: text/plain; charset=klingon\n\n\x80 5").text), "€ 5");
    EXPECT_EQ(text::trim(parsed("Content-Type: text/plain\n\ngr\xFC\xDF").text), "grüß");
    EXPECT_EQ(
        text::trim(parsed("Content-Type: text/plain; charset=utf-8\n\ngr\xFC!").text), "gr\uFFFD!");
    EXPECT_EQ(
        text::trim(parsed("Content-Type: text/plain; charset=us-ascii\n\ngrün").text), "grün");
    EXPECT_TRUE(
        parsed("Content-Type: multipart/mixed; boundary=never\n\nbody").attachments.empty());
    EXPECT_FALSE(parse_message("Content-Type: multipart/mixed\n\n--x\n\nbody\n")
            .value_or(ReceivedMessage {})
            .is_truncated);
    auto const read = parsed(
        "From: \xFF\xFE <broken\nTo: ,,;;<<>>\nSubject: =?utf-8?B?////?= \x01\nDate: "
        "yesterday\nMessage-ID: none\n"
        "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!\n");
    EXPECT_TRUE(text::is_valid_utf8(read.subject));
    EXPECT_EQ(read.date, std::nullopt);
    EXPECT_EQ(read.attachments.size(), 1U);
    auto const truncated = parsed("Content-Type: multipart/alternative; "
                                  "boundary=B\n\n--B\nContent-Type: text/plain\n\ncut he");
    EXPECT_EQ(text::trim(truncated.text), "cut he");
}

TEST(MimeReader, automatic_mail_is_recognised)
{
    EXPECT_TRUE(parsed("Auto-Submitted: auto-replied\n\nx").is_automatic);
    EXPECT_TRUE(parsed("Precedence: bulk\n\nx").is_automatic);
    EXPECT_TRUE(parsed("List-Id: <l.example>\n\nx").is_automatic);
    EXPECT_TRUE(
        parsed("Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B--\n")
            .is_automatic);
    EXPECT_FALSE(parsed("Auto-Submitted: no\n\nx").is_automatic);
}

TEST(MimeReader, hostile_mail_is_bounded)
{
    auto const code = [](std::string const& bytes, ParseLimits const& limits = {}) {
        auto const out = parse_message(bytes, limits);
        return out ? std::string("read") : out.error().code;
    };
    EXPECT_EQ(code(""), "mail_empty");
    EXPECT_EQ(code(" \r\n\t"), "mail_empty");
    EXPECT_EQ(code(std::string(2000, 'x'), { .bytes_max = 1000 }), "mail_too_large");

    std::string nested;
    for (int i = 0; i < 5000; ++i) {
        auto const name = std::to_string(i);
        nested += "Content-Type: multipart/mixed; boundary=b" + name + "\n\n--b" + name + "\n";
    }
    EXPECT_EQ(code(nested + "\nx"), "mail_too_complex");

    std::string many = "Content-Type: multipart/mixed; boundary=B\n\n";
    for (int i = 0; i < 3000; ++i) {
        many += "--B\n\nx\n";
    }
    EXPECT_EQ(code(many), "mail_too_complex");

    std::string mails;
    for (int i = 0; i < 3000; ++i) {
        mails += "Content-Type: message/rfc822\n\n";
    }
    EXPECT_EQ(code(mails + "\nx"), "read"); // A mail inside a mail stays closed.

    auto const long_line = std::string(1'000'000, 'a');
    EXPECT_EQ(code("Subject: " + long_line + "\nFrom: " + long_line + "@x.example\nTo: " + long_line
                  + "\n\nx"),
        "read");
    std::string addresses = "To: a@b.example";
    std::string headers;
    for (int i = 0; i < 5000; ++i) {
        addresses += ",a@b.example";
        headers += "X-H: 1\n";
    }
    auto const read = parsed(addresses + "\n" + headers + "\n" + std::string(3'000'000, 't'));
    EXPECT_EQ(read.to.size(), 1000U);
    EXPECT_EQ(read.headers.size(), 200U);
    EXPECT_EQ(read.text.size(), 1024U * 1024U);
    EXPECT_TRUE(read.is_truncated);
}

TEST(MimeReader, a_mail_cut_anywhere_is_still_read)
{
    auto mail = message();
    mail.calendar = { "REQUEST", std::string(calendar_text) };
    mail.attachments = { { "a.bin", "application/octet-stream", std::string(300, '\x80') } };
    auto const bytes = built(mail);
    for (std::size_t length = 1; length < bytes.size(); length += 13) {
        auto const read = parse_message(std::string_view(bytes).substr(0, length));
        if (!read) {
            EXPECT_EQ(read.error().code, "mail_unreadable");
            EXPECT_LT(length, 20U) << "a start with a whole header is a mail";
            continue;
        }
        EXPECT_TRUE(text::is_valid_utf8(read->text) && text::is_valid_utf8(read->subject));
    }
}

}
