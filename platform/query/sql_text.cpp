#include "platform/query/sql_text.h"

namespace cashline {

void append_quoted(std::string& out, std::string_view name)
{
    out += '"';
    for (auto quote = name.find('"'); quote != std::string_view::npos; quote = name.find('"')) {
        out.append(name.substr(0, quote + 1)) += '"';
        name.remove_prefix(quote + 1);
    }
    out.append(name) += '"';
}

std::string quoted(std::string_view name)
{
    std::string result;
    append_quoted(result, name);
    return result;
}

std::string column_of(std::string_view alias, std::string_view name)
{
    std::string result;
    result.reserve(alias.size() + name.size() + 3);
    result.append(alias) += '.';
    append_quoted(result, name);
    return result;
}

std::string joined(std::vector<std::string> const& parts, std::string_view separator)
{
    std::string result;
    for (auto const& part : parts) {
        if (&part != &parts.front()) {
            result += separator;
        }
        result += part;
    }
    return result;
}

std::string Parameters::placeholder(SqlValue value)
{
    m_values.push_back(value);
    return "?" + std::to_string(m_values.size());
}

std::string Parameters::add(std::int64_t number) { return placeholder(number); }

std::string Parameters::add(Id id) { return placeholder(id); }

std::string Parameters::add(std::string text)
{
    m_texts.push_back(std::move(text));
    return placeholder(std::string_view(m_texts.back()));
}

std::string Parameters::add_all(std::vector<Id> const& ids)
{
    std::string result;
    for (auto const& id : ids) {
        result += result.empty() ? "" : ", ";
        result += add(id);
    }
    return result;
}

}
