#include "platform/pages/template_scanner.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace cashline::pages {

namespace {

bool is_name(std::string_view name)
{
    if (name == ".") {
        return true;
    }
    auto const fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
            || (letter >= '0' && letter <= '9') || letter == '_' || letter == '-' || letter == '.'
            || letter == '@';
    };
    return !name.empty() && name.size() <= 200 && name.front() != '.' && name.back() != '.'
        && !name.contains("..") && std::ranges::all_of(name, fits);
}

TagKind kind_of(char mark)
{
    switch (mark) {
    case '#':
        return TagKind::section;
    case '^':
        return TagKind::inverted_section;
    case '/':
        return TagKind::section_end;
    case '>':
        return TagKind::partial;
    case '!':
        return TagKind::comment;
    case '&':
        return TagKind::raw_value;
    default:
        return TagKind::value;
    }
}

Result<Tag> read_tag(std::string_view text, std::size_t begin, std::size_t line)
{
    bool const is_triple = text.substr(begin).starts_with("{{{");
    std::string_view const closing = is_triple ? "}}}" : "}}";
    auto const inside = begin + closing.size();
    auto const close = text.find(closing, inside);
    if (close == std::string_view::npos) {
        return invalid("template_unclosed_tag",
            fmt::format(
                "A placeholder is opened but never closed{}. Add {}.", at_line(line), closing));
    }
    auto contents = text::trim(text.substr(inside, close - inside));
    Tag tag { .kind = is_triple ? TagKind::raw_value : TagKind::value,
        .begin = begin,
        .end = close + closing.size(),
        .line = line };
    if (!is_triple && !contents.empty()) {
        if (contents.front() == '=') {
            return invalid("template_delimiters",
                fmt::format("Delimiters cannot be changed{}. Use {{{{ and }}}}.", at_line(line)));
        }
        tag.kind = kind_of(contents.front());
        if (tag.kind != TagKind::value) {
            contents = text::trim(contents.substr(1));
        }
    }
    tag.name = contents;
    if (tag.kind != TagKind::comment && !is_name(contents)) {
        return invalid("template_bad_name",
            fmt::format(
                "“{}” is not a placeholder name{}. Use letters, digits, dots and underscores.",
                text::truncate_utf16(contents, 60), at_line(line)));
    }
    return tag;
}

// Keeps the stack of open sections; an error when they do not nest.
Result<void> follow_nesting(Tag const& tag, std::vector<Tag>& open)
{
    if (tag.kind == TagKind::section || tag.kind == TagKind::inverted_section) {
        if (open.size() >= template_depth_max) {
            return invalid("template_too_deep",
                fmt::format("Sections are nested too deeply{}.", at_line(tag.line)));
        }
        open.push_back(tag);
        return {};
    }
    if (tag.kind != TagKind::section_end) {
        return {};
    }
    if (open.empty()) {
        return invalid("template_unexpected_end",
            fmt::format(
                "The section “{}” ends but was never opened{}.", tag.name, at_line(tag.line)));
    }
    if (open.back().name != tag.name) {
        return invalid("template_unclosed_section",
            fmt::format("The section “{}”{} is not closed before “{}” ends{}.", open.back().name,
                at_line(open.back().line), tag.name, at_line(tag.line)));
    }
    open.pop_back();
    return {};
}

}

std::string at_line(std::size_t line) { return fmt::format(" (line {})", line); }

Result<std::vector<Tag>> scan_template(std::string_view text)
{
    if (text.size() > template_bytes_max) {
        return invalid("template_too_large", "The template is too large; it may have 256 KB.");
    }
    std::vector<Tag> tags;
    std::vector<Tag> open;
    std::size_t line = 1;
    std::size_t position = 0;
    while (true) {
        auto const begin = text.find("{{", position);
        if (begin == std::string_view::npos) {
            break;
        }
        line += static_cast<std::size_t>(
            std::ranges::count(text.substr(position, begin - position), '\n'));
        auto const tag = TRY(read_tag(text, begin, line));
        TRY(follow_nesting(tag, open));
        line +=
            static_cast<std::size_t>(std::ranges::count(text.substr(begin, tag.end - begin), '\n'));
        position = tag.end;
        tags.push_back(tag);
    }
    if (!open.empty()) {
        return invalid("template_unclosed_section",
            fmt::format("The section “{}”{} is never closed. Add {{{{/{}}}}}.", open.back().name,
                at_line(open.back().line), open.back().name));
    }
    return tags;
}

}
