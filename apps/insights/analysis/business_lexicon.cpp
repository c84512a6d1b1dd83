#include "apps/insights/analysis/business_lexicon.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace cashline::insights {

namespace {

struct Entry {
    std::string_view text;
    std::int32_t valence;
};

// Origin G: gaps measured in general-purpose scoring of business sentences
// (collaboration-insights.md 6.4). Origin O: our own reading of sales talk, by analogy with the
// nearest word of the general lexicon.
constexpr Entry words[] = {
    { "concerned", -1200 }, // G; as "worried"
    { "expensive", -1300 }, // G
    { "overpriced", -1900 }, // G
    { "issue", -1000 }, // G; weaker than "problem"
    { "issues", -1000 }, // G
    { "objection", -1000 }, // G
    { "objections", -1000 }, // G
    { "late", -800 }, // G; weaker than "delayed"
    { "refund", -700 }, // G
    { "overdue", -1200 }, // O
    { "downtime", -1300 }, // O
    { "backlog", -600 }, // O
    { "shortage", -1200 }, // O
    { "bottleneck", -1100 }, // O
    { "affordable", 1300 }, // O
    { "competitive", 900 }, // O
    { "seamless", 1500 }, // O
    { "onboard", 700 }, // O
};

constexpr Entry phrases[] = {
    { "go with another", -2500 }, // G
    { "going with another", -2500 }, // G
    { "went with another", -2500 }, // G
    { "go with a competitor", -2500 }, // G
    { "chose a competitor", -2500 }, // G
    { "chose another", -2000 }, // G
    { "won't work", -1800 }, // G
    { "will not work", -1800 }, // G
    { "doesn't work for us", -1800 }, // O
    { "does not work for us", -1800 }, // O
    { "move forward", 1800 }, // G
    { "moving forward with", 1800 }, // G
    { "go ahead", 1800 }, // G
    { "can sign", 1800 }, // G
    { "will sign", 1800 }, // G
    { "ready to sign", 2000 }, // G
    { "sign the contract", 1800 }, // G
    { "place the order", 1700 }, // O
    { "place an order", 1700 }, // O
    { "no objection", 1000 }, // G
    { "no objections", 1000 }, // G
    { "no concerns", 1000 }, // O
    { "no issue", 1000 }, // O
    { "no issues", 1000 }, // O
    { "no problem", 1000 }, // G
    { "no problems", 1000 }, // O
    { "cannot accept", -2200 }, // G
    { "can't accept", -2200 }, // O
    { "can not accept", -2200 }, // O
    { "too high", -1500 }, // G
    { "too expensive", -2000 }, // O
    { "too long", -1000 }, // O
    { "too late", -1500 }, // O
    { "over budget", -1600 }, // O
    { "out of stock", -1500 }, // O
    { "behind schedule", -1600 }, // O
    { "on schedule", 900 }, // O
    { "on time", 700 }, // O
    { "deal breaker", -2500 }, // O
    { "not interested", -2200 }, // O
    { "looking elsewhere", -1800 }, // O
    { "cancel the order", -2200 }, // O
    { "makes sense", 1300 }, // O
    { "looking forward", 1500 }, // O
    { "price increase", -1200 }, // O
    { "as far as", 0 }, // O; keeps "as far as … is concerned" from counting twice
    { "is concerned", 0 }, // O; "as far as delivery is concerned"
};

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> tokens;
    while (!text.empty()) {
        auto const end = std::min(text.find(' '), text.size());
        tokens.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return tokens;
}

using Phrases = std::multimap<std::string, std::pair<std::vector<std::string>, std::int32_t>>;

Phrases make_phrases()
{
    Phrases table;
    for (auto const& phrase : phrases) {
        auto tokens = split(phrase.text);
        auto first = tokens.front();
        table.emplace(std::move(first), std::pair { std::move(tokens), phrase.valence });
    }
    return table;
}

}

std::optional<std::int32_t> business_valence(std::string_view token)
{
    static std::unordered_map<std::string_view, std::int32_t> const table = [] {
        std::unordered_map<std::string_view, std::int32_t> made;
        for (auto const& word : words) {
            made.emplace(word.text, word.valence);
        }
        return made;
    }();
    auto const row = table.find(token);
    return row == table.end() ? std::nullopt : std::optional { row->second };
}

std::optional<PhraseMatch> business_phrase(std::span<std::string const> tokens)
{
    static auto const table = make_phrases();
    std::optional<PhraseMatch> best;
    auto const [first, last] = table.equal_range(tokens.front());
    for (auto row = first; row != last; ++row) {
        auto const& [words_of_phrase, valence] = row->second;
        auto const fits = words_of_phrase.size() <= tokens.size()
            && std::equal(words_of_phrase.begin(), words_of_phrase.end(), tokens.begin());
        if (fits && (!best || words_of_phrase.size() > best->length)) {
            best = PhraseMatch { words_of_phrase.size(), valence };
        }
    }
    return best;
}

}
