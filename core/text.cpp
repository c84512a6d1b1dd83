#include "core/text.h"

#include "core/check.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace cashline::text {

namespace {

bool is_ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower_ascii(char character)
{
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

bool is_ascii_letter_or_digit(char character)
{
    auto const lower = lower_ascii(character);
    return (lower >= 'a' && lower <= 'z') || (character >= '0' && character <= '9');
}

icu::UnicodeString decomposed(icu::UnicodeString const& text)
{
    auto status = U_ZERO_ERROR;
    auto const* const normalizer = icu::Normalizer2::getNFKDInstance(status);
    VERIFY(U_SUCCESS(status));
    auto result = normalizer->normalize(text, status);
    VERIFY(U_SUCCESS(status));
    return result;
}

// Accents and points that people leave out when they type: above, below and through a letter, and
// the points of Hebrew, Arabic and Syriac. Vowel signs and voicing marks of other scripts make
// other words.
bool is_dispensable(char32_t character)
{
    auto const code = static_cast<UChar32>(character);
    auto const combining = u_getCombiningClass(code);
    return combining >= 200 || (combining >= 10 && combining <= 36) || combining == 1
        || u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

icu::UnicodeString without_marks(icu::UnicodeString const& text)
{
    icu::UnicodeString result;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        auto const character = text.char32At(at);
        if (!is_dispensable(static_cast<char32_t>(character))) {
            result.append(character);
        }
    }
    return result;
}

// The code point at `at`, which moves behind it; negative where the bytes are no UTF-8.
UChar32 next_code_point(std::string_view utf8, std::size_t& at)
{
    UChar32 character {};
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(utf8.data());
    U8_NEXT(bytes, at, utf8.size(), character);
    return character;
}

std::size_t units_of(UChar32 character) { return character > 0xffff ? 2 : 1; }

bool is_email_local_part(std::string_view local)
{
    constexpr std::string_view specials = "!#$%&'*+-/=?^_`{|}~.";
    if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.'
        || local.contains("..")) {
        return false;
    }
    return std::ranges::all_of(local, [&](char character) {
        return is_ascii_letter_or_digit(character) || specials.contains(character)
            || static_cast<unsigned char>(character) >= 0x80;
    });
}

bool is_domain_label(std::string_view label)
{
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
        return false;
    }
    return std::ranges::all_of(label, [](char character) {
        return is_ascii_letter_or_digit(character) || character == '-'
            || static_cast<unsigned char>(character) >= 0x80;
    });
}

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode_64(std::string_view bytes, std::string_view alphabet)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (auto const byte : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(byte);
        for (count += 8; count >= 6; count -= 6) {
            text += alphabet[(bits >> (count - 6)) & 63];
        }
    }
    if (count > 0) {
        text += alphabet[(bits << (6 - count)) & 63];
    }
    return text;
}

// Only the one canonical spelling of each value, so that a token cannot be written in two ways.
std::optional<std::string> decode_64(std::string_view text, std::string_view alphabet)
{
    auto const padding = text.size() - (text.find_last_not_of('=') + 1);
    if (padding > 2 || (padding > 0 && text.size() % 4 != 0)) {
        return {};
    }
    text.remove_suffix(padding);
    if (text.size() % 4 == 1) {
        return {};
    }
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (auto const character : text) {
        auto const digit = alphabet.find(character);
        if (digit == std::string_view::npos) {
            return {};
        }
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>((bits >> count) & 255);
        }
    }
    if ((bits & ((1U << count) - 1)) != 0) {
        return {};
    }
    return bytes;
}

int hex_value(char character)
{
    constexpr std::string_view digits = "0123456789abcdef";
    auto const found = digits.find(lower_ascii(character));
    return found == std::string_view::npos ? -1 : static_cast<int>(found);
}

}

std::string fold(std::string_view utf8)
{
    if (is_ascii(utf8)) {
        return to_lower_ascii(utf8);
    }
    auto const source = icu::UnicodeString::fromUTF8(
        icu::StringPiece { utf8.data(), static_cast<std::int32_t>(utf8.size()) });
    auto folded = without_marks(decomposed(source)).foldCase();
    // Folding can bring forth letters that decompose again.
    std::string result;
    without_marks(decomposed(folded)).toUTF8String(result);
    return result;
}

bool is_valid_utf8(std::string_view bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (next_code_point(bytes, at) < 0) {
            return false;
        }
    }
    return true;
}

std::size_t length_utf16(std::string_view utf8)
{
    std::size_t units = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        units += units_of(next_code_point(utf8, at));
    }
    return units;
}

std::string truncate_utf16(std::string_view utf8, std::size_t units)
{
    std::size_t used = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        auto const start = at;
        used += units_of(next_code_point(utf8, at));
        if (used > units) {
            return std::string(utf8.substr(0, start));
        }
    }
    return std::string(utf8);
}

std::string_view trim(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\v\f";
    auto const start = text.find_first_not_of(space);
    if (start == std::string_view::npos) {
        return {};
    }
    return text.substr(start, text.find_last_not_of(space) - start + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        auto const end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower_ascii, lower_ascii);
}

std::string to_lower_ascii(std::string_view text)
{
    std::string lower { text };
    std::ranges::transform(lower, lower.begin(), lower_ascii);
    return lower;
}

bool is_email_address(std::string_view text)
{
    auto const at = text.rfind('@');
    if (text.size() > 254 || at == std::string_view::npos || !is_valid_utf8(text)) {
        return false;
    }
    auto const labels = split(text.substr(at + 1), '.');
    return is_email_local_part(text.substr(0, at)) && labels.size() >= 2
        && std::ranges::all_of(labels, is_domain_label);
}

std::string escape_html(std::string_view text)
{
    std::string html;
    html.reserve(text.size());
    for (auto const character : text) {
        switch (character) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        default:
            html += character;
        }
    }
    return html;
}

std::string percent_encode(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved = "-._~";
    std::string encoded;
    for (auto const character : text) {
        if (is_ascii_letter_or_digit(character) || unreserved.contains(character)) {
            encoded += character;
            continue;
        }
        auto const byte = static_cast<unsigned char>(character);
        encoded += { '%', digits[byte >> 4], digits[byte & 15] };
    }
    return encoded;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            decoded += plus_is_space && text[at] == '+' ? ' ' : text[at];
            continue;
        }
        auto const high = at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
        auto const low = high >= 0 ? hex_value(text[at + 2]) : -1;
        if (low < 0) {
            return {};
        }
        decoded += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return decoded;
}

std::string to_hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (auto const character : bytes) {
        auto const byte = static_cast<unsigned char>(character);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string base64_encode(std::string_view bytes)
{
    auto text = encode_64(bytes, base64_alphabet);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::optional<std::string> base64_decode(std::string_view text)
{
    return decode_64(text, base64_alphabet);
}

std::string base64url_encode(std::string_view bytes)
{
    return encode_64(bytes, base64url_alphabet);
}

std::optional<std::string> base64url_decode(std::string_view text)
{
    return decode_64(text, base64url_alphabet);
}

std::string humanise(std::string_view snake_case)
{
    std::string label { snake_case };
    std::ranges::replace(label, '_', ' ');
    if (!label.empty() && label.front() >= 'a' && label.front() <= 'z') {
        label.front() = static_cast<char>(label.front() - 32);
    }
    return label;
}

}
