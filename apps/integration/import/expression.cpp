#include "apps/integration/import/expression.h"

#include <cctype>

namespace cashline::integration {

namespace {

// sum := product (('+' | '-') product)* ; product := factor ('*' factor)* ;
// factor := number | name | '-' factor | '(' sum ')' | 'round' '(' sum ',' digits ')'
class Parser {
public:
    Parser(std::string_view text, FieldValue const& field) : m_text(text), m_field(field) { }

    Result<Decimal> whole()
    {
        auto const value = TRY(sum());
        skip_space();
        return m_at == m_text.size() ? Result<Decimal>(value) : malformed();
    }

private:
    void skip_space()
    {
        while (m_at < m_text.size() && m_text[m_at] == ' ') {
            ++m_at;
        }
    }

    bool take(char letter)
    {
        skip_space();
        if (m_at < m_text.size() && m_text[m_at] == letter) {
            ++m_at;
            return true;
        }
        return false;
    }

    Refusal malformed() const
    {
        return invalid("expression_malformed",
            "'" + std::string(m_text) + "' cannot be read at position " + std::to_string(m_at + 1)
                + ".");
    }

    Result<Decimal> sum()
    {
        auto value = TRY(product());
        for (;;) {
            if (take('+')) {
                value = TRY(value.plus(TRY(product())));
            } else if (take('-')) {
                value = TRY(value.minus(TRY(product())));
            } else {
                return value;
            }
        }
    }

    Result<Decimal> product()
    {
        auto value = TRY(factor());
        while (take('*')) {
            value = TRY(value.times(TRY(factor())));
        }
        return value;
    }

    Result<Decimal> factor()
    {
        if (take('-')) {
            return TRY(factor()).negated();
        }
        if (take('(')) {
            auto const value = TRY(sum());
            return take(')') ? Result<Decimal>(value) : malformed();
        }
        auto const word = next_word();
        if (word.empty()) {
            return malformed();
        }
        if (word == "round") {
            return rounded();
        }
        if (auto const number = Decimal::parse(word)) {
            return *number;
        }
        return of_field(word);
    }

    Result<Decimal> rounded()
    {
        if (!take('(')) {
            return malformed();
        }
        auto const value = TRY(sum());
        auto const digits = take(',') ? Decimal::parse(next_word()) : std::nullopt;
        if (!digits || !take(')')) {
            return malformed();
        }
        return value.rounded(
            static_cast<std::uint8_t>(TRY(digits->to_scaled(0))), Rounding::half_away);
    }

    Result<Decimal> of_field(std::string_view name)
    {
        auto const text = TRY(m_field(name));
        if (text.empty()) {
            return Decimal {};
        }
        auto const number = Decimal::parse(text);
        if (!number) {
            return invalid(
                "import_bad_value", std::string(name) + ": '" + text + "' is not a number.", name);
        }
        return *number;
    }

    std::string_view next_word()
    {
        skip_space();
        auto const start = m_at;
        while (m_at < m_text.size()
            && (std::isalnum(static_cast<unsigned char>(m_text[m_at])) || m_text[m_at] == '_'
                || m_text[m_at] == '.')) {
            ++m_at;
        }
        return m_text.substr(start, m_at - start);
    }

    std::string_view m_text;
    FieldValue const& m_field;
    std::size_t m_at {};
};

}

Result<Decimal> evaluate(std::string_view expression, FieldValue const& field)
{
    return Parser(expression, field).whole();
}

}
