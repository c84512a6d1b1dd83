#include "apps/insights/analysis/signals.h"

#include "apps/insights/analysis/questions.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace cashline::insights {

namespace {

constexpr std::size_t fuzzy_letters_min = 6;

struct PhraseRow {
    SignalKind kind;
    std::string_view phrase;
};

// Looked for as whole words in the sentence.
constexpr auto phrases = std::to_array<PhraseRow>({
    { SignalKind::risk, "legal" },
    { SignalKind::risk, "lawyer" },
    { SignalKind::risk, "delay" },
    { SignalKind::risk, "delayed" },
    { SignalKind::risk, "late" },
    { SignalKind::risk, "budget" },
    { SignalKind::risk, "too expensive" },
    { SignalKind::risk, "cancel" },
    { SignalKind::risk, "on hold" },
    { SignalKind::risk, "not convinced" },
    { SignalKind::risk, "another supplier" },
    { SignalKind::risk, "another vendor" },
    { SignalKind::buying_intent, "place an order" },
    { SignalKind::buying_intent, "place the order" },
    { SignalKind::buying_intent, "move forward" },
    { SignalKind::buying_intent, "go ahead" },
    { SignalKind::buying_intent, "ready to sign" },
    { SignalKind::buying_intent, "ready to order" },
    { SignalKind::buying_intent, "we would like to order" },
    { SignalKind::buying_intent, "we want to buy" },
    { SignalKind::buying_intent, "we'd like to buy" },
    { SignalKind::buying_intent, "send me a quote" },
    { SignalKind::buying_intent, "send us a quote" },
    { SignalKind::buying_intent, "how soon can you deliver" },
    { SignalKind::buying_intent, "when can you deliver" },
    { SignalKind::meeting_request, "can we meet" },
    { SignalKind::meeting_request, "could we meet" },
    { SignalKind::meeting_request, "let's meet" },
    { SignalKind::meeting_request, "schedule a meeting" },
    { SignalKind::meeting_request, "set up a call" },
    { SignalKind::meeting_request, "set up a meeting" },
    { SignalKind::meeting_request, "another call" },
    { SignalKind::meeting_request, "a demo" },
    { SignalKind::file_request, "send me the" },
    { SignalKind::file_request, "send us the" },
    { SignalKind::file_request, "send over the" },
    { SignalKind::file_request, "share the" },
    { SignalKind::file_request, "the brochure" },
    { SignalKind::file_request, "price list" },
    { SignalKind::file_request, "data sheet" },
});

// One letter inserted, left out, or replaced.
bool is_one_edit_away(std::string_view a, std::string_view b)
{
    if (a.size() > b.size()) {
        std::swap(a, b);
    }
    if (b.size() - a.size() > 1) {
        return false;
    }
    auto const [left, right] = std::ranges::mismatch(a, b);
    auto const rest_a = std::string_view(left, a.end());
    auto const rest_b = std::string_view(right, b.end());
    if (a.size() == b.size()) {
        return rest_a.empty() || rest_a.substr(1) == rest_b.substr(1);
    }
    return rest_a == rest_b.substr(1);
}

bool is_same_word(std::string_view said, std::string_view term)
{
    if (said == term) {
        return true;
    }
    for (auto const suffix : { "'s", "s", "es", "'" }) {
        if (said.ends_with(suffix)
            && said.substr(0, said.size() - std::string_view(suffix).size()) == term) {
            return true;
        }
    }
    return term.size() >= fuzzy_letters_min && is_one_edit_away(said, term);
}

bool has_words(std::vector<std::string> const& said, std::vector<std::string> const& term)
{
    if (term.empty() || term.size() > said.size()) {
        return false;
    }
    for (std::size_t at = 0; at + term.size() <= said.size(); ++at) {
        auto const fits =
            std::equal(term.begin(), term.end(), said.begin() + static_cast<std::ptrdiff_t>(at),
                [](auto const& word, auto const& spoken) { return is_same_word(spoken, word); });
        if (fits) {
            return true;
        }
    }
    return false;
}

// A listed name with all ways to say it, cut into words once for the whole conversation.
struct SpokenTerm {
    SignalKind kind { SignalKind::keyword };
    std::string name {};
    std::vector<std::vector<std::string>> ways {};
};

std::vector<SpokenTerm> spoken_terms(SignalOptions const& options)
{
    std::vector<SpokenTerm> spoken;
    for (auto const& [kind, terms] : { std::pair { SignalKind::competitor, &options.competitors },
             std::pair { SignalKind::keyword, &options.keywords },
             std::pair { SignalKind::product, &options.products } }) {
        for (auto const& term : *terms) {
            SpokenTerm each { .kind = kind, .name = term.name };
            each.ways.push_back(words_of(text::fold(term.name)));
            for (auto const& alias : term.aliases) {
                each.ways.push_back(words_of(text::fold(alias)));
            }
            spoken.push_back(std::move(each));
        }
    }
    return spoken;
}

// At most one signal of a kind by phrases; a listed name of that kind says it better.
void add_phrases(
    std::vector<Signal>& signals, std::size_t sentence, std::vector<std::string> const& words)
{
    static std::vector<std::vector<std::string_view>> const phrase_words = [] {
        std::vector<std::vector<std::string_view>> split;
        for (auto const& row : phrases) {
            split.push_back(text::split(row.phrase, ' '));
        }
        return split;
    }();
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        auto const& [kind, phrase] = phrases.at(i);
        auto const is_known = std::ranges::find(signals, kind, &Signal::kind) != signals.end();
        if (!is_known && !std::ranges::search(words, phrase_words[i]).empty()) {
            signals.push_back({ kind, std::string(phrase), sentence });
        }
    }
}

}

std::string_view name_of(SignalKind kind)
{
    switch (kind) {
    case SignalKind::question:
        return "question";
    case SignalKind::competitor:
        return "competitor";
    case SignalKind::keyword:
        return "keyword";
    case SignalKind::product:
        return "product";
    case SignalKind::risk:
        return "risk";
    case SignalKind::buying_intent:
        return "buying_intent";
    case SignalKind::meeting_request:
        return "meeting_request";
    case SignalKind::file_request:
        return "file_request";
    }
    return "";
}

bool names_term(std::string_view sentence, std::string_view term)
{
    return has_words(words_of(text::fold(sentence)), words_of(text::fold(term)));
}

std::vector<Signal> find_signals(Conversation const& conversation, SignalOptions const& options)
{
    auto const terms = spoken_terms(options);
    std::vector<Signal> signals;
    for (std::size_t i = 0; i < conversation.sentences.size(); ++i) {
        auto const& sentence = conversation.sentences[i];
        std::vector<Signal> here;
        if (is_question(sentence.text)) {
            here.push_back({ SignalKind::question, sentence.text, i });
        }
        auto const folded = words_of(text::fold(sentence.text));
        for (auto const& term : terms) {
            auto const is_named = std::ranges::any_of(
                term.ways, [&](auto const& way) { return has_words(folded, way); });
            if (is_named) {
                here.push_back({ term.kind, term.name, i });
            }
        }
        add_phrases(here, i, words_of(sentence.text));
        std::ranges::move(here, std::back_inserter(signals));
    }
    return signals;
}

}
