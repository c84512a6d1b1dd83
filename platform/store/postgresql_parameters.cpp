#include "platform/store/postgresql_parameters.h"

#include <algorithm>
#include <charconv>

namespace cashline {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name(char c)
{
    return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t after(std::string_view sql, std::string_view mark, std::size_t from)
{
    auto const found = sql.find(mark, from);
    return found == std::string_view::npos ? sql.size() : found + mark.size();
}

// A doubled quote ends one piece and begins the next, which comes to the same.
std::size_t after_quoted(std::string_view sql, std::size_t begin, bool backslashes)
{
    auto const quote = sql[begin];
    for (auto at = begin + 1; at < sql.size(); ++at) {
        if (backslashes && sql[at] == '\\') {
            ++at;
        } else if (sql[at] == quote) {
            return at + 1;
        }
    }
    return sql.size();
}

// PostgreSQL's block comments nest.
std::size_t after_comment(std::string_view sql, std::size_t begin)
{
    int depth = 0;
    auto at = begin;
    while (at < sql.size()) {
        auto const two = sql.substr(at, 2);
        if (two == "/*") {
            ++depth;
            at += 2;
        } else if (two == "*/") {
            --depth;
            at += 2;
        } else {
            ++at;
        }
        if (depth == 0) {
            return at;
        }
    }
    return sql.size();
}

// $tag$ … $tag$, or just the dollar.
std::size_t after_dollar(std::string_view sql, std::size_t begin)
{
    auto end = begin + 1;
    while (end < sql.size() && is_name(sql[end])) {
        ++end;
    }
    bool const is_number = end > begin + 1 && is_digit(sql[begin + 1]);
    if (end == sql.size() || sql[end] != '$' || is_number) {
        return begin + 1;
    }
    return after(sql, sql.substr(begin, end + 1 - begin), end + 1);
}

// The end of the token at `at` that must be copied as it stands.
std::size_t after_opaque(std::string_view sql, std::size_t at)
{
    auto const two = sql.substr(at, 2);
    switch (sql[at]) {
    case '\'':
    case '"': {
        bool const is_escape_text = sql[at] == '\'' && at > 0
            && (sql[at - 1] == 'E' || sql[at - 1] == 'e') && (at < 2 || !is_name(sql[at - 2]));
        return after_quoted(sql, at, is_escape_text);
    }
    case '-':
        return two == "--" ? after(sql, "\n", at) : at + 1;
    case '/':
        return two == "/*" ? after_comment(sql, at) : at + 1;
    case '$':
        return at > 0 && is_name(sql[at - 1]) ? at + 1 : after_dollar(sql, at);
    default:
        return at + 1;
    }
}

}

DollarStatement with_dollar_parameters(std::string_view sql)
{
    DollarStatement out;
    out.sql.reserve(sql.size());
    std::size_t at = 0;
    while (at < sql.size()) {
        if (sql[at] == '?' && at + 1 < sql.size() && is_digit(sql[at + 1])) {
            std::size_t number = 0;
            std::from_chars(sql.data() + at + 1, sql.data() + sql.size(), number);
            out.parameters = std::max(out.parameters, number);
            out.sql += '$';
            ++at;
            continue;
        }
        auto const end = after_opaque(sql, at);
        out.sql += sql.substr(at, end - at);
        at = end;
    }
    return out;
}

}
