#include "platform/query/sql_text.h"

namespace cashline {

std::string quoted(std::string_view name)
{
    std::string result;
    result.reserve(name.size() + 2);
    result += '"';
    for (auto const letter : name) {
        result += letter;
        if (letter == '"') {
            result += letter;
        }
    }
    result += '"';
    return result;
}

std::string column_of(std::string_view alias, std::string_view name)
{
    std::string result { alias };
    result += '.';
    result += quoted(name);
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
