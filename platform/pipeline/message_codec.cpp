#include "platform/pipeline/message_codec.h"

#include "platform/metadata/row_json.h"
#include "platform/pipeline/registry.h"

#include <algorithm>
#include <limits>

namespace cashline::message_codec {

namespace {

Refusal wrong_kind(std::string_view name, std::string_view wanted)
{
    return invalid("InvalidArgument",
        "Parameter '" + std::string(name) + "' takes " + std::string(wanted) + ".", name);
}

std::optional<Decimal> number_in(json::Value const& value)
{
    if (auto const* number = value.as_number()) {
        return *number;
    }
    auto const* text = value.as_string();
    return text ? Decimal::parse(*text) : std::nullopt;
}

// A refusal inside of a parameter says which parameter.
template<class T>
Result<void> take(std::string_view name, Result<T> outcome, T& member)
{
    if (!outcome) {
        auto error = outcome.error();
        error.text = "Parameter '" + std::string(name) + "': " + error.text;
        return std::unexpected(std::move(error));
    }
    member = std::move(*outcome);
    return {};
}

}

Result<void> read(Schema const&, std::string_view name, json::Value const& value, bool& member)
{
    if (auto const* flag = value.as_bool()) {
        member = *flag;
        return {};
    }
    return wrong_kind(name, "true or false");
}

Result<void> read(
    Schema const&, std::string_view name, json::Value const& value, std::int32_t& member)
{
    using Limits = std::numeric_limits<std::int32_t>;
    auto const number = number_in(value);
    auto const whole = number ? json::Value(*number).as_integer() : std::nullopt;
    if (!whole || *whole < Limits::min() || *whole > Limits::max()) {
        return wrong_kind(name, "a whole number");
    }
    member = static_cast<std::int32_t>(*whole);
    return {};
}

Result<void> read(
    Schema const&, std::string_view name, json::Value const& value, std::int64_t& member)
{
    auto const number = number_in(value);
    auto const whole = number ? json::Value(*number).as_integer() : std::nullopt;
    if (!whole) {
        return wrong_kind(name, "a whole number");
    }
    member = *whole;
    return {};
}

Result<void> read(
    Schema const&, std::string_view name, json::Value const& value, std::string& member)
{
    if (auto const* text = value.as_string()) {
        member = *text;
        return {};
    }
    return wrong_kind(name, "text");
}

Result<void> read(Schema const&, std::string_view name, json::Value const& value, Decimal& member)
{
    if (auto const number = number_in(value)) {
        member = *number;
        return {};
    }
    return wrong_kind(name, "a number");
}

Result<void> read(Schema const&, std::string_view name, json::Value const& value, Amount& member)
{
    auto const number = number_in(value);
    if (!number) {
        return wrong_kind(name, "an amount");
    }
    return take(name, Amount::from(*number, Amount::scale, Rounding::half_away), member);
}

Result<void> read(Schema const&, std::string_view name, json::Value const& value, Id& member)
{
    auto const* text = value.as_string();
    auto const id = text ? Id::parse(*text) : std::nullopt;
    if (!id) {
        return wrong_kind(name, "a GUID");
    }
    member = *id;
    return {};
}

Result<void> read(Schema const&, std::string_view name, json::Value const& value, Date& member)
{
    auto const* text = value.as_string();
    auto day = text ? Date::parse(*text) : std::nullopt;
    if (auto const moment = text && !day ? Timestamp::parse(*text) : std::nullopt) {
        day = moment->date_utc();
    }
    if (!day) {
        return wrong_kind(name, "a date like 2026-03-01");
    }
    member = *day;
    return {};
}

Result<void> read(Schema const&, std::string_view name, json::Value const& value, Timestamp& member)
{
    auto const* text = value.as_string();
    auto const moment = text ? Timestamp::parse(*text) : std::nullopt;
    if (!moment) {
        return wrong_kind(name, "a date and time like 2026-03-01T08:30:00Z");
    }
    member = *moment;
    return {};
}

Result<void> read(
    Schema const& schema, std::string_view name, json::Value const& value, Lookup& member)
{
    return take(name, reference_from_json(schema, value), member);
}

Result<void> read(
    Schema const& schema, std::string_view name, json::Value const& value, Row& member)
{
    return take(name, row_from_json(schema, value), member);
}

Result<void> read(Schema const&, std::string_view, json::Value const& value, json::Value& member)
{
    member = value;
    return {};
}

json::Value write(bool value) { return value; }
json::Value write(std::int32_t value) { return std::int64_t { value }; }
json::Value write(std::int64_t value) { return value; }
json::Value write(std::string const& value) { return value; }
json::Value write(Decimal const& value) { return value; }
json::Value write(Amount const& value) { return value.to_decimal(); }
json::Value write(Id const& value) { return value.to_string(); }
json::Value write(Date const& value) { return value.to_string(); }
json::Value write(Timestamp const& value) { return value.to_string(); }
json::Value write(json::Value const& value) { return value; }

// The door that knows the schema writes references in full; alone they are their id.
json::Value write(Lookup const& value) { return value.id.to_string(); }

Result<void> refuse_unknown(json::Value const& body, std::vector<ParameterInfo> const& known)
{
    if (!body.is_null() && !body.is_object()) {
        return invalid("ODataClientPayloadError", "The parameters of a message are a JSON object.");
    }
    for (auto const& [name, value] : body.as_object() ? *body.as_object() : json::Object {}) {
        auto const is_control = name.find('@') != std::string::npos;
        if (!is_control && std::ranges::find(known, name, &ParameterInfo::name) == known.end()) {
            return invalid("InvalidArgument", "The message has no parameter '" + name + "'.", name);
        }
    }
    return {};
}

MessageReply make_reply(ReplyShape shape, json::Value complex, std::vector<Lookup> rows)
{
    return { .shape = shape, .complex = std::move(complex), .rows = std::move(rows) };
}

}
