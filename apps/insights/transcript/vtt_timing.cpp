#include "apps/insights/transcript/vtt_timing.h"

#include "core/text.h"

#include <algorithm>

namespace cashline::insights {

namespace {

constexpr std::int64_t hours_max = 10'000; // Longer is no meeting but a damaged file.

std::optional<std::int64_t> digits(std::string_view text)
{
    if (text.empty() || text.size() > 9) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    for (auto const c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

// ".5" is 500 ms; digits beyond the third say less than a transcript knows.
std::optional<std::int64_t> fraction_ms(std::string_view text)
{
    auto short_text = std::string(text.substr(0, 3));
    if (!digits(text)) {
        return std::nullopt;
    }
    short_text.resize(3, '0');
    return digits(short_text);
}

bool has_strict_shape(std::vector<std::string_view> const& fields, std::string_view fraction)
{
    auto const hours_fit = fields.size() == 2 || fields.front().size() >= 2;
    return hours_fit && fields[fields.size() - 2].size() == 2 && fields.back().size() == 2
        && fraction.size() == 3;
}

}

std::optional<std::int64_t> parse_vtt_time(std::string_view text, VTTMode mode)
{
    auto const is_strict = mode == VTTMode::strict;
    auto const is_negative = text.starts_with('-') || text.starts_with("\xE2\x88\x92"); // U+2212
    if (is_negative) {
        if (is_strict) {
            return std::nullopt;
        }
        text.remove_prefix(text.front() == '-' ? 1 : 3);
    }
    auto const point = std::min(text.find_first_of(is_strict ? "." : ".,"), text.size());
    auto const fraction = point < text.size() ? text.substr(point + 1) : std::string_view {};
    auto const fields = text::split(text.substr(0, point), ':');
    if (fields.size() < 2 || fields.size() > 3
        || (is_strict && !has_strict_shape(fields, fraction))) {
        return std::nullopt;
    }
    std::int64_t seconds = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto const value = digits(fields[i]);
        auto const is_hours = fields.size() == 3 && i == 0;
        if (!value || *value >= (is_hours ? hours_max : 60)) {
            return std::nullopt;
        }
        seconds = seconds * 60 + *value;
    }
    auto const milliseconds = fraction.empty() && point == text.size() ? 0 : fraction_ms(fraction);
    if (!milliseconds) {
        return std::nullopt;
    }
    auto const total = seconds * 1000 + *milliseconds;
    return is_negative ? -total : total;
}

std::optional<VTTTiming> parse_vtt_timing(std::string_view line, VTTMode mode)
{
    auto const arrow = line.find("-->");
    if (arrow == std::string_view::npos) {
        return std::nullopt;
    }
    auto const start = parse_vtt_time(text::trim(line.substr(0, arrow)), mode);
    auto rest = text::trim(line.substr(arrow + 3));
    auto const end = parse_vtt_time(rest.substr(0, rest.find_first_of(" \t")), mode);
    auto const is_forward =
        start && end && (mode == VTTMode::strict ? *end > *start : *end >= *start);
    if (!is_forward) {
        return std::nullopt;
    }
    return VTTTiming { *start, *end };
}

}
