#include "platform/mail/calendar_text.h"

#include "core/text.h"
#include "platform/mail/mime_checks.h"
#include "platform/pages/clean_text.h"

#include <string>
#include <vector>

namespace cashline::mail {

namespace {

constexpr std::size_t lines_max = 20'000;
constexpr std::size_t depth_max = 6;

std::string unfold(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::size_t const line_end = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n'
            ? 2
            : text[i] == '\n' ? 1
                              : 0;
        if (line_end == 0) {
            out += text[i];
            continue;
        }
        auto const next = i + line_end;
        if (next < text.size() && (text[next] == ' ' || text[next] == '\t')) {
            i = next;
            continue;
        }
        out += '\n';
        i = next - 1;
    }
    return out;
}

std::unexpected<Error> malformed(std::string text)
{
    return invalid("ics_malformed", std::move(text));
}

// Follows BEGIN and END; `open` holds the components not yet closed.
Result<void> follow_frame(std::string_view line, std::vector<std::string>& open, bool is_first)
{
    auto const upper = to_upper(line.substr(0, 60));
    if (is_first && upper != "BEGIN:VCALENDAR") {
        return malformed("This is not a calendar file.");
    }
    if (upper.starts_with("BEGIN:")) {
        if (open.size() >= depth_max || (open.empty() && !is_first)) {
            return malformed("The calendar file nests too deeply or holds several calendars.");
        }
        open.push_back(upper.substr(6));
    } else if (upper.starts_with("END:")) {
        if (open.empty() || open.back() != upper.substr(4)) {
            return malformed("The calendar file has an END without its BEGIN.");
        }
        open.pop_back();
    } else if (open.empty()) {
        return malformed("The calendar file goes on after its end.");
    }
    return {};
}

}

Result<std::string> prepare_calendar_text(std::string_view text)
{
    if (text.size() > calendar_bytes_max) {
        return invalid("ics_too_large", "The calendar file is larger than 2 MB.");
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    auto prepared = pages::clean_text(unfold(text::trim(text)));
    std::vector<std::string> open;
    std::size_t lines = 0;
    for (auto const line : text::split(prepared, '\n')) {
        if (text::trim(line).empty()) {
            continue;
        }
        if (++lines > lines_max) {
            return invalid("ics_too_large", "The calendar file has too many lines.");
        }
        TRY(follow_frame(text::trim(line), open, lines == 1));
    }
    if (lines == 0) {
        return malformed("The calendar file is empty.");
    }
    if (!open.empty()) {
        return malformed("The calendar file is cut short.");
    }
    return prepared;
}

}
