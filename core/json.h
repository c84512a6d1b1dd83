// JSON with exact numbers. Reading goes through simdjson (one .cpp) into json::Value, whose numbers
// keep their decimal text value; writing streams straight into a string. Depth is capped at 64,
// duplicate keys in one object and anything after the root are refused.
#pragma once

#include "core/decimal.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cashline::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>; // insertion order

class Value {
public:
    Value() = default; // null
    Value(std::nullptr_t) { }
    Value(bool value) : m_value(value) { }
    Value(Decimal value) : m_value(value) { }
    Value(std::int64_t value) : m_value(Decimal::from(value)) { }
    Value(int value) : m_value(Decimal::from(value)) { }
    Value(std::string value) : m_value(std::move(value)) { }
    Value(std::string_view value) : m_value(std::string(value)) { }
    Value(char const* value) : m_value(std::string(value)) { }
    Value(Array value) : m_value(std::move(value)) { }
    Value(Object value) : m_value(std::move(value)) { }

    bool is_null() const { return std::holds_alternative<std::monostate>(m_value); }
    bool is_bool() const { return std::holds_alternative<bool>(m_value); }
    bool is_number() const { return std::holds_alternative<Decimal>(m_value); }
    bool is_string() const { return std::holds_alternative<std::string>(m_value); }
    bool is_array() const { return std::holds_alternative<Array>(m_value); }
    bool is_object() const { return std::holds_alternative<Object>(m_value); }

    // Null pointers when the value is of another kind.
    bool const* as_bool() const { return std::get_if<bool>(&m_value); }
    Decimal const* as_number() const { return std::get_if<Decimal>(&m_value); }
    std::string const* as_string() const { return std::get_if<std::string>(&m_value); }
    Array const* as_array() const { return std::get_if<Array>(&m_value); }
    Object const* as_object() const { return std::get_if<Object>(&m_value); }
    Array* as_array() { return std::get_if<Array>(&m_value); }
    Object* as_object() { return std::get_if<Object>(&m_value); }
    std::optional<std::int64_t> as_integer() const; // a number without fraction that fits

    // A member of an object; null pointer when absent or not an object.
    Value const* find(std::string_view key) const;
    // Convenience for trusted documents (definitions, our own storage): empty or fallback when
    // absent.
    std::string_view text(std::string_view key, std::string_view fallback = {}) const;
    std::int64_t integer(std::string_view key, std::int64_t fallback = 0) const;
    bool flag(std::string_view key, bool fallback = false) const;
    Array const& array(std::string_view key) const; // empty when absent
    Object const& object(std::string_view key) const; // empty when absent
    void set(std::string_view key, Value value); // replaces or appends; makes null an object

    std::string to_string() const; // compact
    bool operator==(Value const&) const = default;

private:
    std::variant<std::monostate, bool, Decimal, std::string, Array, Object> m_value {};
};

// "json_malformed" with a position; "json_too_deep", "json_duplicate_key".
Result<Value> parse(std::string_view text);

// Appends one JSON document to a string. Keys and values must alternate as JSON demands (CHECKed in
// tests). Two hyphens in a row are written \u002d\u002d, since a client takes "--batchresponse_"
// inside text for a batch.
class Writer {
public:
    explicit Writer(std::string& out) : m_out(out) { }
    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);
    Writer& string(std::string_view text);
    Writer& number(std::int64_t value);
    Writer& number(Decimal const& value); // keeps trailing zeros, never an exponent
    Writer& boolean(bool value);
    Writer& null();
    Writer& value(Value const& value);
    Writer& raw(std::string_view json); // already JSON

private:
    void separate();

    std::string& m_out;
    bool m_needs_comma {};
};

}
