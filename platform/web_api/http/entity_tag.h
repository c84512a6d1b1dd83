// Entity tags of answers whose bytes are known: the same bytes have the same tag.
#pragma once

#include <string>
#include <string_view>

namespace cashline::http {

std::string tag_of(std::string_view bytes); // 32 hexadecimal digits, without quotes
// Whether If-None-Match names the tag (with its quotes), by weak comparison.
bool matches_tag(std::string_view if_none_match, std::string_view tag);

}
