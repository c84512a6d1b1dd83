#include "apps/insights/analysis/analysis.h"

namespace cashline::insights {

ConversationAnalysis analyse(Transcript const& transcript, AnalysisRequest const& request)
{
    ConversationAnalysis analysis;
    analysis.conversation = make_conversation(transcript, request.participants);
    analysis.metrics = measure(analysis.conversation, request.length_ms);

    SentimentOptions sentiment { .band = request.neutral_band };
    for (auto const& competitor : request.competitors) {
        sentiment.competitors.push_back(competitor.name);
        sentiment.competitors.insert(
            sentiment.competitors.end(), competitor.aliases.begin(), competitor.aliases.end());
    }
    analysis.sentiment = meeting_sentiment(analysis.conversation, sentiment);

    analysis.signals = find_signals(analysis.conversation,
        { .competitors = request.competitors,
            .keywords = request.keywords,
            .products = request.products,
            .meeting_date = request.meeting_date });
    analysis.action_items = find_action_items(analysis.conversation, request.meeting_date);

    TopicOptions topics;
    for (auto const& participant : request.participants) {
        topics.ignored.push_back(participant.name);
    }
    // Topics go into the mail to the customer; competitors are shown to the seller only, as
    // signals.
    topics.ignored.insert(
        topics.ignored.end(), sentiment.competitors.begin(), sentiment.competitors.end());
    analysis.topics = find_topics(analysis.conversation, analysis.signals, topics);
    return analysis;
}

}
