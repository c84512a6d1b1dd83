// What building and reading mails decide without the MIME library: checks of what we are asked to
// send, the encoding of texts, and which received mails no person wrote.
#pragma once

#include "platform/mail/mime_message.h"

namespace cashline::mail {

Result<void> check_outgoing(OutgoingMessage const& message);

enum class TextEncoding : std::uint8_t { plain, quoted_printable, base64 };

TextEncoding text_encoding(std::string_view text);
std::string with_crlf(std::string_view text); // of text with LF line ends
std::string to_upper(std::string_view ascii);

// Sixteen hexadecimal digits from the message's identity, so that equal messages have equal bytes.
std::string boundary_key(OutgoingMessage const& message);

bool looks_automatic(ReceivedMessage const& message, std::string_view content_type);

// A mail's date between 1970 and 2200; anything else is noise.
std::optional<Timestamp> plausible_date(std::int64_t unix_seconds);

}
