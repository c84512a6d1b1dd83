#include "platform/web_api/http/entity_tag.h"

#include "core/text.h"

#include <sodium.h>

#include <array>

namespace cashline::http {

std::string tag_of(std::string_view bytes)
{
    std::array<unsigned char, 16> hash {};
    crypto_generichash(hash.data(), hash.size(),
        reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), nullptr, 0);
    return text::to_hex({ reinterpret_cast<char const*>(hash.data()), hash.size() });
}

// Weak comparison (RFC 9110, 13.1.2): all forms of one file carry tags that begin alike.
bool matches_tag(std::string_view if_none_match, std::string_view tag)
{
    for (auto const item : text::split(if_none_match, ',')) {
        auto candidate = text::trim(item);
        if (candidate.starts_with("W/")) {
            candidate.remove_prefix(2);
        }
        if (candidate == "*" || candidate == tag) {
            return true;
        }
    }
    return false;
}

}
