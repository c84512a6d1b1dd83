// What VADER does not know about the language of business: words and phrases of our own, on top of
// the general lexicon and switched off by Vocabulary::general. Each entry says where it comes from.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::insights {

enum class Vocabulary : std::uint8_t { general, business };

inline constexpr std::int32_t business_lexicon_version = 1;

std::optional<std::int32_t> business_valence(std::string_view lower_case_token);

struct PhraseMatch {
    std::size_t length {}; // tokens
    std::int32_t valence {};
};
// The longest phrase that starts at the first of these lower-case tokens.
std::optional<PhraseMatch> business_phrase(std::span<std::string const> tokens);

}
