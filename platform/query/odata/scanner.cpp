#include "platform/query/odata/scanner.h"

#include "core/text.h"

#include <fmt/format.h>

namespace cashline::odata {

namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_word_letter(char letter)
{
    return is_digit(letter) || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
        || letter == '_' || letter == '.' || letter == '@' || letter == '$';
}

// Dates, numbers and ids written bare run up to the next separator.
bool is_literal_letter(char letter)
{
    return is_word_letter(letter) || letter == '-' || letter == '+' || letter == ':';
}

constexpr std::size_t id_length = 36;

}

Refusal invalid_option(std::string text) { return invalid("InvalidQueryOption", std::move(text)); }

void Scanner::skip_blanks()
{
    while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t')) {
        ++m_at;
    }
}

bool Scanner::at_end()
{
    skip_blanks();
    return m_at == m_text.size();
}

char Scanner::peek() { return at_end() ? '\0' : m_text[m_at]; }

bool Scanner::take(char expected)
{
    if (peek() != expected) {
        return false;
    }
    ++m_at;
    return true;
}

Result<void> Scanner::expect(char expected)
{
    if (!take(expected)) {
        return refusal(fmt::format("'{}'", expected));
    }
    return {};
}

std::string_view Scanner::peek_word()
{
    skip_blanks();
    auto end = m_at;
    while (end < m_text.size() && is_word_letter(m_text[end])) {
        ++end;
    }
    return m_text.substr(m_at, end - m_at);
}

bool Scanner::take_word(std::string_view expected)
{
    if (peek_word() != expected) {
        return false;
    }
    m_at += expected.size();
    return true;
}

std::string_view Scanner::word()
{
    auto const found = peek_word();
    m_at += found.size();
    return found;
}

Refusal Scanner::refusal(std::string_view expected) const
{
    return invalid_option(
        fmt::format("Syntax error at position {} in '{}': {} expected.", m_at, m_text, expected));
}

Result<std::string> Scanner::quoted_text(char quote)
{
    TRY(expect(quote));
    std::string result;
    while (m_at < m_text.size()) {
        auto const letter = m_text[m_at++];
        if (letter != quote) {
            result += letter;
            continue;
        }
        if (m_at >= m_text.size() || m_text[m_at] != quote) {
            return result;
        }
        result += quote; // Doubled, it stands for itself.
        ++m_at;
    }
    return invalid_option(fmt::format("There is an unterminated string literal in '{}'.", m_text));
}

std::optional<Literal> Scanner::literal()
{
    skip_blanks();
    if (m_at < m_text.size() && m_text[m_at] == '\'') {
        auto const before = m_at;
        auto text = quoted_text('\'');
        if (!text) {
            m_at = before;
            return std::nullopt;
        }
        return Literal { Literal::Kind::text, std::move(*text) };
    }
    auto found = word_literal();
    return found ? found : shaped_literal();
}

std::optional<Literal> Scanner::word_literal()
{
    auto const found = peek_word();
    auto const kind = found == "null"         ? std::optional(Literal::Kind::null)
        : found == "true" || found == "false" ? std::optional(Literal::Kind::boolean)
                                              : std::nullopt;
    if (!kind) {
        return std::nullopt;
    }
    m_at += found.size();
    return Literal { *kind, std::string(found) };
}

// Ids, moments, days and numbers are told apart by their shape.
std::optional<Literal> Scanner::shaped_literal()
{
    auto end = m_at;
    while (end < m_text.size() && is_literal_letter(m_text[end])) {
        ++end;
    }
    auto const found = m_text.substr(m_at, end - m_at);
    auto const made = [&](Literal::Kind kind) {
        m_at = end;
        return Literal { kind, std::string(found) };
    };
    if (found.size() == id_length && Id::parse(found)) {
        return made(Literal::Kind::id);
    }
    if (found.empty() || (!is_digit(found[0]) && found[0] != '-')) {
        return std::nullopt;
    }
    if (found.size() > 10 && found[4] == '-' && found.contains('T')) {
        return made(Literal::Kind::moment);
    }
    if (found.size() == 10 && found[4] == '-') {
        return made(Literal::Kind::day);
    }
    return Decimal::parse(found) ? std::optional(made(Literal::Kind::number)) : std::nullopt;
}

std::string_view Scanner::until_any_of(std::string_view stops)
{
    auto const start = m_at;
    auto depth = 0;
    auto quote = '\0';
    for (; m_at < m_text.size(); ++m_at) {
        auto const letter = m_text[m_at];
        if (quote != '\0') {
            quote = letter == quote ? '\0' : quote;
            continue;
        }
        if (depth == 0 && stops.contains(letter)) {
            break;
        }
        if (letter == '\'' || letter == '"') {
            quote = letter;
        } else if (letter == '(' || letter == '[') {
            ++depth;
        } else if (letter == ')' || letter == ']') {
            --depth;
        }
    }
    return m_text.substr(start, m_at - start);
}

Result<std::string_view> Scanner::until_closing()
{
    auto const inside = until_any_of(")");
    TRY(expect(')'));
    return inside;
}

}
