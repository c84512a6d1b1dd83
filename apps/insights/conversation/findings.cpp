#include "apps/insights/conversation/findings.h"

#include <algorithm>

namespace cashline::insights {

namespace {

json::Value ten_thousandths(std::int32_t value) { return Decimal(value, 4); }

std::string_view sentiment_name(Sentiment sentiment)
{
    switch (sentiment) {
    case Sentiment::negative:
        return "negative";
    case Sentiment::neutral:
        return "neutral";
    case Sentiment::positive:
        return "positive";
    }
    return {};
}

std::string_view side_name(Side side)
{
    switch (side) {
    case Side::unknown:
        return "unknown";
    case Side::seller:
        return "seller";
    case Side::customer:
        return "customer";
    }
    return {};
}

json::Value finding(Sentence const& sentence)
{
    json::Value entry { json::Object {} };
    entry.set("at", seconds_of(sentence.start_ms));
    entry.set("speaker", sentence.speaker);
    entry.set("text", sentence.text);
    return entry;
}

json::Value speakers(ConversationAnalysis const& analysis)
{
    json::Array list;
    for (auto const& metrics : analysis.metrics.speakers) {
        json::Value entry { json::Object {} };
        entry.set("name", metrics.speaker);
        entry.set("side", side_name(metrics.side));
        entry.set("talkSeconds", seconds_of(metrics.talk_ms));
        entry.set("share", ten_thousandths(metrics.share.value_or(0)));
        if (metrics.words_per_minute) {
            entry.set("wordsPerMinute", Decimal(*metrics.words_per_minute, 2));
        }
        entry.set("longestMonologueSeconds", seconds_of(metrics.longest_turn_ms));
        auto const mood = std::ranges::find(
            analysis.sentiment.speakers, metrics.speaker, &SpeakerSentiment::speaker);
        if (mood != analysis.sentiment.speakers.end()) {
            entry.set("positive", ten_thousandths(mood->shares.positive));
            entry.set("negative", ten_thousandths(mood->shares.negative));
        }
        list.push_back(std::move(entry));
    }
    return list;
}

json::Value sentiment_over_time(ConversationAnalysis const& analysis)
{
    json::Array list;
    for (auto const& segment : analysis.sentiment.segments) {
        auto const& sentence = analysis.sentence(segment.sentence);
        json::Value entry { json::Object {} };
        entry.set("from", seconds_of(sentence.start_ms));
        entry.set("to", seconds_of(sentence.end_ms));
        entry.set("score", ten_thousandths(segment.compound));
        entry.set("text", sentence.text);
        list.push_back(std::move(entry));
    }
    return list;
}

json::Value questions(ConversationAnalysis const& analysis)
{
    json::Array list;
    for (auto const& signal : analysis.signals) {
        if (signal.kind == SignalKind::question) {
            list.push_back(finding(analysis.sentence(signal.sentence)));
        }
    }
    return list;
}

json::Value counted(std::string const& name, std::int64_t count, json::Array sentences)
{
    json::Value entry { json::Object {} };
    entry.set("name", name);
    entry.set("count", count);
    entry.set("sentences", std::move(sentences));
    return entry;
}

json::Value topics(ConversationAnalysis const& analysis)
{
    json::Array list;
    for (auto const& topic : analysis.topics) {
        list.push_back(
            counted(topic.name, topic.count, { finding(analysis.sentence(topic.sentence)) }));
    }
    return list;
}

json::Value competitors(ConversationAnalysis const& analysis)
{
    std::vector<std::string> names;
    for (auto const& signal : analysis.signals) {
        if (signal.kind == SignalKind::competitor
            && std::ranges::find(names, signal.hit) == names.end()) {
            names.push_back(signal.hit);
        }
    }
    json::Array list;
    for (auto const& name : names) {
        json::Array sentences;
        for (auto const& signal : analysis.signals) {
            if (signal.kind == SignalKind::competitor && signal.hit == name) {
                sentences.push_back(finding(analysis.sentence(signal.sentence)));
            }
        }
        auto const count = static_cast<std::int64_t>(sentences.size());
        list.push_back(counted(name, count, std::move(sentences)));
    }
    return list;
}

json::Value cues(ConversationAnalysis const& analysis)
{
    json::Array list;
    for (auto const& cue : analysis.conversation.cues) {
        json::Value entry { json::Object {} };
        entry.set("at", seconds_of(cue.start_ms));
        entry.set("speaker", cue.speaker);
        entry.set("text", cue.text);
        list.push_back(std::move(entry));
    }
    return list;
}

}

json::Value seconds_of(std::int64_t milliseconds) { return Decimal(milliseconds, 3); }

std::string_view action_kind(ActionType type)
{
    switch (type) {
    case ActionType::phone_call:
        return "call";
    case ActionType::appointment:
        return "meeting";
    case ActionType::mail:
        return "mail";
    case ActionType::task:
        return "task";
    }
    return {};
}

json::Value findings_document(ConversationAnalysis const& analysis)
{
    json::Value document { json::Object {} };
    document.set("durationSeconds", seconds_of(analysis.metrics.length_ms));
    document.set("overall", sentiment_name(analysis.sentiment.overall));
    document.set("sentiment", sentiment_over_time(analysis));
    json::Value ratio { json::Object {} };
    if (auto const share = analysis.metrics.seller_share) {
        ratio.set("sellerShare", ten_thousandths(*share));
        ratio.set("customerShare", ten_thousandths(10'000 - *share));
    }
    document.set("talkToListen", std::move(ratio));
    document.set("speakers", speakers(analysis));
    document.set("questions", questions(analysis));
    document.set("topics", topics(analysis));
    document.set("competitors", competitors(analysis));
    document.set("cues", cues(analysis));
    return document;
}

}
