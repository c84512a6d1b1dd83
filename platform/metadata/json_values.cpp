#include "platform/metadata/json_values.h"

namespace cashline {

namespace {

Refusal wrong_kind(Column const& column, std::string_view wanted)
{
    return invalid("ODataClientPayloadError",
        "Cannot convert the value of property '" + column.name + "': it takes "
            + std::string(wanted) + ".",
        column.name);
}

// Some clients quote numbers ("200"); that is tolerated, anything around the digits is not.
std::optional<Decimal> number_in(json::Value const& value)
{
    if (auto const* number = value.as_number()) {
        return *number;
    }
    auto const* text = value.as_string();
    return text ? Decimal::parse(*text) : std::nullopt;
}

Result<Value> whole_from(Column const& column, json::Value const& value)
{
    auto const number = number_in(value);
    auto const whole = number ? json::Value(*number).as_integer() : std::nullopt;
    return whole ? Result<Value>(Value(*whole)) : wrong_kind(column, "a whole number");
}

// As the pipeline keeps it: code that takes a row out of a message asks for the amount before any
// validation. What no amount can hold stays a number, and the validation refuses it.
Result<Value> money_from(Column const& column, json::Value const& value)
{
    auto const number = number_in(value);
    if (!number) {
        return wrong_kind(column, "a number");
    }
    auto const amount = Amount::from(*number, Amount::scale, Rounding::half_away);
    return amount ? Value(*amount) : Value(*number);
}

Result<Value> text_from(Column const& column, json::Value const& value)
{
    auto const* text = value.as_string();
    return text ? Result<Value>(Value(*text)) : wrong_kind(column, "text");
}

// "1,9", a number for a single option, or a list.
Result<Value> choices_from(Column const& column, json::Value const& value)
{
    if (auto const number = value.as_integer()) {
        return Value(std::to_string(*number));
    }
    auto const* list = value.as_array();
    if (!list) {
        return text_from(column, value);
    }
    std::string joined;
    for (auto const& item : *list) {
        auto const number = item.as_integer();
        if (!number) {
            return wrong_kind(column, "option numbers");
        }
        joined += (joined.empty() ? "" : ",") + std::to_string(*number);
    }
    return Value(std::move(joined));
}

Result<Value> moment_from(Column const& column, json::Value const& value)
{
    auto const* text = value.as_string();
    if (!text) {
        return wrong_kind(column, "a date and time like 2026-03-01T08:30:00Z");
    }
    // Without a zone the digits are taken as they stand, an offset would be ignored.
    if (column.behavior == DateBehavior::zone_independent) {
        auto const plain = Timestamp::parse(text->substr(0, 19) + "Z");
        if (plain) {
            return Value(*plain);
        }
    }
    auto const moment = Timestamp::parse(*text);
    if (!moment) {
        return invalid("InvalidDateTime",
            "'" + *text + "' in '" + column.name
                + "' is not a date and time like "
                  "2026-03-01T08:30:00Z.",
            column.name);
    }
    return Value(*moment);
}

Result<Value> date_from(Column const& column, json::Value const& value)
{
    auto const* text = value.as_string();
    auto const day = text ? Date::parse(*text) : std::nullopt;
    if (day) {
        return Value(*day);
    }
    if (!text) {
        return wrong_kind(column, "a date like 2026-03-01");
    }
    return invalid("InvalidDateTime",
        "'" + *text + "' in '" + column.name + "' is not a date like 2026-03-01.", column.name);
}

Result<Value> id_from(Column const& column, json::Value const& value)
{
    auto const* text = value.as_string();
    auto const id = text ? Id::parse(*text) : std::nullopt;
    return id ? Result<Value>(Value(*id)) : wrong_kind(column, "a GUID");
}

}

Result<Value> value_from_json(Column const& column, json::Value const& value)
{
    if (value.is_null()) {
        return Value {};
    }
    switch (column.type) {
    case ColumnType::text:
    case ColumnType::memo:
        return text_from(column, value);
    case ColumnType::whole:
    case ColumnType::big:
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
        return whole_from(column, value);
    case ColumnType::decimal: {
        auto const number = number_in(value);
        return number ? Result<Value>(Value(*number)) : wrong_kind(column, "a number");
    }
    case ColumnType::money:
        return money_from(column, value);
    case ColumnType::yes_no: {
        auto const* flag = value.as_bool();
        return flag ? Result<Value>(Value(*flag)) : wrong_kind(column, "true or false");
    }
    case ColumnType::choices:
        return choices_from(column, value);
    case ColumnType::date:
        return date_from(column, value);
    case ColumnType::date_time:
        return moment_from(column, value);
    case ColumnType::id:
    case ColumnType::file:
    case ColumnType::image:
        return id_from(column, value);
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
        if (!column.is_polymorphic()) {
            auto const id = TRY(id_from(column, value));
            return Value(Lookup { column.targets[0], *id.as_id() });
        }
        return wrong_kind(column, "a reference through its navigation property and @odata.bind");
    case ColumnType::party_list:
        return wrong_kind(column, "a reference through its navigation property and @odata.bind");
    }
    return Value {};
}

json::Value value_to_json(Column const& column, Value const& value)
{
    if (auto const* text = value.as_text()) {
        return *text;
    }
    if (auto const* number = value.as_integer()) {
        return *number;
    }
    if (auto const* flag = value.as_bool()) {
        return *flag;
    }
    if (auto const* amount = value.as_amount()) {
        return amount->to_decimal();
    }
    if (auto const* number = value.as_decimal()) {
        return number->scale() < column.scale ? number->rounded(column.scale, Rounding::half_away)
                                              : *number;
    }
    if (auto const* id = value.as_id()) {
        return id->to_string();
    }
    if (auto const* lookup = value.as_lookup()) {
        return lookup->id.to_string();
    }
    if (auto const* moment = value.as_timestamp()) {
        return moment->to_string();
    }
    if (auto const* date = value.as_date()) {
        return date->to_string();
    }
    return {};
}

void write_value(json::Writer& writer, Column const& column, Value const& value)
{
    writer.value(value_to_json(column, value));
}

}
