#include "apps/insights/analysis/vader.h"

#include "apps/insights/analysis/lexicon.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace cashline::insights {

namespace {

using Nano = std::int64_t; // 10⁻⁹
using Wide = __int128;

constexpr Nano unit = 1'000'000'000;
constexpr Nano thousandth = 1'000'000;
constexpr Nano all_caps_increment = 733 * thousandth;
constexpr Nano exclamation_increment = 292 * thousandth;
constexpr std::int64_t normalisation = 15; // "approximates the maximum expected value"

// value × numerator / 1000, rounded to the nearest nano.
Nano scaled(Nano value, std::int64_t numerator)
{
    auto const product = static_cast<Wide>(value) * numerator;
    return static_cast<Nano>((product + (product >= 0 ? 500 : -500)) / 1000);
}

Nano negated(Nano value) { return scaled(value, -740); }

struct IdiomRow {
    std::string_view text;
    Nano valence;
};

// Special cases of the reference, thousandths (collaboration-insights.md 6.1).
constexpr std::array<IdiomRow, 10> idioms { {
    { "the shit", 3000 },
    { "the bomb", 3000 },
    { "bad ass", 1500 },
    { "badass", 1500 },
    { "bus stop", 0 },
    { "yeah right", -2000 },
    { "kiss of death", -1500 },
    { "to die for", 3000 },
    { "beating heart", 3100 },
    { "broken heart", -2900 },
} };

std::optional<Nano> idiom(std::string_view text)
{
    auto const row = std::ranges::find(idioms, text, &IdiomRow::text);
    return row == idioms.end() ? std::nullopt : std::optional { row->valence * thousandth };
}

bool is_punctuation(char c)
{
    auto const byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7f
        && !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
}

// White space as Unicode has it: transcripts are full of no-break spaces. The length in bytes, 0
// when it is none.
std::size_t space_length(std::string_view text)
{
    auto const first = static_cast<unsigned char>(text.front());
    if (first == ' ' || (first >= 0x09 && first <= 0x0d) || (first >= 0x1c && first <= 0x1f)) {
        return 1;
    }
    if (text.starts_with("\xC2\x85") || text.starts_with("\xC2\xA0")) {
        return 2;
    }
    if (first != 0xE1 && first != 0xE2 && first != 0xE3) {
        return 0;
    }
    constexpr std::array<std::string_view, 6> others { "\xE1\x9A\x80", "\xE2\x80\xA8",
        "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80" };
    for (auto const other : others) {
        if (text.starts_with(other)) {
            return 3;
        }
    }
    auto const is_general_space = text.size() > 2 && text.starts_with("\xE2\x80")
        && static_cast<unsigned char>(text[2]) >= 0x80
        && static_cast<unsigned char>(text[2]) <= 0x8A;
    return is_general_space ? 3 : 0;
}

std::size_t count_characters(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Two characters or fewer left: probably an emoticon, so the token stays as it is.
std::string_view without_punctuation(std::string_view token)
{
    auto stripped = token;
    while (!stripped.empty() && is_punctuation(stripped.front())) {
        stripped.remove_prefix(1);
    }
    while (!stripped.empty() && is_punctuation(stripped.back())) {
        stripped.remove_suffix(1);
    }
    return count_characters(stripped) <= 2 ? token : stripped;
}

// All cased letters upper case, and at least one; letters beyond ASCII do not count.
bool is_upper(std::string_view token)
{
    auto const has_upper = std::ranges::any_of(token, [](char c) { return c >= 'A' && c <= 'Z'; });
    auto const has_lower = std::ranges::any_of(token, [](char c) { return c >= 'a' && c <= 'z'; });
    return has_upper && !has_lower;
}

class Vader {
public:
    Vader(std::string_view text, Vocabulary vocabulary);
    Polarity run();

private:
    void apply_phrases();
    void score_words();
    Nano word_valence(std::size_t i) const;
    bool stands_alone_no(std::size_t i) const;
    bool follows_no(std::size_t i) const;
    Nano booster(std::size_t i, Nano valence) const;
    Nano negation(Nano valence, std::size_t distance, std::size_t i) const;
    Nano idioms_at(Nano valence, std::size_t i) const;
    Nano least(Nano valence, std::size_t i) const;
    void but();
    Polarity normalised() const;
    Nano punctuation_emphasis() const;
    std::string joined(std::size_t first, std::size_t last) const;
    std::optional<Nano> valence_of(std::size_t i) const;
    bool is(std::size_t i, std::string_view word) const { return m_lower[i] == word; }
    bool is_so_or_this(std::size_t i) const { return is(i, "so") || is(i, "this"); }

    std::string_view m_text;
    Vocabulary m_vocabulary;
    std::vector<std::string_view> m_words {};
    std::vector<std::string> m_lower {};
    std::vector<bool> m_is_upper {};
    std::vector<std::optional<Nano>> m_lexicon {};
    std::vector<std::optional<Nano>> m_phrases {};
    std::vector<Nano> m_valences {};
    bool m_mixes_cases {};
};

Vader::Vader(std::string_view text, Vocabulary vocabulary) : m_text(text), m_vocabulary(vocabulary)
{
    std::size_t start = 0;
    std::size_t at = 0;
    auto const flush = [&](std::size_t end) {
        if (end > start) {
            m_words.push_back(without_punctuation(text.substr(start, end - start)));
        }
    };
    while (at < text.size()) {
        auto const space = space_length(text.substr(at));
        if (space > 0) {
            flush(at);
            start = at + space;
        }
        at += std::max<std::size_t>(space, 1);
    }
    flush(text.size());

    std::size_t upper_count = 0;
    for (auto const word : m_words) {
        m_lower.push_back(text::to_lower_ascii(word));
        m_is_upper.push_back(is_upper(word));
        upper_count += m_is_upper.back() ? 1 : 0;
    }
    m_mixes_cases = upper_count > 0 && upper_count < m_words.size();
    m_phrases.resize(m_words.size());
    if (vocabulary == Vocabulary::business) {
        apply_phrases();
    }
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        m_lexicon.push_back(valence_of(i));
    }
}

// A phrase counts once, at its first word; its words say nothing else, neither by themselves nor as
// negations of what follows ("cannot accept the delay" keeps the delay bad).
void Vader::apply_phrases()
{
    for (std::size_t i = 0; i < m_lower.size(); ++i) {
        auto const phrase = business_phrase(std::span { m_lower }.subspan(i));
        if (!phrase) {
            continue;
        }
        for (std::size_t k = i; k < i + phrase->length; ++k) {
            m_phrases[k] = 0;
            m_lower[k].clear();
        }
        m_phrases[i] = phrase->valence * thousandth;
        i += phrase->length - 1;
    }
}

std::optional<Nano> Vader::valence_of(std::size_t i) const
{
    if (m_vocabulary == Vocabulary::business) {
        if (auto const own = business_valence(m_lower[i])) {
            return *own * thousandth;
        }
    }
    auto const general = lexicon_valence(m_lower[i]);
    return general ? std::optional<Nano> { *general * thousandth } : std::nullopt;
}

std::string Vader::joined(std::size_t first, std::size_t last) const
{
    auto text = m_lower[first];
    for (auto i = first + 1; i <= last; ++i) {
        text += " " + m_lower[i];
    }
    return text;
}

bool Vader::stands_alone_no(std::size_t i) const
{
    return is(i, "no") && i + 1 < m_words.size() && m_lexicon[i + 1].has_value();
}

bool Vader::follows_no(std::size_t i) const
{
    return (i > 0 && is(i - 1, "no")) || (i > 1 && is(i - 2, "no"))
        || (i > 2 && is(i - 3, "no") && (is(i - 1, "or") || is(i - 1, "nor")));
}

Nano Vader::booster(std::size_t i, Nano valence) const
{
    auto const increment = booster_increment(m_lower[i]);
    if (!increment) {
        return 0;
    }
    auto scalar = *increment * thousandth;
    if (valence < 0) {
        scalar = -scalar;
    }
    if (m_is_upper[i] && m_mixes_cases) {
        scalar += valence > 0 ? all_caps_increment : -all_caps_increment;
    }
    return scalar;
}

// `distance` is 1 to 3 words back.
Nano Vader::negation(Nano valence, std::size_t distance, std::size_t i) const
{
    if (distance == 2 && is(i - 2, "never") && is_so_or_this(i - 1)) {
        return scaled(valence, 1250);
    }
    if (distance == 2 && is(i - 2, "without") && is(i - 1, "doubt")) {
        return valence;
    }
    // Quirk kept: "so" or "this" right before the word counts here even without "never".
    if (distance == 3 && ((is(i - 3, "never") && is_so_or_this(i - 2)) || is_so_or_this(i - 1))) {
        return scaled(valence, 1250);
    }
    if (distance == 3 && is(i - 3, "without") && (is(i - 2, "doubt") || is(i - 1, "doubt"))) {
        return valence;
    }
    return is_negation(m_lower[i - distance]) ? negated(valence) : valence;
}

// Only reached with three words before (quirk kept: "Yeah right" alone is no idiom).
Nano Vader::idioms_at(Nano valence, std::size_t i) const
{
    for (auto const& sequence : { joined(i - 1, i), joined(i - 2, i), joined(i - 2, i - 1),
             joined(i - 3, i - 1), joined(i - 3, i - 2) }) {
        if (auto const value = idiom(sequence)) {
            valence = *value;
            break;
        }
    }
    if (i + 1 < m_words.size()) {
        valence = idiom(joined(i, i + 1)).value_or(valence);
    }
    if (i + 2 < m_words.size()) {
        valence = idiom(joined(i, i + 2)).value_or(valence);
    }
    for (auto const& pair : { joined(i - 3, i - 1), joined(i - 3, i - 2), joined(i - 2, i - 1) }) {
        valence += booster_increment(pair).value_or(0) * thousandth;
    }
    return valence;
}

Nano Vader::least(Nano valence, std::size_t i) const
{
    if (i == 0 || !is(i - 1, "least")) {
        return valence;
    }
    auto const is_at_least = i > 1 && (is(i - 2, "at") || is(i - 2, "very"));
    return is_at_least ? valence : negated(valence);
}

Nano Vader::word_valence(std::size_t i) const
{
    auto valence = *m_lexicon[i];
    if (stands_alone_no(i)) {
        valence = 0;
    }
    if (follows_no(i)) {
        valence = negated(*m_lexicon[i]);
    }
    if (m_is_upper[i] && m_mixes_cases) {
        valence += valence > 0 ? all_caps_increment : -all_caps_increment;
    }
    constexpr std::array<std::int64_t, 3> damping { 1000, 950, 900 };
    for (std::size_t distance = 1; distance <= 3 && distance <= i; ++distance) {
        if (m_lexicon[i - distance]) {
            continue; // Words with a valence of their own neither boost nor negate.
        }
        valence += scaled(booster(i - distance, valence), damping.at(distance - 1));
        valence = negation(valence, distance, i);
        if (distance == 3) {
            valence = idioms_at(valence, i);
        }
    }
    return least(valence, i);
}

void Vader::score_words()
{
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        auto const is_kind_of = is(i, "kind") && i + 1 < m_words.size() && is(i + 1, "of");
        if (m_phrases[i]) {
            m_valences.push_back(*m_phrases[i]);
        } else if (booster_increment(m_lower[i]) || is_kind_of || !m_lexicon[i]) {
            m_valences.push_back(0);
        } else {
            m_valences.push_back(word_valence(i));
        }
    }
}

