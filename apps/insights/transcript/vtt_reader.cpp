#include "apps/insights/transcript/vtt_reader.h"

#include "apps/insights/transcript/vtt_payload.h"
#include "apps/insights/transcript/vtt_timing.h"
#include "core/json.h"
#include "core/text.h"

#include <algorithm>

namespace cashline::insights {

namespace {

struct Line {
    std::string_view text {};
    std::size_t number {};
};
using Block = std::vector<Line>; // lines between blank ones

std::string at_line(std::size_t number) { return " (line " + std::to_string(number) + ")"; }

// CRLF and CR become LF, NUL becomes U+FFFD.
std::string normalised(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\r') {
            text += '\n';
            i += i + 1 < bytes.size() && bytes[i + 1] == '\n' ? 1 : 0;
        } else if (bytes[i] == '\0') {
            text += "\xEF\xBF\xBD";
        } else {
            text += bytes[i];
        }
    }
    return text;
}

std::vector<Block> blocks_of(std::string_view text)
{
    std::vector<Block> blocks { {} };
    std::size_t number = 0;
    for (auto const line : text::split(text, '\n')) {
        ++number;
        if (!line.empty()) {
            blocks.back().push_back({ line, number });
        } else if (!blocks.back().empty()) {
            blocks.emplace_back();
        }
    }
    if (blocks.back().empty()) {
        blocks.pop_back();
    }
    return blocks;
}

bool is_keyword(std::string_view line, std::string_view keyword)
{
    return line.starts_with(keyword)
        && (line.size() == keyword.size() || line[keyword.size()] == ' '
            || line[keyword.size()] == '\t');
}

bool has_arrow(Line const& line) { return line.text.find("-->") != std::string_view::npos; }

class VTTReader {
public:
    explicit VTTReader(VTTMode mode) : m_mode(mode) { }

    Result<Transcript> read(std::string_view bytes);

private:
    Result<void> read_header(Block const&);
    Result<void> read_block(Block const&, bool is_last);
    Result<void> read_cue(Block const&, std::size_t timing_line, bool is_last);
    Result<void> add_cues(Cue const& frame, std::vector<VoiceSpan>);
    void read_note(std::string_view text);
    std::optional<VoiceSpan> json_payload(std::string_view text) const;

    VTTMode m_mode;
    Transcript m_transcript {};
    std::string m_last_speaker {};
};

Result<void> VTTReader::read_header(Block const& block)
{
    if (block.empty() || block.front().number != 1 || !is_keyword(block.front().text, "WEBVTT")) {
        return invalid("vtt_foreign",
            "This is no WebVTT transcript: the first line must be WEBVTT. Download the transcript "
            "as .vtt.");
    }
    for (auto const& line : block) {
        if (has_arrow(line)) {
            return invalid("vtt_malformed",
                "An empty line is missing after the header" + at_line(line.number) + ".");
        }
        if (line.text.starts_with("Language:")) {
            m_transcript.language = text::trim(line.text.substr(9));
        }
    }
    return {};
}

// NOTE language:en-us, as older recordings say it.
void VTTReader::read_note(std::string_view text)
{
    constexpr std::string_view key = "language:";
    auto const at = text.find(key);
    if (at != std::string_view::npos) {
        auto const value = text::trim(text.substr(at + key.size()));
        m_transcript.language = value.substr(0, value.find_first_of(" \t\""));
    }
}

// The metadata flavour: the same frame, the payload a JSON object with speaker and text.
std::optional<VoiceSpan> VTTReader::json_payload(std::string_view payload) const
{
    if (!payload.starts_with('{')) {
        return std::nullopt;
    }
    auto const value = json::parse(payload);
    if (!value || !value->is_object() || !value->find("spokenText")) {
        return std::nullopt;
    }
    return VoiceSpan { .speaker = std::string(value->text("speakerName")),
        .text = std::string(value->text("spokenText")) };
}

