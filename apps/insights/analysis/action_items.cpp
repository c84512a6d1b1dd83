// Action items: a commitment ("I'll send …", "let me check …") or a request ("could you send …",
// "please call …") followed by a verb of doing. Saying so is not yet an action: "I'll be honest",
// "we will see".
#include "apps/insights/analysis/due_dates.h"
#include "apps/insights/analysis/signals.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace cashline::insights {

namespace {

constexpr std::size_t verb_distance_max = 4; // "I will then, of course, send you"

struct VerbRow {
    std::string_view verb;
    ActionType type;
};

constexpr auto verbs = std::to_array<VerbRow>({
    { "call", ActionType::phone_call },
    { "phone", ActionType::phone_call },
    { "ring", ActionType::phone_call },
    { "meet", ActionType::appointment },
    { "schedule", ActionType::appointment },
    { "book", ActionType::appointment },
    { "invite", ActionType::appointment },
    { "arrange", ActionType::appointment },
    { "visit", ActionType::appointment },
    { "send", ActionType::mail },
    { "email", ActionType::mail },
    { "e-mail", ActionType::mail },
    { "mail", ActionType::mail },
    { "forward", ActionType::mail },
    { "share", ActionType::mail },
    { "reply", ActionType::mail },
    { "prepare", ActionType::task },
    { "draft", ActionType::task },
    { "write", ActionType::task },
    { "check", ActionType::task },
    { "find", ActionType::task },
    { "ask", ActionType::task },
    { "talk", ActionType::task },
    { "discuss", ActionType::task },
    { "provide", ActionType::task },
    { "update", ActionType::task },
    { "review", ActionType::task },
    { "confirm", ActionType::task },
    { "order", ActionType::task },
    { "quote", ActionType::task },
    { "ship", ActionType::task },
    { "deliver", ActionType::task },
    { "introduce", ActionType::task },
    { "test", ActionType::task },
    { "create", ActionType::task },
    { "finish", ActionType::task },
    { "sign", ActionType::task },
    { "organise", ActionType::task },
    { "organize", ActionType::task },
    { "calculate", ActionType::task },
    { "follow", ActionType::task },
    { "get", ActionType::task },
    { "bring", ActionType::task },
    { "look", ActionType::task },
});

struct Opening {
    std::string_view words;
    bool is_commitment;
};

constexpr auto openings = std::to_array<Opening>({
    { "i'll", true },
    { "we'll", true },
    { "i will", true },
    { "we will", true },
    { "let me", true },
    { "i'm going to", true },
    { "i am going to", true },
    { "we're going to", true },
    { "we are going to", true },
    { "can you", false },
    { "could you", false },
    { "would you", false },
    { "will you", false },
    { "please", false },
});

using Words = std::vector<std::string>;

// The place after the opening, where the verb is looked for.
std::optional<std::size_t> after(Words const& words, std::string_view opening)
{
    auto const wanted = text::split(opening, ' ');
    auto const found = std::ranges::search(words, wanted);
    if (found.empty()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found.end() - words.begin());
}

// "I will not send" promises nothing; "let me know" and "I'll get there" ask for no doing.
bool is_idle(Words const& words, std::size_t verb)
{
    auto const next =
        verb + 1 < words.size() ? std::string_view(words[verb + 1]) : std::string_view {};
    return (words[verb] == "get" && next != "back" && next != "you" && next != "the")
        || (words[verb] == "look" && next != "into" && next != "at" && next != "for")
        || (words[verb] == "forward" && next == "to") || (words[verb] == "follow" && next != "up");
}

VerbRow const* verb_after(Words const& words, std::size_t start)
{
    for (auto i = start; i < std::min(words.size(), start + verb_distance_max); ++i) {
        if (words[i] == "not" || words[i] == "never") {
            return nullptr;
        }
        auto const row = std::ranges::find(verbs, std::string_view(words[i]), &VerbRow::verb);
        if (row != verbs.end()) {
            return is_idle(words, i) ? nullptr : &*row;
        }
    }
    return nullptr;
}

// Subjects of activities are lines, not paragraphs.
std::string subject_of(std::string_view sentence)
{
    constexpr std::size_t units_max = 200;
    auto const trimmed = text::trim(sentence);
    auto const end = trimmed.find_last_not_of(" .!?");
    return text::truncate_utf16(
        trimmed.substr(0, end == std::string_view::npos ? 0 : end + 1), units_max);
}

Side other(Side side)
{
    switch (side) {
    case Side::seller:
        return Side::customer;
    case Side::customer:
        return Side::seller;
    case Side::unknown:
        return Side::unknown;
    }
    return Side::unknown;
}

// "Set up a call" is an appointment, whatever the verb; "send an invitation" too.
ActionType type_of(ActionType by_verb, Words const& words)
{
    auto const has = [&](std::string_view word) {
        return std::ranges::find(words, word) != words.end();
    };
    if (by_verb == ActionType::mail && (has("invitation") || has("invite"))) {
        return ActionType::appointment;
    }
    return by_verb;
}

std::optional<ActionItem> action_in(Sentence const& sentence, Date meeting_date)
{
    auto const words = words_of(sentence.text);
    for (auto const& opening : openings) {
        auto const start = after(words, opening.words);
        auto const* const verb = start ? verb_after(words, *start) : nullptr;
        if (verb == nullptr) {
            continue;
        }
        ActionItem item { .type = type_of(verb->type, words),
            .is_committed = opening.is_commitment,
            .owner = opening.is_commitment ? sentence.speaker : std::string {},
            .owner_side = opening.is_commitment ? sentence.side : other(sentence.side),
            .subject = subject_of(sentence.text) };
        if (auto const due = find_date_phrase(sentence.text, meeting_date)) {
            item.due_date = due->date;
            item.due_text = due->text;
        }
        return item;
    }
    return std::nullopt;
}

}

std::vector<ActionItem> find_action_items(Conversation const& conversation, Date meeting_date)
{
    std::vector<ActionItem> items;
    for (std::size_t i = 0; i < conversation.sentences.size(); ++i) {
        if (auto item = action_in(conversation.sentences[i], meeting_date)) {
            item->sentence = i;
            items.push_back(std::move(*item));
        }
    }
    return items;
}

}
