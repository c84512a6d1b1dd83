// Reads one option's text from left to right: names, literals and punctuation.
#pragma once

#include "core/result.h"
#include "platform/metadata/schema.h"

namespace cashline::odata {

// A literal as written; which value it is depends on the column it is compared with.
struct Literal {
    enum class Kind : std::uint8_t { null, boolean, number, text, id, moment, day };

    Kind kind {};
    std::string text {}; // as written, quotes resolved
};

Refusal invalid_option(std::string text);

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) { }

    bool at_end();
    std::size_t position() const { return m_at; }
    char peek(); // the next character after blanks, 0 at the end
    bool take(char expected);
    Result<void> expect(char expected);
    std::string_view peek_word(); // letters, digits, _ and dots
    bool take_word(std::string_view word); // exactly this one
    std::string_view word();
    std::optional<Literal> literal(); // empty when none stands here; the place stays then
    Result<std::string> quoted_text(char quote);
    // Everything up to the closing bracket of the one that was just taken.
    Result<std::string_view> until_closing();
    // Up to one of these characters outside brackets and quotes.
    std::string_view until_any_of(std::string_view stops);
    Refusal refusal(std::string_view expected) const;

private:
    void skip_blanks();
    std::optional<Literal> word_literal();
    std::optional<Literal> shaped_literal();

    std::string_view m_text;
    std::size_t m_at {};
};

// The literal as the column's kind of value; refused when it does not fit.
Result<Value> value_of(Column const&, Literal const&);

}
