// Text as people and databases compare it. `fold` is the one normal form for comparing, searching
// and sorting (ICU: NFKD, marks removed, case folded), stored in hidden columns and compared
// bytewise on both databases.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::text {

std::string fold(std::string_view utf8);
bool is_valid_utf8(std::string_view bytes);
std::size_t length_utf16(std::string_view utf8); // as Dataverse counts text lengths
std::string truncate_utf16(std::string_view utf8, std::size_t units); // never splits a code point
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);
std::string to_lower_ascii(std::string_view text);
bool is_email_address(std::string_view text); // one addr-spec, no display name, at most 254 octets
std::string escape_html(std::string_view text);
std::string percent_encode(std::string_view text); // RFC 3986 unreserved stay
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
std::string to_hex(std::string_view bytes);
std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(
    std::string_view text); // standard alphabet, padding optional
std::string base64url_encode(std::string_view bytes);
std::optional<std::string> base64url_decode(std::string_view text);
// "estimated_close_date" → "Estimated close date", for labels nobody wrote.
std::string humanise(std::string_view snake_case);

}
