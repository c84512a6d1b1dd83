// Mails as RFC 5322 text: building what we send and reading what arrives. Both are pure functions;
// the caller gives the moment and the Message-ID, so the same message gives the same bytes. Sending
// is smtp.h; calendar contents are calendar.h.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::mail {

struct Mailbox {
    std::string name {}; // may be empty
    std::string address {};

    bool operator==(Mailbox const&) const = default;
};

struct Attachment {
    std::string file_name {};
    std::string content_type {}; // "application/pdf"
    std::string bytes {};
    std::string content_id {}; // without angle brackets; empty when nothing refers to it
    bool is_inline {}; // shown inside the HTML, not offered as a file
};

// A text/calendar part. `method` ("REQUEST", "REPLY", "CANCEL") stands in the part's header and
// must be the METHOD inside `text` too: calendar programs ignore the invitation otherwise.
struct CalendarPart {
    std::string method {};
    std::string text {};
};

struct OutgoingMessage {
    Mailbox from {};
    std::vector<Mailbox> to {};
    std::vector<Mailbox> cc {};
    std::optional<Mailbox> reply_to {};
    std::string subject {};
    Timestamp date {};
    std::string message_id {}; // without angle brackets: "uuid@host"
    std::string in_reply_to {};
    std::vector<std::string> references {};
    std::string text {}; // plain text, always wanted
    std::string html {}; // optional
    std::vector<Attachment> attachments {};
    std::optional<CalendarPart> calendar {};
    // Marks mail no person wrote, so that vacation responders leave it alone (RFC 3834).
    bool is_automatic {};
};

// The bytes to send, CR LF line ends, every line at most 998 octets, only ASCII. Refusals:
// "mail_address_invalid", "mail_no_recipient", "mail_header_has_line_break", "mail_id_invalid",
// "mail_no_content", "mail_calendar_method_differs", "mail_content_type_invalid", "mail_too_large".
Result<std::string> build_message(OutgoingMessage const& message);

struct HeaderField {
    std::string name {};
    std::string value {}; // decoded
};

struct ReceivedMessage {
    std::optional<Mailbox> from {};
    std::vector<Mailbox> to {};
    std::vector<Mailbox> cc {};
    std::optional<Mailbox> reply_to {};
    std::string subject {};
    std::optional<Timestamp> date {};
    std::string message_id {};
    std::string in_reply_to {};
    std::vector<std::string> references {}; // oldest first
    std::string text {}; // LF line ends; empty when the mail has HTML only
    std::string html {};
    std::vector<Attachment> attachments {}; // forwarded mails arrive as message/rfc822
    std::vector<CalendarPart> calendars {};
    std::vector<HeaderField> headers {}; // of the message, in order
    bool is_automatic {}; // Auto-Submitted, bulk or list mail: never answer by itself
    bool is_truncated {}; // a text was longer than the limit

    std::string_view header(std::string_view name) const; // the first of that name, or empty
};

struct ParseLimits {
    std::size_t bytes_max { 40 * 1024 * 1024 };
    std::size_t text_bytes_max { 1024 * 1024 }; // of text and html, each; longer is cut
    std::size_t parts_max { 500 };
    std::size_t depth_max { 20 };
    std::size_t headers_max { 200 }; // further ones are left out
    std::size_t addresses_max { 1000 }; // per field
};

// Reads whatever a mail server may hand over. Broken encodings become U+FFFD and missing fields
// stay empty; refused are only "mail_empty", "mail_too_large", "mail_too_complex" and
// "mail_unreadable".
Result<ReceivedMessage> parse_message(std::string_view bytes, ParseLimits const& limits = {});

// Comparison of addresses as mail servers treat them in practice: ignoring ASCII case.
bool is_same_address(std::string_view a, std::string_view b);

}
