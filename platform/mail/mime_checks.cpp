#include "platform/mail/mime_checks.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace cashline::mail {

namespace {

constexpr std::size_t message_bytes_max = 40 * 1024 * 1024;
constexpr std::size_t recipients_max = 500;

bool has_control(std::string_view value)
{
    return std::ranges::any_of(value, [](char letter) {
        auto const byte = static_cast<std::uint8_t>(letter);
        return byte < 0x20 || byte == 0x7F;
    });
}

bool is_printable_ascii(std::string_view value)
{
    return std::ranges::all_of(value, [](char letter) { return letter > 0x20 && letter < 0x7F; });
}

Result<void> check_header(std::string_view what, std::string_view value)
{
    if (has_control(value)) {
        return invalid("mail_header_has_line_break",
            fmt::format("The {} must be a single line without control characters.", what));
    }
    if (!text::is_valid_utf8(value) || value.size() > 4000) {
        return invalid(
            "mail_header_invalid", fmt::format("The {} is not valid text or too long.", what));
    }
    return {};
}

Result<void> check_mailbox(Mailbox const& mailbox)
{
    TRY(check_header("display name of an address", mailbox.name));
    TRY(check_header("address", mailbox.address));
    if (!text::is_email_address(mailbox.address) || !is_printable_ascii(mailbox.address)) {
        return invalid("mail_address_invalid",
            fmt::format(
                "“{}” is not an e-mail address.", text::truncate_utf16(mailbox.address, 100)));
    }
    return {};
}

Result<void> check_id(std::string_view id)
{
    bool const is_fine = id.contains('@') && id.size() <= 500 && is_printable_ascii(id)
        && id.find_first_of("<>\"()") == std::string_view::npos;
    if (!is_fine) {
        return invalid("mail_id_invalid", "A Message-ID must look like unique-part@host.");
    }
    return {};
}

bool is_token(std::string_view word)
{
    return !word.empty() && word.size() <= 100 && is_printable_ascii(word)
        && word.find_first_of("()<>@,;:\\\"/[]?=") == std::string_view::npos;
}

Result<void> check_attachment(Attachment const& attachment)
{
    TRY(check_header("file name of an attachment", attachment.file_name));
    auto const slash = attachment.content_type.find('/');
    bool const is_type = slash != std::string::npos
        && is_token(attachment.content_type.substr(0, slash))
        && is_token(attachment.content_type.substr(slash + 1))
        && !text::to_lower_ascii(attachment.content_type).starts_with("multipart/");
    if (!is_type) {
        return invalid("mail_content_type_invalid",
            fmt::format("The attachment “{}” has no valid content type.",
                text::truncate_utf16(attachment.file_name, 100)));
    }
    if (!attachment.content_id.empty()) {
        TRY(check_id(attachment.content_id));
    }
    return {};
}

// The METHOD line of the calendar text, in its first component's head.
std::string_view method_inside(std::string_view calendar)
{
    std::size_t position = 0;
    while (position < calendar.size()) {
        auto const end = std::min(calendar.find('\n', position), calendar.size());
        auto const line = text::trim(calendar.substr(position, end - position));
        if (line.starts_with("METHOD:")) {
            return line.substr(7);
        }
        position = end + 1;
    }
    return {};
}

Result<void> check_calendar(CalendarPart const& calendar)
{
    if (!is_token(calendar.method) || method_inside(calendar.text) != calendar.method) {
        return invalid("mail_calendar_method_differs",
            "The method of the invitation must be the same in the mail and in the calendar text.");
    }
    return {};
}

Result<void> check_size(OutgoingMessage const& message)
{
    auto bytes = message.text.size() + message.html.size();
    for (auto const& attachment : message.attachments) {
        bytes += attachment.bytes.size();
    }
    if (bytes > message_bytes_max / 4 * 3 || message.attachments.size() > 100) {
        return invalid(
            "mail_too_large", "The message with its attachments is too large to be sent.");
    }
    return {};
}

}

