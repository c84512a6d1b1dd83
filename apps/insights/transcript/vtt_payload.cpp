#include "apps/insights/transcript/vtt_payload.h"

#include "core/decimal.h"
#include "core/text.h"

#include <array>

namespace cashline::insights {

namespace {

struct EntityRow {
    std::string_view name;
    std::string_view text;
};

constexpr std::array<EntityRow, 8> entities { {
    { "amp", "&" },
    { "lt", "<" },
    { "gt", ">" },
    { "quot", "\"" },
    { "apos", "'" },
    { "nbsp", " " }, // For reading and for search a plain space is better.
    { "lrm", "\xE2\x80\x8E" },
    { "rlm", "\xE2\x80\x8F" },
} };

std::string utf8_of(std::uint32_t code)
{
    std::string out;
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6U));
        out += static_cast<char>(0x80 | (code & 0x3FU));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12U));
        out += static_cast<char>(0x80 | ((code >> 6U) & 0x3FU));
        out += static_cast<char>(0x80 | (code & 0x3FU));
    } else {
        out += static_cast<char>(0xF0 | (code >> 18U));
        out += static_cast<char>(0x80 | ((code >> 12U) & 0x3FU));
        out += static_cast<char>(0x80 | ((code >> 6U) & 0x3FU));
        out += static_cast<char>(0x80 | (code & 0x3FU));
    }
    return out;
}

// &#39; and &#x27;; what is no character stays as it was written.
std::optional<std::string> numeric_entity(std::string_view name)
{
    auto const is_hex = name.starts_with("#x") || name.starts_with("#X");
    auto const number = name.substr(is_hex ? 2 : 1);
    if (number.empty() || number.size() > 7) {
        return std::nullopt;
    }
    std::uint32_t code = 0;
    for (auto const c : number) {
        auto const lower = static_cast<char>(c | 0x20);
        auto const digit = c >= '0' && c <= '9'      ? c - '0'
            : is_hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
                                                     : -1;
        if (digit < 0) {
            return std::nullopt;
        }
        code = code * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    auto const is_character = code >= 0x20 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    return is_character ? std::optional { utf8_of(code) } : std::nullopt;
}

std::optional<std::string> entity(std::string_view name)
{
    if (name.starts_with('#')) {
        return numeric_entity(name);
    }
    for (auto const& row : entities) {
        if (row.name == name) {
            return std::string(row.text);
        }
    }
    return std::nullopt;
}

std::string decoded(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        auto const ampersand = text.find('&');
        out += text.substr(0, ampersand);
        if (ampersand == std::string_view::npos) {
            break;
        }
        text.remove_prefix(ampersand);
        auto const end = text.substr(0, 12).find(';');
        auto const found =
            end == std::string_view::npos ? std::nullopt : entity(text.substr(1, end - 1));
        out += found ? *found : "&";
        text.remove_prefix(found ? end + 1 : 1);
    }
    return out;
}

std::string collapsed(std::string_view text)
{
    std::string out;
    for (auto const c : text) {
        auto const is_space = c == ' ' || c == '\t' || c == '\n';
        if (!is_space) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    return std::string(text::trim(out));
}

// "v.loud Daisy Phillips" → the name; classes are between the tag's name and the first space.
std::optional<std::string> voice_of(std::string_view tag)
{
    if (!tag.starts_with('v')
        || (tag.size() > 1 && tag[1] != ' ' && tag[1] != '.' && tag[1] != '\t')) {
        return std::nullopt;
    }
    auto const space = tag.find_first_of(" \t\n");
    return space == std::string_view::npos ? std::string {} : collapsed(decoded(tag.substr(space)));
}

}

std::optional<std::vector<VoiceSpan>> parse_vtt_payload(std::string_view payload)
{
    std::vector<VoiceSpan> spans { {} };
    while (!payload.empty()) {
        auto const open = payload.find('<');
        spans.back().text += decoded(payload.substr(0, open));
        if (open == std::string_view::npos) {
            break;
        }
        auto const close = payload.find('>', open);
        if (close == std::string_view::npos) {
            return std::nullopt;
        }
        if (auto speaker = voice_of(payload.substr(open + 1, close - open - 1))) {
            spans.push_back({ .speaker = std::move(speaker) });
        }
        payload.remove_prefix(close + 1);
    }
    std::vector<VoiceSpan> result;
    for (auto& span : spans) {
        span.text = collapsed(span.text);
        if (!span.text.empty()) {
            result.push_back(std::move(span));
        }
    }
    return result;
}

}
