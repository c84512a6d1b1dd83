#include "apps/insights/analysis/sentiment.h"

#include "core/text.h"

#include <algorithm>

namespace cashline::insights {

namespace {

constexpr std::int32_t overall_margin = 1500; // 0.15 (6.5)
constexpr std::int32_t unspoken_praise = -2500;

constexpr std::array<std::string_view, 11> comparatives { "better", "cheaper", "lower", "faster",
    "easier", "stronger", "quicker", "best", "cheapest", "superior", "nicer" };
constexpr std::array<std::string_view, 4> rival_words { "competitor", "competitors", "competition",
    "rival" };

bool has_comparative(std::vector<std::string> const& words)
{
    return std::ranges::any_of(words, [](auto const& word) {
        return std::ranges::find(comparatives, word) != comparatives.end();
    });
}

// Better than the competitor is good news: only praise that does not name us as the better one is
// turned.
bool is_praise_of_a_rival(std::string_view sentence, SentimentOptions const& options)
{
    auto const words = words_of(sentence);
    if (!has_comparative(words)) {
        return false;
    }
    auto const folded = text::fold(sentence);
    auto const names_rival = std::ranges::any_of(words, [](auto const& word) {
        return std::ranges::find(rival_words, word) != rival_words.end();
    }) || std::ranges::any_of(options.competitors, [&](auto const& name) {
        return !name.empty() && folded.find(text::fold(name)) != std::string::npos;
    });
    auto const than = std::ranges::find(words, "than");
    auto const is_compared_to_rival =
        than != words.end() && std::ranges::any_of(than, words.end(), [&](auto const& word) {
            return std::ranges::find(rival_words, word) != rival_words.end()
                || std::ranges::any_of(options.competitors, [&](auto const& name) {
                       return text::fold(name).find(text::fold(word)) != std::string::npos
                           && word.size() > 3;
                   });
        });
    return names_rival && !is_compared_to_rival;
}

struct Durations {
    std::int64_t positive {};
    std::int64_t neutral {};
    std::int64_t negative {};

    void add(Sentiment sentiment, std::int64_t duration)
    {
        auto& part = sentiment == Sentiment::positive ? positive
            : sentiment == Sentiment::negative        ? negative
                                                      : neutral;
        part += duration;
    }

    std::optional<SentimentShares> shares() const
    {
        auto const total = positive + neutral + negative;
        if (total <= 0) {
            return std::nullopt;
        }
        auto const share = [=](std::int64_t part) {
            return static_cast<std::int32_t>((part * 20'000 + total) / (total * 2));
        };
        return SentimentShares { share(positive), share(neutral), share(negative) };
    }
};

Sentiment overall_of(std::optional<SentimentShares> const& shares)
{
    if (!shares) {
        return Sentiment::neutral;
    }
    auto const difference = shares->positive - shares->negative;
    return difference >= overall_margin ? Sentiment::positive
        : difference <= -overall_margin ? Sentiment::negative
                                        : Sentiment::neutral;
}

// A sentence counts for the fifth in which its middle lies.
std::array<std::optional<std::int32_t>, 5> trend_of(
    Conversation const& conversation, std::vector<SentimentSegment> const& segments)
{
    std::array<std::int64_t, 5> sums {};
    std::array<std::int64_t, 5> counts {};
    std::array<std::optional<std::int32_t>, 5> trend {};
    if (conversation.sentences.empty()) {
        return trend;
    }
    auto const start = conversation.sentences.front().start_ms;
    auto end = start;
    for (auto const& sentence : conversation.sentences) {
        end = std::max(end, sentence.end_ms);
    }
    auto const length = std::max<std::int64_t>(end - start, 1);
    for (auto const& segment : segments) {
        auto const& sentence = conversation.sentences[segment.sentence];
        auto const middle = (sentence.start_ms + sentence.end_ms) / 2 - start;
        auto const bucket =
            static_cast<std::size_t>(std::clamp<std::int64_t>(middle * 5 / length, 0, 4));
        sums.at(bucket) += segment.compound;
        ++counts.at(bucket);
    }
    for (std::size_t i = 0; i < trend.size(); ++i) {
        if (counts.at(i) > 0) {
            auto const half = sums.at(i) >= 0 ? counts.at(i) / 2 : -(counts.at(i) / 2);
            trend.at(i) = static_cast<std::int32_t>((sums.at(i) + half) / counts.at(i));
        }
    }
    return trend;
}

}

Polarity sentence_polarity(std::string_view sentence, SentimentOptions const& options)
{
    auto result = polarity(sentence, options.vocabulary);
    if (options.vocabulary == Vocabulary::business && is_praise_of_a_rival(sentence, options)) {
        // "They are more expensive" is no praise; "cheaper" is, although the lexicon does not know
        // it.
        if (result.compound >= 0) {
            result.compound = result.compound > 0 ? -result.compound : unspoken_praise;
            std::swap(result.positive, result.negative);
        }
    }
    return result;
}

MeetingSentiment meeting_sentiment(
    Conversation const& conversation, SentimentOptions const& options)
{
    MeetingSentiment result;
    std::vector<Durations> durations;
    Durations customer;
    for (std::size_t i = 0; i < conversation.sentences.size(); ++i) {
        auto const& sentence = conversation.sentences[i];
        auto const scored = sentence_polarity(sentence.text, options);
        auto const sentiment = scored.sentiment(options.band);
        auto const confidence = scored.compound < 0 ? -scored.compound : scored.compound;
        result.segments.push_back({ i, sentiment, scored.compound, confidence });

        auto const found =
            std::ranges::find(result.speakers, sentence.speaker, &SpeakerSentiment::speaker);
        auto const at = static_cast<std::size_t>(found - result.speakers.begin());
        if (found == result.speakers.end()) {
            result.speakers.push_back({ .speaker = sentence.speaker, .side = sentence.side });
            durations.emplace_back();
        }
        auto const duration = sentence.end_ms - sentence.start_ms;
        durations[at].add(sentiment, duration);
        if (sentence.side == Side::customer) {
            customer.add(sentiment, duration);
        }
    }
    for (std::size_t i = 0; i < durations.size(); ++i) {
        result.speakers[i].shares = durations[i].shares().value_or(SentimentShares {});
    }
    result.customer = customer.shares();
    result.overall = overall_of(result.customer);
    result.trend = trend_of(conversation, result.segments);
    return result;
}

}
