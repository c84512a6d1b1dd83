#include "core/id.h"

namespace cashline {

namespace {

int hex_digit(char character)
{
    if (character >= '0' && character <= '9') {
        return character - '0';
    }
    if (character >= 'a' && character <= 'f') {
        return character - 'a' + 10;
    }
    if (character >= 'A' && character <= 'F') {
        return character - 'A' + 10;
    }
    return -1;
}

bool hyphen_stands_before(std::size_t byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

void set_version(Id& id, std::uint8_t version)
{
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | (version << 4));
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
}

}

std::optional<Id> Id::parse(std::string_view text)
{
    if (text.size() == 38 && text.front() == '{' && text.back() == '}') {
        text = text.substr(1, 36);
    }
    if (text.size() != 36) {
        return {};
    }
    Id id;
    std::size_t at = 0;
    for (std::size_t byte = 0; byte < 16; ++byte) {
        if (hyphen_stands_before(byte) && text[at++] != '-') {
            return {};
        }
        auto const high = hex_digit(text[at++]);
        auto const low = hex_digit(text[at++]);
        if (high < 0 || low < 0) {
            return {};
        }
        id.bytes[byte] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return id;
}

Id Id::from_name(std::string_view name)
{
    // FNV-1a with 128 bits: names are ours, so nobody can aim for a collision.
    using Wide = unsigned __int128;
    auto hash = (Wide { 0x6c62272e07bb0142 } << 64) | 0x62b821756295c58d;
    constexpr auto prime = (Wide { 0x1000000 } << 64) | 0x13b;
    for (auto const character : name) {
        hash = (hash ^ static_cast<unsigned char>(character)) * prime;
    }
    Id id;
    for (std::size_t byte = 0; byte < 16; ++byte) {
        id.bytes[byte] = static_cast<std::uint8_t>(hash >> (8 * (15 - byte)));
    }
    set_version(id, 8);
    return id;
}

std::string Id::to_string() const
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t byte = 0; byte < 16; ++byte) {
        if (hyphen_stands_before(byte)) {
            text += '-';
        }
        text += digits[bytes[byte] >> 4];
        text += digits[bytes[byte] & 15];
    }
    return text;
}

Id make_uuid_v7(std::int64_t unix_ms, std::array<std::uint8_t, 10> const& random)
{
    Id id;
    for (std::size_t byte = 0; byte < 6; ++byte) {
        id.bytes[byte] = static_cast<std::uint8_t>(unix_ms >> (8 * (5 - byte)));
    }
    for (std::size_t byte = 0; byte < 10; ++byte) {
        id.bytes[6 + byte] = random[byte];
    }
    set_version(id, 7);
    return id;
}

}
