#include "platform/web_api/odata/literal.h"

#include "core/id.h"
#include "core/text.h"
#include "core/time.h"

#include <algorithm>
#include <cctype>

namespace cashline::odata {

namespace {

Refusal not_a_value(std::string_view text)
{
    return invalid("InvalidQueryOption",
        "'" + std::string(text) + "' is not a value: text stands in single quotes.");
}

std::string unquoted(std::string_view quoted)
{
    std::string result;
    for (std::size_t at = 1; at + 1 < quoted.size(); ++at) {
        result += quoted[at];
        if (quoted[at] == '\'') {
            ++at;
        }
    }
    return result;
}

// The string in single quotes that begins at `at`, written with double quotes; moves `at` behind
// it.
std::string double_quoted(std::string_view text, std::size_t& at)
{
    std::string result = "\"";
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) {
            auto const next = text[++at];
            result += next == '\'' ? std::string(1, next) : std::string { '\\', next };
        } else if (text[at] == '\'' && at + 1 < text.size() && text[at + 1] == '\'') {
            result += text[at++];
        } else if (text[at] == '\'') {
            break;
        } else if (text[at] == '"') {
            result += "\\\"";
        } else {
            result += text[at];
        }
    }
    return result + '"';
}

std::string as_json(std::string_view text)
{
    std::string result;
    auto is_quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\'' && !is_quoted) {
            result += double_quoted(text, at);
            continue;
        }
        if (is_quoted && text[at] == '\\' && at + 1 < text.size()) {
            result += text[at++];
        } else if (text[at] == '"') {
            is_quoted = !is_quoted;
        }
        result += text[at];
    }
    return result;
}

bool is_type_name(std::string_view text)
{
    return text.contains('.') && std::ranges::all_of(text, [](unsigned char character) {
        return std::isalnum(character) != 0 || character == '.' || character == '_';
    });
}

}

std::size_t end_of_quoted(std::string_view text, std::size_t start)
{
    for (auto at = start + 1; at < text.size(); ++at) {
        if (text[at] != '\'') {
            continue;
        }
        if (at + 1 < text.size() && text[at + 1] == '\'') {
            ++at;
            continue;
        }
        return at + 1;
    }
    return std::string_view::npos;
}

Result<json::Value> parse_literal(std::string_view text)
{
    text = text::trim(text);
    if (text.empty()) {
        return not_a_value(text);
    }
    if (text.front() == '\'') {
        if (end_of_quoted(text, 0) != text.size()) {
            return not_a_value(text);
        }
        return json::Value(unquoted(text));
    }
    if (text.front() == '{' || text.front() == '[') {
        auto value = json::parse(as_json(text));
        return value ? std::move(value) : not_a_value(text);
    }
    if (text == "true" || text == "false") {
        return json::Value(text == "true");
    }
    if (text == "null") {
        return json::Value {};
    }
    if (Id::parse(text) || Date::parse(text) || Timestamp::parse(text)) {
        return json::Value(text);
    }
    if (auto const number = Decimal::parse(text)) {
        return json::Value(*number);
    }
    auto const quote = text.find('\'');
    if (quote != std::string_view::npos && is_type_name(text.substr(0, quote))
        && end_of_quoted(text, quote) == text.size()) {
        return json::Value(unquoted(text.substr(quote)));
    }
    return not_a_value(text);
}

}
