#include "platform/web_api/workspace/client_view.h"

#include "platform/web_api/odata/context_url.h"
#include "platform/web_api/odata/literal.h"
#include "platform/web_api/odata/path.h"

#include <algorithm>
#include <cctype>

namespace cashline::workspace {

namespace {

bool is_word_character(char character)
{
    auto const byte = static_cast<unsigned char>(character);
    return std::isalnum(byte) != 0 || character == '_' || character == '@' || character == '.'
        || character == '/';
}

struct Token {
    std::string text {};
    bool is_word {};
};

std::vector<Token> tokens_of(std::string_view text)
{
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        auto end = at + 1;
        auto const is_word = is_word_character(text[at]);
        if (text[at] == '\'') {
            end = std::min(odata::end_of_quoted(text, at), text.size());
        } else if (is_word) {
            while (end < text.size() && is_word_character(text[end])) {
                ++end;
            }
        }
        tokens.push_back({ std::string(text.substr(at, end - at)), is_word });
        at = end;
    }
    return tokens;
}

std::string property_text(Table const& table, std::string const& word)
{
    auto const* column = table.find(word);
    return column && column->is_lookup() ? odata::property_name(*column) : word;
}

// "ownerid eq @me" has a function of its own.
std::string function_of(std::string_view operation, std::string_view marker)
{
    auto const is_equal = operation == "eq";
    if (marker == "@me") {
        return is_equal ? "EqualUserId" : "NotEqualUserId";
    }
    if (marker == "@my_unit") {
        return is_equal ? "EqualBusinessId" : "NotEqualBusinessId";
    }
    return marker == "@my_teams" && is_equal ? "EqualUserTeams" : "";
}

// Words and the blanks between them: column, blank, operator, blank, marker.
std::string marked_condition(std::vector<Token> const& tokens, std::size_t at)
{
    if (at + 4 >= tokens.size() || !tokens[at + 4].text.starts_with('@')) {
        return {};
    }
    auto const function = function_of(tokens[at + 2].text, tokens[at + 4].text);
    return function.empty() ? function
                            : std::string(odata::type_namespace) + function + "(PropertyName='"
            + tokens[at].text + "')";
}

}

std::string client_filter(Table const& table, std::string_view written, Reader const& reader)
{
    auto const tokens = tokens_of(written);
    std::string filter;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (auto const function = marked_condition(tokens, at); !function.empty()) {
            filter += function;
            at += 4;
        } else if (tokens[at].text == "@today") {
            filter += reader.today().to_string();
        } else {
            filter += tokens[at].is_word ? property_text(table, tokens[at].text) : tokens[at].text;
        }
    }
    return filter;
}

std::string client_order(Table const& table, std::string_view written)
{
    std::string order;
    for (auto const& token : tokens_of(written)) {
        order += token.is_word ? property_text(table, token.text) : token.text;
    }
    return order;
}

}
