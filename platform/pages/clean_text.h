// Text from outside made safe for libraries that insist on valid UTF-8 without control characters
// (XML, PDF shaping, calendar files). Nothing is refused here: what cannot stay is replaced.
#pragma once

#include <string>
#include <string_view>

namespace cashline::pages {

// Invalid UTF-8 becomes U+FFFD, CR LF and lone CR become LF, control characters other than tab and
// LF become a space.
std::string clean_text(std::string_view bytes);

// The same on one line: tab and line breaks become a space too, ends are trimmed.
std::string clean_line(std::string_view bytes);

// Length in bytes of the valid UTF-8 sequence at the start of `bytes`; 0 when there is none.
std::size_t utf8_sequence_length(std::string_view bytes);

// The longest start of `text` with at most `bytes_max` bytes that does not split a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes_max);

}
