#include "apps/insights/analysis/follow_up.h"

#include <algorithm>

namespace cashline::insights {

namespace {

constexpr std::size_t topics_max = 5;
constexpr std::size_t questions_max = 5;

std::string day_text(Date date)
{
    static constexpr std::array<std::string_view, 12> months { "January", "February", "March",
        "April", "May", "June", "July", "August", "September", "October", "November", "December" };
    return std::string(months.at(date.month() - 1)) + " " + std::to_string(date.day()) + ", "
        + std::to_string(date.year());
}

// "Daisy Phillips" → "Daisy", "Phillips, Daisy (Guest)" → "Daisy".
std::string first_name(std::string_view name)
{
    name = name.substr(0, name.find('('));
    if (auto const comma = name.find(','); comma != std::string_view::npos) {
        name = name.substr(comma + 1);
    }
    while (name.starts_with(' ')) {
        name.remove_prefix(1);
    }
    return std::string(name.substr(0, name.find(' ')));
}

void add_topics(std::string& body, ConversationAnalysis const& analysis)
{
    if (analysis.topics.empty()) {
        return;
    }
    body += "\nWe talked about:\n";
    for (std::size_t i = 0; i < std::min(topics_max, analysis.topics.size()); ++i) {
        body += "- " + analysis.topics[i].name + "\n";
    }
}

std::string action_line(ActionItem const& item)
{
    auto line = "- " + item.subject;
    if (item.due_date) {
        line += " (" + day_text(*item.due_date) + ")";
    }
    return line + "\n";
}

// What each side has taken on or was asked for, in the order in which it was said.
void add_actions(std::string& body, ConversationAnalysis const& analysis)
{
    for (auto const& [side, heading] : { std::pair { Side::seller, "On our side:" },
             std::pair { Side::customer, "On your side:" } }) {
        std::string lines;
        for (auto const& item : analysis.action_items) {
            if (item.owner_side == side) {
                lines += action_line(item);
            }
        }
        if (!lines.empty()) {
            body += "\n" + std::string(heading) + "\n" + lines;
        }
    }
}

void add_questions(std::string& body, ConversationAnalysis const& analysis)
{
    std::string lines;
    std::size_t count = 0;
    for (auto const& signal : analysis.signals) {
        auto const& sentence = analysis.sentence(signal.sentence);
        auto const is_action = std::ranges::any_of(analysis.action_items,
            [&](auto const& item) { return item.sentence == signal.sentence; });
        if (signal.kind == SignalKind::question && sentence.side == Side::customer && !is_action
            && count < questions_max) {
            lines += "- " + sentence.text + "\n";
            ++count;
        }
    }
    if (!lines.empty()) {
        body += "\nI will come back to you on your questions:\n" + lines;
    }
}

}

FollowUpDraft draft_follow_up(ConversationAnalysis const& analysis, FollowUpRequest const& request)
{
    auto const greeting = first_name(request.recipient_name);
    FollowUpDraft draft { .subject = "Our meeting on " + day_text(request.meeting_date) };
    if (!request.meeting_subject.empty()) {
        draft.subject =
            request.meeting_subject + ": our meeting on " + day_text(request.meeting_date);
    }
    draft.body = (greeting.empty() ? "Hello" : "Hello " + greeting) + std::string(",\n\n");
    draft.body += "thank you for your time on " + day_text(request.meeting_date) + ".\n";
    add_topics(draft.body, analysis);
    add_actions(draft.body, analysis);
    add_questions(draft.body, analysis);
    auto const has_concern = analysis.sentiment.overall == Sentiment::negative;
    draft.body += has_concern ? "\nI heard your concerns and would like to come back to them with "
                                "you. When may I call you?\n"
                              : "\nPlease tell me if I have missed something.\n";
    draft.body += "\nKind regards\n" + request.sender_name + "\n";
    if (!request.company_name.empty()) {
        draft.body += request.company_name + "\n";
    }
    return draft;
}

}
