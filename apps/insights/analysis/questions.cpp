#include "apps/insights/analysis/questions.h"

#include "apps/insights/analysis/conversation.h"

#include <algorithm>
#include <array>

namespace cashline::insights {

namespace {

constexpr std::array<std::string_view, 10> question_words { "what", "why", "how", "which", "who",
    "whom", "whose", "when", "where", "what's" };
constexpr std::array<std::string_view, 22> auxiliaries { "do", "does", "did", "is", "are", "was",
    "were", "can", "could", "will", "would", "should", "shall", "may", "have", "has", "had",
    "isn't", "aren't", "don't", "doesn't", "didn't" };
constexpr std::array<std::string_view, 14> subjects { "i", "you", "he", "she", "it", "we", "they",
    "there", "this", "that", "these", "those", "the", "your" };
// Small words before a question proper: "So, what …", "And do you …".
constexpr std::array<std::string_view, 9> openers { "so", "and", "but", "ok", "okay", "well",
    "then", "now", "um" };

template<class Array>
bool has(Array const& list, std::string_view word)
{
    return std::ranges::find(list, word) != list.end();
}

std::vector<std::string> words_after_openers(std::string_view sentence)
{
    auto words = words_of(sentence);
    auto const first =
        std::ranges::find_if_not(words, [](auto const& word) { return has(openers, word); });
    words.erase(words.begin(), first);
    return words;
}

bool has_mark(std::string_view sentence)
{
    auto const end = sentence.find_last_not_of(" \"')");
    return end != std::string_view::npos && sentence[end] == '?';
}

// "What a nice board" and "When we deliver, …" begin like questions and are none: the verb must
// follow.
bool asks_with_question_word(std::vector<std::string> const& words)
{
    if (words.size() < 3 || !has(question_words, words[0])) {
        return false;
    }
    auto const is_contracted = words[0] == "what's";
    return is_contracted || has(auxiliaries, words[1])
        || (words[0] == "how" && (words[1] == "much" || words[1] == "many" || words[1] == "about"));
}

}

bool is_question(std::string_view sentence)
{
    if (has_mark(sentence)) {
        return true;
    }
    auto const words = words_after_openers(sentence);
    // "Do it now" and "Have the board ready" are orders.
    auto const is_order = words.size() > 1 && (words[0] == "do" || words[0] == "have")
        && (words[1] == "it" || words[1] == "this" || words[1] == "that" || words[1] == "the");
    auto const is_inverted =
        words.size() > 2 && !is_order && has(auxiliaries, words[0]) && has(subjects, words[1]);
    return is_inverted || asks_with_question_word(words);
}

bool is_open_question(std::string_view sentence)
{
    auto const words = words_after_openers(sentence);
    if (words.empty()) {
        return false;
    }
    auto const invites =
        words[0] == "describe" || (words.size() > 1 && words[0] == "tell" && words[1] == "me");
    return invites || (is_question(sentence) && has(question_words, words[0]));
}

}
