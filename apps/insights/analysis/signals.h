// What a salesperson wants to see of a conversation: questions, competitors, tracked words and
// products, risks, intent to buy, requests for a meeting or a file, and action items. Each finding
// is one sentence with speaker and time; rules, no model, so that each can be explained
// (collaboration-insights.md 7).
#pragma once

#include "apps/insights/analysis/conversation.h"
#include "core/time.h"

namespace cashline::insights {

enum class SignalKind : std::uint8_t {
    question,
    competitor,
    keyword,
    product,
    risk,
    buying_intent,
    meeting_request,
    file_request,
};
std::string_view name_of(SignalKind);

struct Signal {
    SignalKind kind { SignalKind::question };
    std::string hit {}; // the listed name, or the phrase
    std::size_t sentence {};
};

// Values as stored: phone call 0, appointment 1, e-mail 2, task 3.
enum class ActionType : std::uint8_t { phone_call = 0, appointment = 1, mail = 2, task = 3 };

struct ActionItem {
    std::size_t sentence {};
    ActionType type { ActionType::task };
    bool is_committed {}; // "I'll send …"; else suggested: "Could you send …?"
    std::string owner {}; // the speaker of a commitment; empty for a request
    Side owner_side { Side::unknown }; // of a request: the other side
    std::string subject {};
    std::optional<Date> due_date {};
    std::string due_text {};
};

// A name with other ways to say it.
struct Term {
    std::string name {};
    std::vector<std::string> aliases {};
};

struct SignalOptions {
    std::vector<Term> competitors {};
    std::vector<Term> keywords {};
    std::vector<Term> products {};
    Date meeting_date {};
};

std::vector<Signal> find_signals(Conversation const&, SignalOptions const&);
std::vector<ActionItem> find_action_items(Conversation const&, Date meeting_date);

// Whether the words name the term: whole words without case and accents, plural or possessive, and
// with one wrong letter where a word has six or more.
bool names_term(std::string_view sentence, std::string_view term);

}