// What comes before "but" counts half, what comes after once and a half. Quirk kept: the reference
// finds the place of a value by the value, so of two equal ones the first is scaled twice and the
// second not at all.
void Vader::but()
{
    auto const found = std::ranges::find(m_lower, "but");
    if (found == m_lower.end()) {
        return;
    }
    auto const place = found - m_lower.begin();
    for (std::size_t i = 0; i < m_valences.size(); ++i) {
        auto const first = std::ranges::find(m_valences, m_valences[i]);
        auto const at = first - m_valences.begin();
        if (at < place) {
            *first = scaled(*first, 500);
        } else if (at > place) {
            *first = scaled(*first, 1500);
        }
    }
}

Nano Vader::punctuation_emphasis() const
{
    auto const exclamations = std::min<std::ptrdiff_t>(std::ranges::count(m_text, '!'), 4);
    auto const questions = std::ranges::count(m_text, '?');
    Nano emphasis = exclamations * exclamation_increment;
    if (questions > 1) {
        emphasis += questions <= 3 ? questions * 180 * thousandth : 960 * thousandth;
    }
    return emphasis;
}

Wide square_root(Wide value)
{
    Wide low = 0;
    Wide high = static_cast<Wide>(1) << 62U;
    while (low < high) {
        auto const middle = (low + high + 1) / 2;
        if (middle * middle <= value) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

std::int32_t ratio(Nano part, Nano whole, std::int64_t scale)
{
    auto const product = static_cast<Wide>(part) * scale * 2 + (part >= 0 ? whole : -whole);
    return static_cast<std::int32_t>(product / (static_cast<Wide>(whole) * 2));
}

Polarity Vader::normalised() const
{
    if (m_valences.empty()) {
        return {};
    }
    auto const emphasis = punctuation_emphasis();
    Nano sum = 0;
    Nano positive = 0;
    Nano negative = 0; // as a positive number
    Nano neutral = 0;
    for (auto const valence : m_valences) {
        sum += valence;
        positive += valence > 0 ? valence + unit : 0; // One more, since neutral words count one.
        negative += valence < 0 ? unit - valence : 0;
        neutral += valence == 0 ? unit : 0;
    }
    sum += sum > 0 ? emphasis : sum < 0 ? -emphasis : 0;
    (positive > negative ? positive : negative) += positive != negative ? emphasis : 0;

    // s / √(s² + 15): the root of nano² is nano again.
    auto const square =
        static_cast<Wide>(sum) * sum + static_cast<Wide>(normalisation) * unit * unit;
    auto const root = static_cast<Nano>(square_root(square));
    auto const total = positive + negative + neutral;
    return { .compound = std::clamp(ratio(sum, root, 10'000), -10'000, 10'000),
        .positive = ratio(positive, total, 1000),
        .neutral = ratio(neutral, total, 1000),
        .negative = ratio(negative, total, 1000) };
}

Polarity Vader::run()
{
    score_words();
    but();
    return normalised();
}

}

Polarity polarity(std::string_view text, Vocabulary vocabulary)
{
    return Vader(text, vocabulary).run();
}

}
