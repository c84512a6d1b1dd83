#include "apps/insights/analysis/metrics.h"

#include "apps/insights/analysis/questions.h"

#include <algorithm>
#include <map>

namespace cashline::insights {

namespace {

constexpr std::int64_t interruption_ms = 300;
constexpr std::int64_t pace_talk_min_ms = 10'000;

// A maximal run of consecutive cues of one speaker.
struct Turn {
    std::string speaker {};
    Side side { Side::unknown };
    std::int64_t start_ms {};
    std::int64_t end_ms {};
    std::int64_t length_ms() const { return end_ms - start_ms; }
};

std::vector<Turn> turns_of(Conversation const& conversation)
{
    std::vector<Turn> turns;
    for (std::size_t i = 0; i < conversation.cues.size(); ++i) {
        auto const& cue = conversation.cues[i];
        if (turns.empty() || turns.back().speaker != cue.speaker) {
            turns.push_back({ cue.speaker, conversation.sides[i], cue.start_ms, cue.end_ms });
        } else {
            turns.back().end_ms = std::max(turns.back().end_ms, cue.end_ms);
        }
    }
    return turns;
}

std::optional<std::int32_t> ratio(std::int64_t part, std::int64_t whole, std::int64_t scale)
{
    if (whole <= 0) {
        return std::nullopt;
    }
    return static_cast<std::int32_t>((part * scale * 2 + whole) / (whole * 2));
}

class Measuring {
public:
    explicit Measuring(Conversation const& conversation)
        : m_conversation(conversation)
        , m_turns(turns_of(conversation))
    {
    }

    ConversationMetrics run(std::optional<std::int64_t> length_ms);

private:
    SpeakerMetrics& speaker(std::string const& name, Side side);
    void add_talk();
    void add_turns();
    void add_switches();
    void add_questions();
    void finish();

    struct Pauses {
        std::int64_t total_ms {};
        std::int64_t count {};
        std::optional<std::int64_t> mean() const
        {
            return count == 0 ? std::nullopt : std::optional { (total_ms + count / 2) / count };
        }
    };

    Conversation const& m_conversation;
    std::vector<Turn> m_turns;
    ConversationMetrics m_result {};
    std::map<std::string, Pauses> m_pauses {};
    std::map<Side, Pauses> m_side_pauses {};
};

SpeakerMetrics& Measuring::speaker(std::string const& name, Side side)
{
    auto const found = std::ranges::find(m_result.speakers, name, &SpeakerMetrics::speaker);
    if (found != m_result.speakers.end()) {
        return *found;
    }
    return m_result.speakers.emplace_back(SpeakerMetrics { .speaker = name, .side = side });
}

// The union of a speaker's own cues: they come sorted by start.
void Measuring::add_talk()
{
    std::map<std::string, std::int64_t> covered_until;
    for (std::size_t i = 0; i < m_conversation.cues.size(); ++i) {
        auto const& cue = m_conversation.cues[i];
        auto& metrics = speaker(cue.speaker, m_conversation.sides[i]);
        auto const [until, is_first] = covered_until.try_emplace(cue.speaker, cue.start_ms);
        auto const from = is_first ? cue.start_ms : std::max(cue.start_ms, until->second);
        metrics.talk_ms += std::max<std::int64_t>(cue.end_ms - from, 0);
        until->second = std::max(until->second, cue.end_ms);
        metrics.word_count += static_cast<std::int64_t>(words_of(cue.text).size());
        m_result.length_ms = std::max(m_result.length_ms, cue.end_ms);
    }
}

void Measuring::add_turns()
{
    for (auto const& turn : m_turns) {
        auto& metrics = speaker(turn.speaker, turn.side);
        ++metrics.turn_count;
        if (turn.length_ms() > metrics.longest_turn_ms) {
            metrics.longest_turn_ms = turn.length_ms();
            metrics.longest_turn_at_ms = turn.start_ms;
        }
        auto& longest = turn.side == Side::seller ? m_result.seller_monologue_ms
                                                  : m_result.customer_monologue_ms;
        if (turn.side != Side::unknown) {
            longest = std::max(longest.value_or(0), turn.length_ms());
        }
    }
}

void Measuring::add_switches()
{
    for (std::size_t i = 1; i < m_turns.size(); ++i) {
        auto const& before = m_turns[i - 1];
        auto const& turn = m_turns[i];
        ++m_result.speaker_switch_count;
        if (before.side == turn.side) {
            continue;
        }
        ++m_result.switch_count;
        auto const pause = std::max<std::int64_t>(turn.start_ms - before.end_ms, 0);
        for (auto* pauses : { &m_pauses[turn.speaker], &m_side_pauses[turn.side] }) {
            pauses->total_ms += pause;
            ++pauses->count;
        }
        if (turn.start_ms < before.end_ms - interruption_ms) {
            ++speaker(turn.speaker, turn.side).interruption_count;
        }
    }
}

void Measuring::add_questions()
{
    std::int64_t asked = 0;
    std::int64_t open = 0;
    for (auto const& sentence : m_conversation.sentences) {
        auto const is_open = is_open_question(sentence.text);
        if (!is_open && !is_question(sentence.text)) {
            continue;
        }
        ++speaker(sentence.speaker, sentence.side).question_count;
        asked += sentence.side == Side::seller ? 1 : 0;
        open += sentence.side == Side::seller && is_open ? 1 : 0;
    }
    m_result.engaging_question_rate = ratio(open, asked, 10'000);
}

// Shares are of talk, not of meeting length: people talk at the same time.
void Measuring::finish()
{
    std::int64_t total = 0;
    std::int64_t seller = 0;
    for (auto const& each : m_result.speakers) {
        total += each.talk_ms;
        seller += each.side == Side::seller ? each.talk_ms : 0;
    }
    for (auto& each : m_result.speakers) {
        each.share = ratio(each.talk_ms, total, 10'000);
        if (each.talk_ms >= pace_talk_min_ms) {
            each.words_per_minute = ratio(each.word_count * 60'000, each.talk_ms, 100);
        }
        each.pause_ms = m_pauses[each.speaker].mean();
    }
    auto const has_sides = std::ranges::any_of(
        m_result.speakers, [](auto const& each) { return each.side != Side::unknown; });
    if (has_sides) {
        m_result.talk_to_listen = ratio(seller, total - seller, 10'000);
        m_result.seller_share = ratio(seller, total, 10'000);
    }
    m_result.seller_pause_ms = m_side_pauses[Side::seller].mean();
    m_result.customer_pause_ms = m_side_pauses[Side::customer].mean();
    m_result.switches_per_hour = ratio(m_result.switch_count * 3'600'000, m_result.length_ms, 100);
    m_result.speaker_switches_per_hour =
        ratio(m_result.speaker_switch_count * 3'600'000, m_result.length_ms, 100);
    std::ranges::stable_sort(m_result.speakers, std::ranges::greater {}, &SpeakerMetrics::talk_ms);
}

ConversationMetrics Measuring::run(std::optional<std::int64_t> length_ms)
{
    add_talk();
    m_result.length_ms = length_ms.value_or(m_result.length_ms);
    add_turns();
    add_switches();
    add_questions();
    finish();
    return std::move(m_result);
}

}

ConversationMetrics measure(Conversation const& conversation, std::optional<std::int64_t> length_ms)
{
    return Measuring(conversation).run(length_ms);
}

}
