#include "platform/web_api/odata/path.h"

#include "core/text.h"
#include "platform/web_api/odata/literal.h"

namespace cashline::odata {

namespace {

Refusal bad_path(std::string_view segment)
{
    return invalid("InvalidQueryOption",
        "The segment '" + std::string(segment)
            + "' is malformed: check its parentheses and quotes.");
}

// The end of the part that begins at `start`: the next `stop` outside quotes and brackets, or the
// end of the text; npos when a quote or bracket stays open.
std::size_t end_of_part(std::string_view text, std::size_t start, char stop)
{
    auto depth = 0;
    for (auto at = start; at < text.size(); ++at) {
        auto const character = text[at];
        if (character == '\'') {
            at = end_of_quoted(text, at);
            if (at == std::string_view::npos) {
                return at;
            }
            --at;
        } else if (character == '(' || character == '{' || character == '[') {
            ++depth;
        } else if (character == ')' || character == '}' || character == ']') {
            --depth;
        } else if (character == stop && depth <= 0) {
            return at;
        }
    }
    return depth == 0 ? text.size() : std::string_view::npos;
}

Argument parse_argument(std::string_view text)
{
    auto const equals = text.find('=');
    auto const quote = text.find('\'');
    if (equals == std::string_view::npos || quote < equals) {
        return { .text = std::string(text::trim(text)) };
    }
    return { .name = std::string(text::trim(text.substr(0, equals))),
        .text = std::string(text::trim(text.substr(equals + 1))) };
}

Result<Segment> parse_segment(std::string_view text)
{
    auto const open = text.find('(');
    Segment segment { .name = std::string(text.substr(0, open)) };
    if (open == std::string_view::npos) {
        return segment;
    }
    if (text.back() != ')' || segment.name.empty()) {
        return bad_path(text);
    }
    segment.has_parentheses = true;
    auto const inside = text.substr(open + 1, text.size() - open - 2);
    for (std::size_t start = 0; start < inside.size();) {
        auto const end = end_of_part(inside, start, ',');
        if (end == std::string_view::npos) {
            return bad_path(text);
        }
        auto argument = parse_argument(inside.substr(start, end - start));
        if (argument.text.empty()) {
            return bad_path(text);
        }
        segment.arguments.push_back(std::move(argument));
        start = end + 1;
    }
    return segment;
}

}

Result<std::vector<Segment>> parse_path(std::string_view raw)
{
    auto const decoded = text::percent_decode(raw);
    if (!decoded || decoded->contains('\0')) {
        return bad_path(raw);
    }
    std::string_view const path = *decoded;
    std::vector<Segment> segments;
    for (std::size_t start = 0; start < path.size();) {
        auto const end = end_of_part(path, start, '/');
        if (end == std::string_view::npos) {
            return bad_path(path.substr(start));
        }
        if (end > start) {
            segments.push_back(TRY(parse_segment(path.substr(start, end - start))));
        }
        start = end + 1;
    }
    return segments;
}

std::string_view without_namespace(std::string_view name)
{
    if (name.starts_with(type_namespace)) {
        return name.substr(type_namespace.size());
    }
    return name.starts_with("mscrm.") ? name.substr(6) : name;
}

}
