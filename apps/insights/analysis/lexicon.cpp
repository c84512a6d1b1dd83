#include "apps/insights/analysis/lexicon.h"

#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace cashline::insights {

namespace {

struct LexiconRow {
    std::string_view token;
    std::int32_t valence;
};

#include "apps/insights/analysis/vader_lexicon.inc"

// Words that later editions of VADER count as boosters and the packaged one does not yet: 60 up and
// 24 down in all (collaboration-insights.md 6.1).
constexpr std::array later_boosters { "considerable", "enormous", "exceptional", "extreme",
    "frackin", "fracking", "fuckin", "fuggin", "fugging", "incredible", "major", "total",
    "tremendous", "utter" };
constexpr std::array later_dampeners { "marginal", "occasional", "scarce", "slight" };

// Likewise words that the packaged edition lacks or values otherwise.
constexpr std::array<LexiconRow, 4> later_words { { { "badass", 1400 }, { "flawed", -2100 },
    { "heart", 3200 }, { "hearts", 3300 } } };

using Table = std::unordered_map<std::string_view, std::int32_t>;

Table make_lexicon()
{
    Table table;
    table.reserve(std::size(vader_lexicon_rows));
    for (auto const& row : vader_lexicon_rows) {
        table.emplace(row.token, row.valence);
    }
    for (auto const& row : later_words) {
        table.insert_or_assign(row.token, row.valence);
    }
    return table;
}

Table make_boosters()
{
    Table table;
    for (auto const& row : vader_booster_rows) {
        table.emplace(row.token, row.valence);
    }
    for (auto const* word : later_boosters) {
        table.emplace(word, 293);
    }
    for (auto const* word : later_dampeners) {
        table.emplace(word, -293);
    }
    return table;
}

std::optional<std::int32_t> found(Table const& table, std::string_view token)
{
    auto const row = table.find(token);
    return row == table.end() ? std::nullopt : std::optional { row->second };
}

}

std::optional<std::int32_t> lexicon_valence(std::string_view token)
{
    static auto const table = make_lexicon();
    return found(table, token);
}

std::optional<std::int32_t> booster_increment(std::string_view token)
{
    static auto const table = make_boosters();
    return found(table, token);
}

bool is_negation(std::string_view token)
{
    static std::unordered_set<std::string_view> const words { std::begin(vader_negation_rows),
        std::end(vader_negation_rows) };
    return words.contains(token) || token.find("n't") != std::string_view::npos;
}

}
