#include "platform/pages/html.h"

#include "core/text.h"
#include "platform/pages/clean_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cashline::pages {

namespace {

struct NamedCharacter {
    std::string_view name;
    std::string_view text;
};

// The ones mails are full of; others stay as they are written.
constexpr std::array named_characters {
    NamedCharacter { "amp", "&" },
    NamedCharacter { "lt", "<" },
    NamedCharacter { "gt", ">" },
    NamedCharacter { "quot", "\"" },
    NamedCharacter { "apos", "'" },
    NamedCharacter { "nbsp", " " },
    NamedCharacter { "euro", "€" },
    NamedCharacter { "pound", "£" },
    NamedCharacter { "copy", "©" },
    NamedCharacter { "reg", "®" },
    NamedCharacter { "ndash", "–" },
    NamedCharacter { "mdash", "—" },
    NamedCharacter { "hellip", "…" },
    NamedCharacter { "bull", "•" },
    NamedCharacter { "middot", "·" },
    NamedCharacter { "lsquo", "‘" },
    NamedCharacter { "rsquo", "’" },
    NamedCharacter { "ldquo", "“" },
    NamedCharacter { "rdquo", "”" },
    NamedCharacter { "auml", "ä" },
    NamedCharacter { "ouml", "ö" },
    NamedCharacter { "uuml", "ü" },
    NamedCharacter { "Auml", "Ä" },
    NamedCharacter { "Ouml", "Ö" },
    NamedCharacter { "Uuml", "Ü" },
    NamedCharacter { "szlig", "ß" },
    NamedCharacter { "eacute", "é" },
    NamedCharacter { "zwnj", "" },
    NamedCharacter { "shy", "" },
};

void append_code_point(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

// The character reference at the start of `html` ("&amp;"): appends it and answers its length, or
// 0.
std::size_t append_reference(std::string_view html, std::string& out)
{
    auto const end = html.substr(0, 12).find(';');
    if (end == std::string_view::npos || end < 2) {
        return 0;
    }
    auto name = html.substr(1, end - 1);
    if (name.front() != '#') {
        auto const* const found = std::ranges::find(named_characters, name, &NamedCharacter::name);
        if (found == named_characters.end()) {
            return 0;
        }
        out += found->text;
        return end + 1;
    }
    name.remove_prefix(1);
    bool const is_hexadecimal = name.starts_with('x') || name.starts_with('X');
    name.remove_prefix(is_hexadecimal ? 1 : 0);
    std::uint32_t code = 0;
    auto const [rest, error] =
        std::from_chars(name.data(), name.data() + name.size(), code, is_hexadecimal ? 16 : 10);
    bool const is_character = error == std::errc {} && rest == name.data() + name.size() && code > 0
        && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    if (!is_character) {
        return 0;
    }
    append_code_point(out, code);
    return end + 1;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, name) != names.end();
}

class TextReader {
public:
    TextReader(std::string_view html, std::size_t bytes_max) : m_html(html), m_bytes_max(bytes_max)
    {
    }

    std::string read()
    {
        while (m_at < m_html.size() && m_out.size() < m_bytes_max) {
            if (m_html[m_at] == '<') {
                read_tag();
            } else {
                read_letter();
            }
        }
        auto text = clean_text(utf8_prefix(m_out, m_bytes_max));
        return std::string(text::trim(text));
    }

private:
    void read_letter()
    {
        auto const letter = m_html[m_at];
        if (letter == '&') {
            if (auto const length = append_reference(m_html.substr(m_at), m_out); length > 0) {
                m_at += length;
                return;
            }
        }
        ++m_at;
        bool const is_blank = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
        if (!is_blank) {
            m_out += letter;
        } else if (!m_out.empty() && m_out.back() != ' ' && m_out.back() != '\n') {
            m_out += ' ';
        }
    }

    void skip_past(std::string_view mark)
    {
        auto const end = m_html.find(mark, m_at);
        m_at = end == std::string_view::npos ? m_html.size() : end + mark.size();
    }

