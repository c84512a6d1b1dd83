#include "core/text.h"
#include "tools/tidy/rules.h"

#include <algorithm>

namespace cashline::tidy {

namespace {

// Members are somebody else's business, a deleted function frees nothing, and what goes straight
// into a unique_ptr has an owner (make_unique cannot reach a private constructor).
bool is_something_else(std::string_view before, std::string_view word)
{
    auto const context = text::trim(before);
    if (word == "delete") {
        return context.ends_with('=');
    }
    if (word == "new") {
        return context.contains("unique_ptr<") && context.ends_with('(');
    }
    return word.ends_with('(') && (context.ends_with('.') || context.ends_with("->"));
}

bool uses(std::string_view line, std::string_view word)
{
    for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        auto const end = at + word.size();
        auto const starts = at == 0 || !is_word(line[at - 1]);
        auto const ends = !is_word(word.back()) || end == line.size() || !is_word(line[end]);
        if (starts && ends && !is_something_else(line.substr(0, at), word)) {
            return true;
        }
    }
    return false;
}

bool counts_for(Ban const& ban, SourceFile const& file)
{
    // "core/money" means money.h, money.cpp and their like.
    auto const begins = [&](std::string const& place) {
        return lies_in(file.path, place) || file.path.starts_with(place + ".");
    };
    auto const excepted = [&](std::string const& place) {
        return lies_in(file.path, place) || (place == "tests" && file.is_test());
    };
    return std::ranges::any_of(ban.places, begins)
        && std::ranges::none_of(ban.exceptions, excepted);
}

}

Result<std::vector<Ban>> parse_bans(std::string_view text)
{
    std::vector<Ban> bans;
    for (auto const line : text::split(text, '\n')) {
        if (text::trim(line).empty() || line.starts_with('#')) {
            continue;
        }
        auto const parts = text::split(line, '|');
        if (parts.size() != 4) {
            return invalid("bans_malformed", "A line without four parts: " + std::string(line));
        }
        bans.push_back({ words_of(parts[0]), words_of(parts[1]), words_of(parts[2]),
            std::string(text::trim(parts[3])) });
    }
    return bans;
}

void check_banned_words(SourceFile const& file, std::vector<Ban> const& bans, Findings& findings)
{
    for (auto const& ban : bans) {
        if (!file.is_cpp() || !counts_for(ban, file)) {
            continue;
        }
        for (std::size_t line = 0; line < file.code.size(); ++line) {
            auto const found = std::ranges::find_if(
                ban.words, [&](std::string const& word) { return uses(file.code[line], word); });
            if (found != ban.words.end() && !file.code[line].starts_with('#')) {
                findings.push_back({ file.path, line + 1, "\"" + *found + "\": " + ban.advice });
            }
        }
    }
}

}
