#include "apps/insights/transcript/transcript.h"

#include "core/text.h"

#include <algorithm>

namespace cashline::insights {

namespace {

constexpr std::int64_t gap_max_ms = 1500;

// "Phillips, Daisy (Guest)" → "daisy phillips".
std::string normalised(std::string_view label)
{
    auto name = label.substr(0, label.find('('));
    auto const comma = name.find(',');
    auto text = comma == std::string_view::npos
        ? std::string(name)
        : std::string(name.substr(comma + 1)) + " " + std::string(name.substr(0, comma));
    std::string out;
    for (auto const word : text::split(text::fold(text), ' ')) {
        if (!word.empty()) {
            out += (out.empty() ? "" : " ") + std::string(word);
        }
    }
    return out;
}

}

std::vector<Cue> utterances(std::span<Cue const> cues)
{
    std::vector<Cue> joined;
    for (auto const& cue : cues) {
        auto const continues = !joined.empty() && joined.back().speaker == cue.speaker
            && cue.start_ms - joined.back().end_ms <= gap_max_ms;
        if (!continues) {
            joined.push_back(cue);
            continue;
        }
        joined.back().text += " " + cue.text;
        joined.back().end_ms = std::max(joined.back().end_ms, cue.end_ms);
    }
    return joined;
}

std::optional<std::size_t> participant_of(
    std::string_view speaker, std::span<Participant const> participants)
{
    if (speaker.empty()) {
        return std::nullopt;
    }
    auto const wanted = normalised(speaker);
    auto const first_that = [&](auto const& fits) -> std::optional<std::size_t> {
        auto const found = std::ranges::find_if(participants, fits);
        return found == participants.end()
            ? std::nullopt
            : std::optional { static_cast<std::size_t>(found - participants.begin()) };
    };
    if (auto const exact = first_that([&](auto const& each) { return each.name == speaker; })) {
        return exact;
    }
    if (auto const alike =
            first_that([&](auto const& each) { return normalised(each.name) == wanted; })) {
        return alike;
    }
    return first_that([&](auto const& each) {
        return !each.mail.empty() && text::equals_ignoring_ascii_case(each.mail, speaker);
    });
}

}