// Two voices in one cue share its time by the length of what they said, so that no second counts
// twice.
Result<void> VTTReader::add_cues(Cue const& frame, std::vector<VoiceSpan> spans)
{
    std::int64_t length = 0;
    for (auto const& span : spans) {
        length += static_cast<std::int64_t>(span.text.size());
    }
    std::int64_t said = 0;
    for (auto& span : spans) {
        auto cue = frame;
        auto const duration = frame.end_ms - frame.start_ms;
        cue.start_ms = frame.start_ms + duration * said / length;
        said += static_cast<std::int64_t>(span.text.size());
        cue.end_ms = frame.start_ms + duration * said / length;
        // The speaker may be given only when it changes.
        m_last_speaker = span.speaker.value_or(m_last_speaker);
        cue.speaker = m_last_speaker;
        cue.text = std::move(span.text);
        m_transcript.cues.push_back(std::move(cue));
    }
    if (m_transcript.cues.size() > vtt_cues_max) {
        return refuse(
            Fault::too_large, "vtt_too_many_cues", "A transcript may have at most 50,000 cues.");
    }
    return {};
}

Result<void> VTTReader::read_cue(Block const& block, std::size_t timing_line, bool is_last)
{
    auto const& line = block[timing_line];
    auto const timing = parse_vtt_timing(line.text, m_mode);
    if (!timing) {
        return invalid("vtt_timing_invalid",
            "A time is not readable or ends before it starts" + at_line(line.number) + ".");
    }
    std::string payload;
    for (auto i = timing_line + 1; i < block.size(); ++i) {
        if (has_arrow(block[i])) {
            return invalid("vtt_malformed",
                "An arrow stands inside a cue's text" + at_line(block[i].number) + ".");
        }
        payload += (payload.empty() ? "" : "\n") + std::string(block[i].text);
    }
    if (payload.empty() && is_last) {
        return invalid("vtt_torn",
            "The file ends after a time, without its text" + at_line(line.number) + ".");
    }
    Cue frame { .id = timing_line == 1 ? std::string(block.front().text) : std::string {},
        .start_ms = timing->start_ms,
        .end_ms = timing->end_ms };
    if (auto const span = json_payload(payload)) {
        return add_cues(frame, { *span });
    }
    auto spans = parse_vtt_payload(payload);
    if (!spans) {
        return invalid(is_last ? "vtt_torn" : "vtt_malformed",
            "A tag is not closed" + at_line(block.back().number) + ".");
    }
    return spans->empty() ? Result<void> {} : add_cues(frame, std::move(*spans));
}

Result<void> VTTReader::read_block(Block const& block, bool is_last)
{
    auto const& first = block.front();
    if (is_keyword(first.text, "NOTE")) {
        read_note(first.text);
        return {};
    }
    if (has_arrow(first)) {
        return read_cue(block, 0, is_last);
    }
    if (is_keyword(first.text, "STYLE") || is_keyword(first.text, "REGION")) {
        return {};
    }
    if (block.size() > 1 && has_arrow(block[1])) {
        return read_cue(block, 1, is_last);
    }
    if (is_last) {
        return invalid(
            "vtt_torn", "The file ends in the middle of a cue" + at_line(first.number) + ".");
    }
    return invalid("vtt_malformed", "A cue has no time" + at_line(first.number) + ".");
}

Result<Transcript> VTTReader::read(std::string_view bytes)
{
    if (bytes.size() > vtt_bytes_max) {
        return refuse(Fault::too_large, "vtt_too_large", "A transcript may have at most 10 MB.");
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    }
    if (!text::is_valid_utf8(bytes)) {
        return invalid("vtt_malformed", "The transcript holds bytes that are no UTF-8 text.");
    }
    auto const text = normalised(bytes);
    auto const blocks = blocks_of(text);
    TRY(read_header(blocks.empty() ? Block {} : blocks.front()));
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        TRY(read_block(blocks[i], i + 1 == blocks.size()));
    }
    if (m_transcript.cues.empty()) {
        return invalid("vtt_empty", "The transcript has no text.");
    }
    std::ranges::stable_sort(m_transcript.cues, {},
        [](Cue const& cue) { return std::pair { cue.start_ms, cue.end_ms }; });
    return std::move(m_transcript);
}

}

Result<Transcript> read_vtt(std::string_view bytes, VTTMode mode)
{
    return VTTReader(mode).read(bytes);
}

}
