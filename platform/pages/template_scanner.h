// Finds the tags of a Mustache template before the renderer sees it, with the renderer's own idea
// of where a tag ends. One scan serves the checks on saving and the inlining of partials.
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace cashline::pages {

enum class TagKind : std::uint8_t {
    value,
    raw_value,
    section,
    inverted_section,
    section_end,
    partial,
    comment
};

struct Tag {
    TagKind kind {};
    std::string_view name {};
    std::size_t begin {}; // byte offsets in the text
    std::size_t end {};
    std::size_t line {}; // from 1
};

inline constexpr std::size_t template_bytes_max = 256 * 1024;
inline constexpr std::size_t template_depth_max = 32;

// All tags in order; sections are known to nest properly.
Result<std::vector<Tag>> scan_template(std::string_view text);

// " (line 3)", for error texts.
std::string at_line(std::size_t line);

}
