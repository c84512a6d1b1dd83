#include "tools/tidy/source_file.h"

#include "core/text.h"

#include <algorithm>

namespace cashline::tidy {

namespace {

// Overwrites what is no code with blanks and leaves line ends and quotes where they are.
class Blanker {
public:
    explicit Blanker(std::string& text) : m_text(text) { }

    void run()
    {
        while (m_at < m_text.size()) {
            auto const rest = std::string_view { m_text }.substr(m_at);
            if (rest.starts_with("//")) {
                blank_to(m_text.find('\n', m_at));
            } else if (rest.starts_with("/*")) {
                auto const end = m_text.find("*/", m_at + 2);
                blank_to(end == std::string::npos ? end : end + 2);
            } else if (rest.starts_with("R\"") && !follows_word()) {
                blank_raw_string();
            } else if (rest.starts_with('"') || (rest.starts_with('\'') && !follows_word())) {
                blank_quoted(rest.front());
            } else {
                ++m_at;
            }
        }
    }

private:
    // A quote inside a number (1'000) is a separator.
    bool follows_word() const { return m_at > 0 && is_word(m_text[m_at - 1]); }

    void blank_to(std::size_t end)
    {
        end = std::min(end, m_text.size());
        for (; m_at < end; ++m_at) {
            m_text[m_at] = m_text[m_at] == '\n' ? '\n' : ' ';
        }
    }

    void blank_quoted(char quote)
    {
        ++m_at;
        auto end = m_at;
        while (end < m_text.size() && m_text[end] != quote && m_text[end] != '\n') {
            end += m_text[end] == '\\' ? 2 : 1;
        }
        blank_to(end);
        ++m_at;
    }

    void blank_raw_string()
    {
        auto const open = m_text.find('(', m_at);
        if (open == std::string::npos) {
            m_at = m_text.size();
            return;
        }
        auto const delimiter = ")" + m_text.substr(m_at + 2, open - m_at - 2) + "\"";
        m_at += 2;
        auto const close = m_text.find(delimiter, open);
        blank_to(close == std::string::npos ? close : close + delimiter.size() - 1);
        ++m_at;
    }

    std::string& m_text;
    std::size_t m_at {};
};

std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    for (auto const line : text::split(text, '\n')) {
        lines.emplace_back(line);
    }
    if (lines.back().empty()) {
        lines.pop_back(); // behind the last line end
    }
    return lines;
}

}

bool SourceFile::is_header() const { return path.ends_with(".h"); }

bool SourceFile::is_cpp() const { return is_header() || path.ends_with(".cpp"); }

bool SourceFile::is_web() const
{
    return path.ends_with(".ts") || path.ends_with(".tsx") || path.ends_with(".css");
}

bool SourceFile::is_test() const
{
    auto const stem = std::string_view { path }.substr(0, path.rfind('.'));
    return path.starts_with("tests/") || stem.ends_with("_test") || stem.ends_with("_law")
        || stem.ends_with("_testing");
}

SourceFile make_source_file(std::string path, std::string_view text)
{
    SourceFile file { .path = std::move(path), .lines = lines_of(text) };
    if (file.is_cpp()) {
        std::string code { text };
        Blanker { code }.run();
        file.code = lines_of(code);
    }
    return file;
}

bool is_word(char character)
{
    return character == '_' || (character >= '0' && character <= '9')
        || (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

bool has_word(std::string_view text, std::string_view word)
{
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        auto const end = at + word.size();
        if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    for (auto const word : text::split(text, ' ')) {
        if (!text::trim(word).empty()) {
            words.emplace_back(text::trim(word));
        }
    }
    return words;
}

bool lies_in(std::string_view path, std::string_view place)
{
    if (place == ".") {
        return true;
    }
    return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/');
}

}
