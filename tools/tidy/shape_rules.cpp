#include "core/text.h"
#include "tools/tidy/rules.h"

#include <algorithm>

namespace cashline::tidy {

namespace {

constexpr std::size_t file_lines_max = 600;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t columns_max = 100;
constexpr std::size_t parameters_max = 4;

// Behind template<...>, whose parameters say nothing about what follows.
std::size_t behind_template(std::string_view head)
{
    auto at = head.find_first_not_of(' ');
    if (at == std::string_view::npos || !head.substr(at).starts_with("template")) {
        return 0;
    }
    int depth = 0;
    for (at = head.find('<', at); at < head.size(); ++at) {
        depth += head[at] == '<' ? 1 : head[at] == '>' ? -1 : 0;
        if (depth == 0) {
            return at + 1;
        }
    }
    return 0;
}

// Where the parameter list of a function's head opens, if this is the head of a function.
std::optional<std::size_t> parameters_of(std::string_view head)
{
    auto const start = behind_template(head);
    auto const open = head.find('(', start);
    auto const name = head.substr(start, open - start);
    for (auto const* const word : { "namespace", "class", "struct", "union", "enum" }) {
        if (has_word(name, word)) {
            return {};
        }
    }
    auto const assigned = head.find('=', start);
    auto const is_operator = has_word(name, "operator");
    if (open == std::string_view::npos || (assigned < open && !is_operator)) {
        return {};
    }
    if (is_operator && head.substr(open).starts_with("()(")) {
        return open + 2;
    }
    return open;
}

// Commas outside of inner brackets, up to the bracket that closes the list.
std::size_t count_parameters(std::string_view list)
{
    int depth = 0;
    std::size_t commas = 0;
    auto empty = true;
    for (std::size_t at = 0; at < list.size(); ++at) {
        auto const character = list[at];
        if (std::string_view { "([{<" }.contains(character)) {
            ++depth;
            continue;
        }
        if (std::string_view { ")]}>" }.contains(character)) {
            if (--depth == 0) {
                break;
            }
            continue;
        }
        commas += character == ',' && depth == 1 ? 1 : 0;
        empty = empty && character == ' ';
    }
    return empty ? 0 : commas + 1;
}

// Follows the braces of a file. A function is a block whose head has a parameter list and that is
// not itself inside a function; what its head looks like exactly is left to the compiler.
class FunctionWalk {
public:
    FunctionWalk(SourceFile const& file, Findings& findings)
        : m_file(file)
        , m_findings(findings) { }

    void run()
    {
        for (m_line = 0; m_line < m_file.code.size(); ++m_line) {
            auto const& code = m_file.code[m_line];
            auto const is_directive = m_in_directive || text::trim(code).starts_with('#');
            m_in_directive = is_directive && code.ends_with('\\');
            if (is_directive) {
                continue;
            }
            for (auto const character : code) {
                see(character);
            }
            m_head += ' ';
        }
    }

private:
    void see(char character)
    {
        if (character == '{') {
            open();
        } else if (character == '}') {
            close();
        } else if (character == ';' && m_function_depth == 0 && m_round_depth == 0) {
            m_head.clear();
        } else {
            m_round_depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            m_head += character;
        }
    }

    void open()
    {
        ++m_depth;
        auto const parameters = parameters_of(m_head);
        if (m_function_depth == 0 && m_round_depth == 0 && parameters) {
            m_function_depth = m_depth;
            m_function_line = m_line;
            auto const count = count_parameters(std::string_view { m_head }.substr(*parameters));
            // An override has the shape its base, perhaps a library's, gave it.
            auto const is_override = text::trim(m_head).ends_with("override");
            if (count > parameters_max && !is_override) {
                report(m_line,
                    "a function with " + std::to_string(count)
                        + " parameters, at most 4: make them a struct");
            }
        }
        if (m_round_depth == 0) {
            m_head.clear();
        }
    }

    void close()
    {
        if (m_depth == m_function_depth) {
            auto const length = m_line - m_function_line + 1;
            if (length > function_lines_max) {
                report(m_function_line,
                    "a function of " + std::to_string(length) + " lines, at most 70");
            }
            m_function_depth = 0;
        }
        --m_depth;
        if (m_round_depth == 0) {
            m_head.clear();
        }
    }

    void report(std::size_t line, std::string text)
    {
        m_findings.push_back({ m_file.path, line + 1, std::move(text) });
    }

    SourceFile const& m_file;
    Findings& m_findings;
    std::string m_head {}; // the code since the last statement or block
    std::size_t m_line {};
    std::size_t m_function_line {};
    int m_depth {};
    int m_function_depth {}; // of the function's own block; 0 outside
    int m_round_depth {};
    bool m_in_directive {};
};

std::size_t columns_of(std::string_view line)
{
    return static_cast<std::size_t>(std::ranges::count_if(line,
        [](char character) { return (static_cast<unsigned char>(character) & 0xc0) != 0x80; }));
}

// Work left open names its issue, so that it is not forgotten.
bool is_open_work_without_issue(std::string_view line)
{
    for (auto const* const word : { "TO"
                                    "DO",
             "FIX"
             "ME" }) {
        auto const at = line.find(word);
        if (at == std::string_view::npos || !has_word(line, word)) {
            continue;
        }
        auto const hash = line.find('#', at);
        return hash == std::string_view::npos || hash + 1 >= line.size() || line[hash + 1] < '0'
            || line[hash + 1] > '9';
    }
    return false;
}

}

void check_shape(SourceFile const& file, Findings& findings)
{
    if (file.lines.size() > file_lines_max) {
        findings.push_back({ file.path, file.lines.size(),
            "a file of " + std::to_string(file.lines.size()) + " lines, at most 600" });
    }
    for (std::size_t line = 0; line < file.lines.size(); ++line) {
        if (file.is_cpp() && columns_of(file.lines[line]) > columns_max) {
            findings.push_back({ file.path, line + 1, "a line of more than 100 columns" });
        }
        if (is_open_work_without_issue(file.lines[line])) {
            findings.push_back({ file.path, line + 1, "open work needs the number of its issue" });
        }
    }
    if (file.is_header() && std::ranges::find(file.code, "#pragma once") == file.code.end()) {
        findings.push_back({ file.path, 1, "a header without #pragma once" });
    }
    if (file.is_cpp()) {
        FunctionWalk { file, findings }.run();
    }
}

}
