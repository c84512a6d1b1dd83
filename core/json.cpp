#include "core/json.h"

#include <algorithm>

namespace cashline::json {

namespace {

void append_escaped(std::string& out, char character)
{
    switch (character) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        break;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    auto const byte = static_cast<unsigned char>(character);
    out += "\\u00";
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

bool needs_escape(char character)
{
    return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

void append_string(std::string& out, std::string_view text)
{
    out += '"';
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const two_hyphens = text.substr(at).starts_with("--");
        if (!two_hyphens && !needs_escape(text[at])) {
            continue;
        }
        out += text.substr(done, at - done);
        append_escaped(out, text[at]);
        if (two_hyphens) {
            append_escaped(out, text[++at]);
        }
        done = at + 1;
    }
    out += text.substr(done);
    out += '"';
}

}

std::optional<std::int64_t> Value::as_integer() const
{
    auto const* const number = as_number();
    if (!number) {
        return {};
    }
    auto const value = number->to_scaled(0);
    if (!value) {
        return {};
    }
    return *value;
}

Value const* Value::find(std::string_view key) const
{
    auto const* const members = as_object();
    if (!members) {
        return nullptr;
    }
    auto const found = std::ranges::find(*members, key, &Member::first);
    return found == members->end() ? nullptr : &found->second;
}

std::string_view Value::text(std::string_view key, std::string_view fallback) const
{
    auto const* const value = find(key);
    auto const* const text = value ? value->as_string() : nullptr;
    return text ? std::string_view { *text } : fallback;
}

std::int64_t Value::integer(std::string_view key, std::int64_t fallback) const
{
    auto const* const value = find(key);
    return value ? value->as_integer().value_or(fallback) : fallback;
}

bool Value::flag(std::string_view key, bool fallback) const
{
    auto const* const value = find(key);
    auto const* const flag = value ? value->as_bool() : nullptr;
    return flag ? *flag : fallback;
}

Array const& Value::array(std::string_view key) const
{
    static Array const empty;
    auto const* const value = find(key);
    auto const* const array = value ? value->as_array() : nullptr;
    return array ? *array : empty;
}

Object const& Value::object(std::string_view key) const
{
    static Object const empty;
    auto const* const value = find(key);
    auto const* const object = value ? value->as_object() : nullptr;
    return object ? *object : empty;
}

void Value::set(std::string_view key, Value value)
{
    if (!is_object()) {
        m_value = Object {};
    }
    auto& members = *as_object();
    auto const found = std::ranges::find(members, key, &Member::first);
    if (found == members.end()) {
        members.emplace_back(std::string(key), std::move(value));
        return;
    }
    found->second = std::move(value);
}

std::string Value::to_string() const
{
    std::string out;
    Writer { out }.value(*this);
    return out;
}

void Writer::separate()
{
    if (m_needs_comma) {
        m_out += ',';
    }
    m_needs_comma = true;
}

Writer& Writer::begin_object()
{
    separate();
    m_out += '{';
    m_needs_comma = false;
    return *this;
}

Writer& Writer::end_object()
{
    m_out += '}';
    m_needs_comma = true;
    return *this;
}

Writer& Writer::begin_array()
{
    separate();
    m_out += '[';
    m_needs_comma = false;
    return *this;
}

Writer& Writer::end_array()
{
    m_out += ']';
    m_needs_comma = true;
    return *this;
}

Writer& Writer::key(std::string_view name)
{
    separate();
    append_string(m_out, name);
    m_out += ':';
    m_needs_comma = false;
    return *this;
}

Writer& Writer::string(std::string_view text)
{
    separate();
    append_string(m_out, text);
    return *this;
}

Writer& Writer::number(std::int64_t value)
{
    separate();
    m_out += std::to_string(value);
    return *this;
}

Writer& Writer::number(Decimal const& value)
{
    separate();
    m_out += value.to_string();
    return *this;
}

Writer& Writer::boolean(bool value)
{
    separate();
    m_out += value ? "true" : "false";
    return *this;
}

Writer& Writer::null()
{
    separate();
    m_out += "null";
    return *this;
}

Writer& Writer::value(Value const& value)
{
    if (auto const* const flag = value.as_bool()) {
        return boolean(*flag);
    }
    if (auto const* const decimal = value.as_number()) {
        return number(*decimal);
    }
    if (auto const* const text = value.as_string()) {
        return string(*text);
    }
    if (auto const* const elements = value.as_array()) {
        begin_array();
        for (auto const& element : *elements) {
            this->value(element);
        }
        return end_array();
    }
    if (auto const* const members = value.as_object()) {
        begin_object();
        for (auto const& [name, member] : *members) {
            key(name).value(member);
        }
        return end_object();
    }
    return null();
}

Writer& Writer::raw(std::string_view json)
{
    separate();
    m_out += json;
    return *this;
}

}