    void read_tag()
    {
        if (m_html.substr(m_at).starts_with("<!--")) {
            skip_past("-->");
            return;
        }
        // Once no tag ends any more, looking again for each "<" would cost the square of the
        // length.
        auto const end = m_has_tag_ends ? m_html.find('>', m_at) : std::string_view::npos;
        m_has_tag_ends = end != std::string_view::npos;
        auto const inside = m_html.substr(m_at + 1, std::min(end, m_html.size()) - m_at - 1);
        bool const is_tag = end != std::string_view::npos && !inside.empty()
            && (inside[0] == '/' || inside[0] == '!' || inside[0] == '?'
                || (inside[0] >= 'a' && inside[0] <= 'z')
                || (inside[0] >= 'A' && inside[0] <= 'Z'));
        if (!is_tag) {
            m_out += m_html[m_at++]; // A lone "<" is a character.
            return;
        }
        m_at = end + 1;
        auto const name =
            text::to_lower_ascii(inside.substr(0, inside.find_first_of(" \t\r\n/", 1)));
        follow_tag(name, inside);
    }

    void follow_tag(std::string_view name, std::string_view inside)
    {
        if (is_one_of(name, { "script", "style", "head", "title", "template" })) {
            skip_element(name);
        } else if (is_one_of(
                       name, { "br", "/div", "/tr", "/li", "div", "tr", "hr", "/dt", "/dd" })) {
            end_line(name == "br" ? 2 : 1);
        } else if (is_one_of(name,
                       { "p", "/p", "table", "/table", "ul", "/ul", "ol", "/ol", "blockquote", "h1",
                           "/h1", "h2", "/h2", "h3", "/h3", "h4", "/h4" })) {
            end_line(1);
            end_line(2);
        } else if (name == "li") {
            end_line(1);
            m_out += "- ";
        } else if (name == "td" || name == "th") {
            m_out += m_out.empty() || m_out.back() == '\n' || m_out.back() == ' ' ? "" : " ";
        } else if (name == "a") {
            m_link = link_of(inside);
            m_link_begin = m_out.size();
        } else if (name == "/a") {
            end_link();
        }
    }

    // Up to the closing tag, in whatever case it is written.
    void skip_element(std::string_view name)
    {
        while (m_at < m_html.size()) {
            skip_past("</");
            if (text::equals_ignoring_ascii_case(m_html.substr(m_at, name.size()), name)) {
                skip_past(">");
                return;
            }
        }
    }

    // At most `most` line ends in a row.
    void end_line(std::size_t most)
    {
        while (m_out.ends_with(' ')) {
            m_out.pop_back();
        }
        auto const text_end = m_out.find_last_not_of('\n');
        auto const ends =
            text_end == std::string::npos ? m_out.size() : m_out.size() - text_end - 1;
        if (!m_out.empty() && ends < most) {
            m_out += '\n';
        }
    }

    static std::string link_of(std::string_view inside)
    {
        auto const at = text::to_lower_ascii(inside).find("href=");
        if (at == std::string::npos) {
            return {};
        }
        auto value = inside.substr(at + 5);
        auto const quote = value.empty() ? '\0' : value.front();
        if (quote == '"' || quote == '\'') {
            value.remove_prefix(1);
            value = value.substr(0, value.find(quote));
        } else {
            value = value.substr(0, value.find_first_of(" \t\r\n"));
        }
        auto const lower = text::to_lower_ascii(value.substr(0, 8));
        bool const is_web = lower.starts_with("http://") || lower.starts_with("https://");
        return is_web && value.size() <= 2000 ? clean_line(value) : std::string {};
    }

    void end_link()
    {
        auto const begin = std::min(m_link_begin, m_out.size());
        if (!m_link.empty() && text::trim(std::string_view(m_out).substr(begin)) != m_link) {
            m_out += " <" + m_link + ">";
        }
        m_link.clear();
    }

    std::string_view m_html;
    std::size_t m_bytes_max;
    std::size_t m_at {};
    std::string m_out {};
    bool m_has_tag_ends { true };
    std::string m_link {};
    std::size_t m_link_begin {};
};

}

std::string html_to_text(std::string_view html, std::size_t bytes_max)
{
    return TextReader(html, bytes_max).read();
}

}
