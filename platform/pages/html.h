// HTML that came from outside, made readable as plain text: mails that have no text part,
// descriptions pasted from other programs. The result is text and must be escaped like any other
// when shown; pages themselves are written with template.h.
#pragma once

#include <string>
#include <string_view>

namespace cashline::pages {

// Without tags, scripts, styles and comments; blocks and <br> become lines, list items get a dash,
// links that say something else than their address are followed by it in angle brackets. At most
// `bytes_max` bytes come out.
std::string html_to_text(std::string_view html, std::size_t bytes_max = 1024 * 1024);

}
