#include "apps/insights/analysis/topics.h"

#include "core/text.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

namespace cashline::insights {

namespace {

// Words that carry no subject: the small words of English and those of every meeting.
std::unordered_set<std::string_view> const& stop_words()
{
    static std::unordered_set<std::string_view> const words { "about", "above", "absolutely",
        "actually", "after", "again", "agree", "all", "almost", "already", "also", "always", "and",
        "another", "any", "anything", "are", "around", "away", "back", "because", "been", "before",
        "being", "better", "between", "bring", "but", "call", "came", "can", "can't", "cannot",
        "check", "come", "could", "course", "didn't", "different", "does", "doesn't", "don't",
        "done", "down", "each", "either", "else", "enough", "especially", "even", "ever", "every",
        "everything", "exactly", "feel", "few", "find", "fine", "first", "for", "forward", "from",
        "get", "give", "glad", "going", "good", "got", "great", "had", "happy", "has", "have",
        "hear", "hello", "help", "here", "how", "i'd", "i'll", "i'm", "i've", "idea", "into",
        "isn't", "it's", "its", "just", "kind", "know", "last", "later", "least", "let", "let's",
        "like", "little", "long", "look", "looking", "lot", "made", "make", "many", "maybe", "mean",
        "meet", "meeting", "might", "more", "morning", "most", "much", "must", "need", "never",
        "next", "nice", "none", "not", "nothing", "now", "off", "okay", "once", "one", "only",
        "onto", "or", "other", "our", "out", "over", "own", "part", "people", "perfect", "perhaps",
        "please", "point", "possible", "pretty", "probably", "put", "question", "quite", "rather",
        "really", "right", "said", "same", "say", "says", "second", "see", "send", "should",
        "since", "some", "something", "soon", "sorry", "sounds", "still", "sure", "take", "talk",
        "tell", "than", "thank", "thanks", "that", "that's", "the", "their", "them", "then",
        "there", "there's", "these", "they", "they're", "thing", "things", "think", "this", "those",
        "three", "through", "time", "today", "together", "tomorrow", "too", "two", "under", "until",
        "used", "using", "usually", "very", "want", "was", "wasn't", "way", "we'd", "we'll",
        "we're", "we've", "week", "well", "went", "were", "what", "what's", "when", "where",
        "which", "while", "who", "whole", "why", "will", "with", "within", "without", "won't",
        "word", "work", "works", "would", "yeah", "year", "years", "yes", "yesterday", "yet", "you",
        "you'd", "you'll", "you're", "you've", "your", "monday", "tuesday", "wednesday", "thursday",
        "friday", "saturday", "sunday" };
    return words;
}

struct Mentions {
    std::int64_t count {};
    std::size_t first {};
};

using Counts = std::map<std::string, Mentions>;

void mention(Counts& counts, std::string const& name, std::size_t sentence)
{
    auto& mentions = counts[name];
    if (mentions.count == 0) {
        mentions.first = sentence;
    }
    ++mentions.count;
}

// "boards" and "board" are one subject.
std::string singular(std::string word)
{
    auto const is_plural = word.size() > 4 && word.ends_with('s') && !word.ends_with("ss")
        && !word.ends_with("us") && !word.ends_with("is");
    if (word.ends_with("'s")) {
        word.resize(word.size() - 2);
    } else if (is_plural) {
        word.pop_back();
    }
    return word;
}

class TopicSearch {
public:
    TopicSearch(Conversation const& conversation, TopicOptions const& options)
        : m_conversation(conversation)
        , m_options(options)
    {
        for (auto const& name : options.ignored) {
            for (auto const& word : words_of(name)) {
                m_ignored.insert(singular(word));
            }
        }
    }

    std::vector<Topic> run(std::span<Signal const> signals);

private:
    bool is_content(std::string const& word) const
    {
        auto const has_digit =
            std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
        return word.size() >= 4 && !has_digit && !stop_words().contains(word)
            && !m_ignored.contains(singular(word));
    }
    void add_listed(std::span<Signal const> signals);
    void count_words();
    void add_counted(Counts const& counts);
    void add_topic(std::string const& name, Mentions const& mentions, bool is_listed);

    Conversation const& m_conversation;
    TopicOptions const& m_options;
    std::set<std::string> m_ignored {};
    std::set<std::string> m_covered {}; // words of topics that are there
    Counts m_words {};
    Counts m_pairs {};
    std::vector<Topic> m_topics {};
};

void TopicSearch::add_topic(std::string const& name, Mentions const& mentions, bool is_listed)
{
    m_topics.push_back({ name, mentions.count, mentions.first, is_listed });
    for (auto const& word : words_of(text::fold(name))) {
        m_covered.insert(singular(word));
    }
}

void TopicSearch::add_listed(std::span<Signal const> signals)
{
    Counts counts;
    for (auto const& signal : signals) {
        if (signal.kind == SignalKind::product || signal.kind == SignalKind::keyword) {
            mention(counts, signal.hit, signal.sentence);
        }
    }
    for (auto const& [name, mentions] : counts) {
        add_topic(name, mentions, true);
    }
    std::ranges::stable_sort(m_topics, std::ranges::greater {}, &Topic::count);
}

void TopicSearch::count_words()
{
    for (std::size_t i = 0; i < m_conversation.sentences.size(); ++i) {
        std::string before;
        for (auto const& word : words_of(m_conversation.sentences[i].text)) {
            if (!is_content(word)) {
                before.clear();
                continue;
            }
            auto const name = singular(word);
            mention(m_words, name, i);
            if (!before.empty() && before != name) {
                mention(m_pairs, before + " " + name, i);
            }
            before = name;
        }
    }
}

void TopicSearch::add_counted(Counts const& counts)
{
    std::vector<std::pair<std::string, Mentions>> sorted { counts.begin(), counts.end() };
    std::ranges::stable_sort(
        sorted, std::ranges::greater {}, [](auto const& each) { return each.second.count; });
    for (auto const& [name, mentions] : sorted) {
        auto const words = words_of(name);
        auto const is_covered =
            std::ranges::all_of(words, [&](auto const& word) { return m_covered.contains(word); });
        if (mentions.count >= m_options.mentions_min && !is_covered
            && m_topics.size() < m_options.count_max) {
            add_topic(name, mentions, false);
        }
    }
}

std::vector<Topic> TopicSearch::run(std::span<Signal const> signals)
{
    add_listed(signals);
    count_words();
    add_counted(m_pairs); // "delivery date" says more than "delivery" and "date".
    add_counted(m_words);
    if (m_topics.size() > m_options.count_max) {
        m_topics.resize(m_options.count_max);
    }
    return std::move(m_topics);
}

}

std::vector<Topic> find_topics(
    Conversation const& conversation, std::span<Signal const> signals, TopicOptions const& options)
{
    return TopicSearch(conversation, options).run(signals);
}

}
