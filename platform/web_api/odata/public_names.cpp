#include "platform/web_api/odata/public_names.h"

#include "core/text.h"
#include "platform/query/json/public_values.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/literal.h"

#include <algorithm>
#include <cctype>

namespace cashline::odata {

namespace {

bool is_word_letter(char letter)
{
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '.';
}

Option const* member_named(Column const& column, std::string_view name)
{
    auto const found = std::ranges::find_if(
        column.options, [&](Option const& option) { return public_member_name(option) == name; });
    return found == column.options.end() ? nullptr : &*found;
}

std::string members_of(Column const& column)
{
    std::string names;
    for (auto const& option : column.options) {
        names += (names.empty() ? "" : ", ") + public_member_name(option);
    }
    return names;
}

// SalesStatus'Invoiced' → 3, NoYes'Yes' → true.
Result<std::string> enumeration_literal(Column const* column, std::string_view member)
{
    if (column && column->type == ColumnType::yes_no && (member == "Yes" || member == "No")) {
        return std::string(member == "Yes" ? "true" : "false");
    }
    auto const* option = column && column->is_choice() ? member_named(*column, member) : nullptr;
    if (!option) {
        return invalid("InvalidQueryOption",
            "'" + std::string(member) + "' is not a member of that enumeration."
                + (column && column->is_choice() ? " There are: " + members_of(*column) + "."
                                                 : ""));
    }
    return std::to_string(option->value);
}

// "eq '*abc*'" behind a column: which function it means, and the text without its stars.
struct Wildcard {
    std::string_view function {};
    std::string_view text {};
};

std::optional<Wildcard> wildcard_of(std::string_view quoted)
{
    auto inner = quoted.substr(1, quoted.size() - 2);
    auto const is_open_left = inner.starts_with('*');
    auto const is_open_right = inner.size() > 1 && inner.ends_with('*');
    if (!is_open_left && !is_open_right) {
        return std::nullopt;
    }
    inner.remove_prefix(is_open_left ? 1 : 0);
    inner.remove_suffix(is_open_right ? 1 : 0);
    return Wildcard { is_open_left && is_open_right ? "contains"
            : is_open_left                          ? "endswith"
                                                    : "startswith",
        inner };
}

class Translator {
public:
    Translator(Table const& table, std::string_view text) : m_table(table), m_text(text) { }

    Result<std::string> run()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] == '\'') {
                m_out += TRY(quoted());
            } else if (is_word_letter(m_text[m_at])) {
                TRY(word());
            } else {
                m_out += m_text[m_at++];
            }
        }
        return std::move(m_out);
    }

private:
    Result<std::string_view> quoted()
    {
        auto const end = end_of_quoted(m_text, m_at);
        if (end == std::string_view::npos) {
            return invalid("InvalidQueryOption", "A quote is not closed.");
        }
        auto const text = m_text.substr(m_at, end - m_at);
        m_at = end;
        return text;
    }

    Result<void> word()
    {
        auto const start = m_at;
        while (m_at < m_text.size() && is_word_letter(m_text[m_at])) {
            ++m_at;
        }
        auto const name = m_text.substr(start, m_at - start);
        if (m_at < m_text.size() && m_text[m_at] == '\'' && name.contains('.')) {
            auto const member = TRY(quoted());
            m_out += TRY(enumeration_literal(m_column, member.substr(1, member.size() - 2)));
            return {};
        }
        auto const* column = find_public(m_table, name);
        if (!column) {
            m_out += name;
            return {};
        }
        m_column = column;
        return column->is_text() ? text_column() : put(column->name);
    }

    Result<void> text_column()
    {
        auto const start = m_at;
        constexpr std::string_view equals = " eq '";
        if (m_text.substr(m_at).starts_with(equals)) {
            m_at += equals.size() - 1;
            auto const text = TRY(quoted());
            if (auto const wildcard = wildcard_of(text)) {
                return put(std::string(wildcard->function) + "(" + m_column->name + ",'"
                    + std::string(wildcard->text) + "')");
            }
            m_at = start;
        }
        return put(m_column->name);
    }

    Result<void> put(std::string const& text)
    {
        m_out += text;
        return {};
    }

    Table const& m_table;
    std::string_view m_text;
    std::size_t m_at {};
    std::string m_out {};
    Column const* m_column {}; // the one named last: enumeration members are its own
};

Result<json::Value> translate_value(Column const& column, json::Value const& value)
{
    auto const* text = value.as_string();
    if (!text) {
        return value;
    }
    if (column.type == ColumnType::yes_no && (*text == "Yes" || *text == "No")) {
        return json::Value(*text == "Yes");
    }
    auto const is_date = column.type == ColumnType::date || column.type == ColumnType::date_time;
    if (is_date && (text->empty() || text->starts_with(blank_date))) {
        return json::Value {};
    }
    if (column.type == ColumnType::date) {
        return json::Value(text->substr(0, text->find('T')));
    }
    if (!column.is_choice()) {
        return value;
    }
    auto const* option = member_named(column, *text);
    if (!option) {
        return bad_payload("'" + *text + "' is not a member of " + column.schema_name
                + ". There are: " + members_of(column) + ".",
            column.schema_name);
    }
    return json::Value(option->value);
}

}

Column const* find_public(Table const& table, std::string_view name)
{
    auto const* column = table.find(text::to_lower_ascii(name));
    return column && column->schema_name == name ? column : nullptr;
}

Result<std::string> translate_expression(Table const& table, std::string_view text)
{
    return Translator(table, text).run();
}

Result<json::Value> translate_body(Table const& table, json::Value const& body)
{
    auto const* members = body.as_object();
    if (!members) {
        return body;
    }
    json::Object translated;
    for (auto const& [name, value] : *members) {
        auto const* column = find_public(table, name);
        translated.emplace_back(
            column ? column->name : name, column ? TRY(translate_value(*column, value)) : value);
    }
    return json::Value(std::move(translated));
}

}
