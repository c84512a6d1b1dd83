#include "apps/insights/analysis/conversation.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace cashline::insights {

namespace {

constexpr std::array<std::string_view, 18> abbreviations { "mr", "mrs", "ms", "dr", "prof", "st",
    "no", "nr", "inc", "ltd", "co", "corp", "vs", "approx", "e.g", "i.e", "etc", "min" };

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_byte(char c)
{
    return is_ascii_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

// The word that ends right before `at`, points inside included ("e.g").
std::string word_before(std::string_view text, std::size_t at)
{
    auto start = at;
    while (start > 0 && (is_word_byte(text[start - 1]) || text[start - 1] == '.')) {
        --start;
    }
    return text::to_lower_ascii(text.substr(start, at - start));
}

bool ends_sentence(std::string_view text, std::size_t at)
{
    auto const c = text[at];
    if (c == '!' || c == '?') {
        return true;
    }
    if (c != '.') {
        return false;
    }
    auto const word = word_before(text, at);
    auto const is_initial = word.size() == 1 && is_ascii_letter(word.front()) && word != "i";
    return !is_initial && std::ranges::find(abbreviations, word) == abbreviations.end();
}

// Right single quotation marks are apostrophes to us.
std::string with_plain_apostrophes(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("\xE2\x80\x99")) {
            out += '\'';
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}

std::vector<std::string_view> split_sentences(std::string_view text)
{
    std::vector<std::string_view> sentences;
    std::size_t start = 0;
    auto const flush = [&](std::size_t end) {
        auto const sentence = text::trim(text.substr(start, end - start));
        if (!sentence.empty()) {
            sentences.push_back(sentence);
        }
        start = end;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!ends_sentence(text, at)) {
            continue;
        }
        auto end = at + 1;
        while (end < text.size()
            && std::string_view(".!?\"')").find(text[end]) != std::string_view::npos) {
            ++end;
        }
        if (end == text.size() || text[end] == ' ') {
            flush(end);
        }
        at = end - 1;
    }
    flush(text.size());
    return sentences;
}

std::vector<std::string> words_of(std::string_view raw)
{
    std::vector<std::string> words;
    auto const text = text::to_lower_ascii(with_plain_apostrophes(raw));
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        auto const is_inner = i > 0 && i + 1 < text.size() && (text[i] == '\'' || text[i] == '-')
            && is_word_byte(text[i - 1]) && is_word_byte(text[i + 1]);
        if (i < text.size() && (is_word_byte(text[i]) || is_inner)) {
            word += text[i];
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

Conversation make_conversation(
    Transcript const& transcript, std::span<Participant const> participants)
{
    Conversation conversation { .cues = transcript.cues };
    auto const side_of = [&](std::string const& speaker) {
        auto const index = participant_of(speaker, participants);
        return !index                          ? Side::unknown
            : participants[*index].is_internal ? Side::seller
                                               : Side::customer;
    };
    for (auto const& cue : conversation.cues) {
        conversation.sides.push_back(side_of(cue.speaker));
    }
    for (auto const& utterance : utterances(conversation.cues)) {
        auto const duration = utterance.end_ms - utterance.start_ms;
        auto const length =
            static_cast<std::int64_t>(std::max<std::size_t>(utterance.text.size(), 1));
        auto const time_at = [&](std::int64_t offset) {
            return utterance.start_ms + duration * offset / length;
        };
        for (auto const text : split_sentences(utterance.text)) {
            auto const offset = text.data() - utterance.text.data();
            conversation.sentences.push_back({ .text = std::string(text),
                .speaker = utterance.speaker,
                .side = side_of(utterance.speaker),
                .start_ms = time_at(offset),
                .end_ms = time_at(offset + static_cast<std::int64_t>(text.size())) });
        }
    }
    return conversation;
}

}