Result<void> check_outgoing(OutgoingMessage const& message)
{
    TRY(check_mailbox(message.from));
    if (message.to.empty() && message.cc.empty()) {
        return invalid("mail_no_recipient", "The message needs a recipient.");
    }
    if (message.to.size() + message.cc.size() > recipients_max) {
        return invalid("mail_too_large", "The message has too many recipients.");
    }
    for (auto const* list : { &message.to, &message.cc }) {
        for (auto const& mailbox : *list) {
            TRY(check_mailbox(mailbox));
        }
    }
    if (message.reply_to) {
        TRY(check_mailbox(*message.reply_to));
    }
    TRY(check_header("subject", message.subject));
    TRY(check_id(message.message_id));
    if (!message.in_reply_to.empty()) {
        TRY(check_id(message.in_reply_to));
    }
    for (auto const& id : message.references) {
        TRY(check_id(id));
    }
    if (text::trim(message.text).empty()) {
        return invalid("mail_no_content", "The message needs a plain text.");
    }
    for (auto const& attachment : message.attachments) {
        TRY(check_attachment(attachment));
    }
    if (message.calendar) {
        TRY(check_calendar(*message.calendar));
    }
    return check_size(message);
}

TextEncoding text_encoding(std::string_view text)
{
    std::size_t beyond_ascii = 0;
    std::size_t line = 0;
    std::size_t longest = 0;
    bool is_delicate = false; // "From " and trailing blanks are changed on the way by some servers
    char previous = '\n';
    for (char const letter : text) {
        beyond_ascii += static_cast<std::uint8_t>(letter) >= 0x80 ? 1 : 0;
        is_delicate = is_delicate || (letter == '\n' && (previous == ' ' || previous == '\t'));
        line = letter == '\n' ? 0 : line + 1;
        longest = std::max(longest, line);
        previous = letter;
    }
    if (beyond_ascii * 4 > text.size()) {
        return TextEncoding::base64; // Each such byte would become three.
    }
    is_delicate =
        is_delicate || text.starts_with("From ") || text.contains("\nFrom ") || text.contains("=_");
    return beyond_ascii > 0 || longest > 78 || is_delicate ? TextEncoding::quoted_printable
                                                           : TextEncoding::plain;
}

std::string with_crlf(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 32);
    for (char const letter : text) {
        if (letter == '\n') {
            out += '\r';
        }
        out += letter;
    }
    return out;
}

std::string to_upper(std::string_view ascii)
{
    std::string out(ascii);
    for (auto& letter : out) {
        if (letter >= 'a' && letter <= 'z') {
            letter = static_cast<char>(letter - 'a' + 'A');
        }
    }
    return out;
}

std::string boundary_key(OutgoingMessage const& message)
{
    std::uint64_t hash = 0xCBF29CE484222325; // FNV-1a
    for (auto const* part :
        { &message.message_id, &message.subject, &message.text, &message.html }) {
        for (char const letter : *part) {
            hash = (hash ^ static_cast<std::uint8_t>(letter)) * 0x100000001B3;
        }
    }
    return fmt::format("{:016x}", hash);
}

bool looks_automatic(ReceivedMessage const& message, std::string_view content_type)
{
    auto const submitted = text::to_lower_ascii(message.header("Auto-Submitted"));
    auto const precedence = text::to_lower_ascii(message.header("Precedence"));
    bool const is_bulk = precedence == "bulk" || precedence == "junk" || precedence == "list"
        || precedence == "auto_reply";
    return (!submitted.empty() && !submitted.starts_with("no")) || is_bulk
        || !message.header("List-Id").empty() || !message.header("X-Autoreply").empty()
        || message.header("Return-Path") == "<>" || content_type == "multipart/report";
}

std::optional<Timestamp> plausible_date(std::int64_t unix_seconds)
{
    constexpr std::int64_t year_2200 = 7'258'118'400;
    if (unix_seconds <= 0 || unix_seconds >= year_2200) {
        return {};
    }
    return Timestamp { unix_seconds * 1'000'000 };
}

std::string_view ReceivedMessage::header(std::string_view name) const
{
    auto const found = std::ranges::find_if(headers, [&](HeaderField const& field) {
        return text::equals_ignoring_ascii_case(field.name, name);
    });
    return found == headers.end() ? std::string_view {} : std::string_view(found->value);
}

bool is_same_address(std::string_view a, std::string_view b)
{
    return text::equals_ignoring_ascii_case(text::trim(a), text::trim(b));
}

}
