#include "platform/pages/clean_text.h"

#include "core/text.h"

#include <cstdint>

namespace cashline::pages {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_continuation(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0) == 0x80; }

// Overlong forms, surrogates and values above U+10FFFF show in the second byte.
bool second_byte_fits(std::uint8_t first, std::uint8_t second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0;
    case 0xED:
        return second <= 0x9F;
    case 0xF0:
        return second >= 0x90;
    case 0xF4:
        return second <= 0x8F;
    default:
        return true;
    }
}

bool is_control(std::uint8_t byte) { return byte < 0x20 || byte == 0x7F; }

}

std::size_t utf8_sequence_length(std::string_view bytes)
{
    if (bytes.empty()) {
        return 0;
    }
    auto const first = static_cast<std::uint8_t>(bytes[0]);
    if (first < 0x80) {
        return 1;
    }
    std::size_t const length = first >= 0xC2 && first <= 0xDF ? 2
        : first >= 0xE0 && first <= 0xEF                      ? 3
        : first >= 0xF0 && first <= 0xF4                      ? 4
                                                              : 0;
    if (length == 0 || bytes.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(bytes[i])) {
            return 0;
        }
    }
    return second_byte_fits(first, static_cast<std::uint8_t>(bytes[1])) ? length : 0;
}

std::string clean_text(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size();) {
        auto const length = utf8_sequence_length(bytes.substr(i));
        if (length == 0) {
            out += replacement;
            ++i;
            continue;
        }
        if (bytes[i] == '\r') {
            out += '\n';
            i += i + 1 < bytes.size() && bytes[i + 1] == '\n' ? 2 : 1;
            continue;
        }
        auto const byte = static_cast<std::uint8_t>(bytes[i]);
        if (is_control(byte) && byte != '\t' && byte != '\n') {
            out += ' ';
        } else {
            out += bytes.substr(i, length);
        }
        i += length;
    }
    return out;
}

std::string clean_line(std::string_view bytes)
{
    auto out = clean_text(bytes);
    for (auto& letter : out) {
        if (letter == '\t' || letter == '\n') {
            letter = ' ';
        }
    }
    return std::string(text::trim(out));
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max) {
        return text;
    }
    auto end = bytes_max;
    while (end > 0 && is_continuation(text[end])) {
        --end;
    }
    return text.substr(0, end);
}

}
