#include "core/json.h"
#include "core/text.h"

#include <simdjson.h>

#include <algorithm>

namespace cashline::json {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr int depth_max = 64;

Refusal too_deep()
{
    return invalid("json_too_deep", "JSON may be nested 64 levels deep at most.");
}

// Numbers as RFC 8259 writes them; the library reads them as double, which we never use.
bool is_json_number(std::string_view token)
{
    auto const is_digit = [](char character) { return character >= '0' && character <= '9'; };
    auto const skip_digits = [&] {
        auto const count =
            static_cast<std::size_t>(std::ranges::find_if_not(token, is_digit) - token.begin());
        token.remove_prefix(count);
        return count;
    };
    if (token.starts_with('-')) {
        token.remove_prefix(1);
    }
    auto const leading_zero = token.starts_with('0');
    auto const whole_digits = skip_digits();
    if (whole_digits == 0 || (leading_zero && whole_digits > 1)) {
        return false;
    }
    if (token.starts_with('.')) {
        token.remove_prefix(1);
        if (skip_digits() == 0) {
            return false;
        }
    }
    if (token.starts_with('e') || token.starts_with('E')) {
        token.remove_prefix(1);
        if (token.starts_with('-') || token.starts_with('+')) {
            token.remove_prefix(1);
        }
        if (skip_digits() == 0) {
            return false;
        }
    }
    return token.empty();
}

// Walks one document. The walk visits every value, which is what makes the library check all of it.
class Reader {
public:
    explicit Reader(ondemand::document& document, char const* start)
        : m_document(document)
        , m_start(start)
    {
    }

    Result<Value> read(ondemand::value value, int depth);
    Refusal malformed();
    bool is_at_end();

private:
    Result<Value> read_array(ondemand::array, int depth);
    Result<Value> read_object(ondemand::object, int depth);
    Result<Value> read_string(ondemand::value&);
    Result<Value> read_scalar(ondemand::value&);

    ondemand::document& m_document;
    char const* m_start;
};

Refusal Reader::malformed()
{
    char const* location {};
    std::string text = "The body is not valid JSON";
    // One bracket of ours stands before the text.
    if (m_document.current_location().get(location) == simdjson::SUCCESS && location > m_start) {
        text += " near byte " + std::to_string(location - m_start - 1);
    }
    return invalid("json_malformed", text + ".");
}

bool Reader::is_at_end()
{
    return m_document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

Result<Value> Reader::read(ondemand::value value, int depth)
{
    ondemand::json_type type {};
    if (value.type().get(type) != simdjson::SUCCESS) {
        return malformed();
    }
    switch (type) {
    case ondemand::json_type::array: {
        ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) {
            return malformed();
        }
        return read_array(array, depth + 1);
    }
    case ondemand::json_type::object: {
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return malformed();
        }
        return read_object(object, depth + 1);
    }
    case ondemand::json_type::string:
        return read_string(value);
    case ondemand::json_type::number:
    case ondemand::json_type::boolean:
    case ondemand::json_type::null:
        return read_scalar(value);
    }
    return malformed();
}

Result<Value> Reader::read_array(ondemand::array array, int depth)
{
    if (depth > depth_max) {
        return too_deep();
    }
    Array result;
    for (auto element : array) {
        ondemand::value value;
        if (element.get(value) != simdjson::SUCCESS) {
            return malformed();
        }
        result.push_back(TRY(read(value, depth)));
    }
    return Value { std::move(result) };
}

// The name of a member that an object has twice.
std::optional<std::string> repeated_key(Object const& object)
{
    std::vector<std::string_view> keys;
    keys.reserve(object.size());
    for (auto const& [key, value] : object) {
        keys.push_back(key);
    }
    std::ranges::sort(keys);
    auto const found = std::ranges::adjacent_find(keys);
    if (found == keys.end()) {
        return {};
    }
    return std::string(*found);
}

Result<Value> Reader::read_object(ondemand::object object, int depth)
{
    if (depth > depth_max) {
        return too_deep();
    }
    Object result;
    for (auto member : object) {
        std::string_view key;
        ondemand::field field;
        if (std::move(member).get(field) != simdjson::SUCCESS
            || field.unescaped_key().get(key) != simdjson::SUCCESS) {
            return malformed();
        }
        std::string name { key }; // the library's copy moves on with the walk
        result.emplace_back(std::move(name), TRY(read(field.value(), depth)));
    }
    if (auto const key = repeated_key(result)) {
        return invalid(
            "json_duplicate_key", "The member \"" + *key + "\" stands in an object twice.");
    }
    return Value { std::move(result) };
}

Result<Value> Reader::read_string(ondemand::value& value)
{
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) {
        return malformed();
    }
    // Half a surrogate pair, written as an escape, comes through as bytes that are no UTF-8.
    if (text.contains('\xed') && !text::is_valid_utf8(text)) {
        return malformed();
    }
    return Value { text };
}

Result<Value> Reader::read_scalar(ondemand::value& value)
{
    auto token = value.raw_json_token();
    token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
    if (token == "null") {
        return Value {};
    }
    if (token == "true" || token == "false") {
        return Value { token == "true" };
    }
    if (!is_json_number(token)) {
        return malformed();
    }
    auto const number = Decimal::parse(token);
    if (!number) {
        return invalid("json_number_out_of_range",
            "Numbers may have 38 digits at most, 28 of them behind the point.");
    }
    return Value { *number };
}

}

Result<Value> parse(std::string_view text)
{
    thread_local ondemand::parser parser;
    // Inside brackets of our own a single number or string takes the same way as everything else.
    simdjson::padded_string padded { text.size() + 2 };
    padded.data()[0] = '[';
    text.copy(padded.data() + 1, text.size());
    padded.data()[text.size() + 1] = ']';

    ondemand::document document;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) {
        return invalid("json_malformed", "The body is not valid JSON.");
    }
    Reader reader { document, padded.data() };
    ondemand::array roots;
    if (document.get_array().get(roots) != simdjson::SUCCESS) {
        return reader.malformed();
    }
    std::optional<Value> result;
    for (auto element : roots) {
        ondemand::value value;
        if (result || element.get(value) != simdjson::SUCCESS) {
            return reader.malformed();
        }
        result = TRY(reader.read(value, 0));
    }
    if (!result || !reader.is_at_end()) {
        return reader.malformed();
    }
    return std::move(*result);
}

}
