#include "platform/pipeline/validate_value.h"

#include "core/text.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace cashline {

namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;

Refusal wrong_kind(Column const& column, std::string_view wanted)
{
    return invalid("InvalidArgument",
        "Column '" + column.name + "' takes " + std::string(wanted) + ".", column.name);
}

bool has_control_character(std::string_view text)
{
    return std::ranges::any_of(text, [](unsigned char c) {
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
    });
}

Result<Value> checked_text(Column const& column, Value value)
{
    auto const* text = value.as_text();
    if (!text) {
        return wrong_kind(column, "text");
    }
    if (text->empty()) {
        return Value {}; // As Dataverse: there is no empty text, only none.
    }
    if (!text::is_valid_utf8(*text) || has_control_character(*text)) {
        return invalid("InvalidCharactersInField",
            "The text of column '" + column.name + "' has characters that cannot be stored.",
            column.name);
    }
    auto const limit = static_cast<std::size_t>(column.max_length);
    if (text->size() > limit && text::length_utf16(*text) > limit) {
        return invalid("StringLengthTooLong",
            "The text of column '" + column.name + "' is longer than the "
                + std::to_string(column.max_length) + " characters it may have.",
            column.name);
    }
    return value;
}

Refusal out_of_range(Column const& column, std::string_view code, std::uint8_t scale)
{
    auto const shown = [&](std::int64_t bound) {
        return Decimal::from_scaled(bound, scale).without_trailing_zeros().to_string();
    };
    auto text = "The value of column '" + column.name + "' is out of range";
    if (column.minimum && column.maximum) {
        text +=
            ": it must lie between " + shown(*column.minimum) + " and " + shown(*column.maximum);
    } else if (column.minimum) {
        text += ": it must be at least " + shown(*column.minimum);
    } else if (column.maximum) {
        text += ": it must be at most " + shown(*column.maximum);
    }
    return invalid(code, text + ".", column.name);
}

bool is_within(Column const& column, std::int64_t number)
{
    return (!column.minimum || number >= *column.minimum)
        && (!column.maximum || number <= *column.maximum);
}

Result<Value> checked_whole(Column const& column, Value value)
{
    auto const* number = value.as_integer();
    if (!number) {
        return wrong_kind(column, "a whole number");
    }
    using Int32 = std::numeric_limits<std::int32_t>;
    auto const fits =
        column.type == ColumnType::big || (*number >= Int32::min() && *number <= Int32::max());
    if (!fits || !is_within(column, *number)) {
        return out_of_range(column, "IntegerValueOutOfRange", 0);
    }
    return value;
}

Result<Value> checked_decimal(Column const& column, Value value)
{
    auto number = value.as_decimal() ? *value.as_decimal()
        : value.as_integer()         ? Decimal::from(*value.as_integer())
        : value.as_amount()          ? value.as_amount()->to_decimal()
                                     : Decimal {};
    if (!value.as_decimal() && !value.as_integer() && !value.as_amount()) {
        return wrong_kind(column, "a number");
    }
    number = number.rounded(column.scale, Rounding::half_away);
    auto const scaled = number.to_scaled(column.scale);
    if (!scaled || !is_within(column, *scaled)) {
        return out_of_range(column, "DecimalValueOutOfRange", column.scale);
    }
    return Value(number);
}

Result<Value> checked_money(Column const& column, Value value)
{
    auto amount = value.as_amount() ? Result<Amount>(*value.as_amount())
        : value.as_decimal()        ? Amount::from(*value.as_decimal(), 4, Rounding::half_away)
        : value.as_integer()
        ? Amount::from(Decimal::from(*value.as_integer()), 4, Rounding::half_away)
        : Result<Amount>(wrong_kind(column, "an amount"));
    if (!amount && amount.error().code == "InvalidArgument") {
        return std::unexpected(amount.error());
    }
    if (!amount || !is_within(column, amount->ten_thousandths)) {
        return out_of_range(column, "DecimalValueOutOfRange", Amount::scale);
    }
    return Value(*amount);
}

Refusal no_such_option(Column const& column, std::string_view written)
{
    return invalid("PicklistValueOutOfRange",
        "Column '" + column.name + "' has no option " + std::string(written) + ".", column.name);
}

// "1,9": ascending, without repetition or blanks.
Result<Value> checked_choices(Column const& column, Value value)
{
    auto const* text = value.as_text();
    if (!text) {
        return wrong_kind(column, "option numbers with commas between them");
    }
    std::vector<std::int64_t> numbers;
    for (auto const part : text::split(*text, ',')) {
        auto const trimmed = text::trim(part);
        std::int64_t number = 0;
        auto const read = std::from_chars(trimmed.begin(), trimmed.end(), number);
        if (text->empty()) {
            break;
        }
        if (read.ec != std::errc {} || read.ptr != trimmed.end() || !column.option(number)) {
            return no_such_option(column, trimmed);
        }
        numbers.push_back(number);
    }
    std::ranges::sort(numbers);
    auto const repeated = std::ranges::unique(numbers);
    numbers.erase(repeated.begin(), repeated.end());
    std::string joined;
    for (auto const number : numbers) {
        joined += (joined.empty() ? "" : ",") + std::to_string(number);
    }
    return joined.empty() ? Value {} : Value(std::move(joined));
}

Result<Value> checked_date(Column const& column, Value value)
{
    static auto const first = Date::of(1753, 1, 1);
    static auto const last = Date::of(9999, 12, 31);
    Date day;
    if (column.type == ColumnType::date) {
        if (!value.as_date()) {
            return wrong_kind(column, "a date");
        }
        day = *value.as_date();
    } else {
        if (!value.as_timestamp()) {
            return wrong_kind(column, "a moment");
        }
        auto const microseconds = value.as_timestamp()->microseconds;
        auto const days =
            microseconds / microseconds_per_day - (microseconds % microseconds_per_day < 0 ? 1 : 0);
        if (days < first.days || days > last.days) {
            return invalid("InvalidDateTime",
                "The moment in column '" + column.name + "' must lie in the years 1753 to 9999.",
                column.name);
        }
        return value;
    }
    if (day < first || day > last) {
        return invalid("InvalidDateTime",
            "The date in column '" + column.name + "' must lie in the years 1753 to 9999.",
            column.name);
    }
    return value;
}

Result<Value> checked_lookup(Column const& column, Value value)
{
    if (auto const* id = value.as_id(); id && !column.is_polymorphic()) {
        value = Lookup { column.targets[0], *id };
    }
    auto const* lookup = value.as_lookup();
    if (!lookup || lookup->id.is_nil()) {
        return wrong_kind(column, "a reference to a row");
    }
    auto const fits = std::ranges::any_of(column.targets,
        [&](TableId target) { return target == any_table || target == lookup->table; });
    if (!fits) {
        return invalid("InvalidArgument",
            "Column '" + column.name + "' cannot refer to a row of that table.", column.name);
    }
    return value;
}

}

Result<Value> checked_value(Column const& column, Value value)
{
    if (value.is_null()) {
        return value;
    }
    switch (column.type) {
    case ColumnType::text:
    case ColumnType::memo:
        return checked_text(column, std::move(value));
    case ColumnType::whole:
    case ColumnType::big:
        return checked_whole(column, std::move(value));
    case ColumnType::decimal:
        return checked_decimal(column, std::move(value));
    case ColumnType::money:
        return checked_money(column, std::move(value));
    case ColumnType::yes_no:
        if (auto const* number = value.as_integer(); number && (*number == 0 || *number == 1)) {
            return Value(*number == 1);
        }
        return value.as_bool() ? Result<Value>(value) : wrong_kind(column, "true or false");
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
        if (!value.as_integer()) {
            return wrong_kind(column, "the number of an option");
        }
        return column.option(*value.as_integer())
            ? Result<Value>(value)
            : no_such_option(column, std::to_string(*value.as_integer()));
    case ColumnType::choices:
        return checked_choices(column, std::move(value));
    case ColumnType::date:
    case ColumnType::date_time:
        return checked_date(column, std::move(value));
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
        return checked_lookup(column, std::move(value));
    case ColumnType::id:
    case ColumnType::file:
    case ColumnType::image:
        return value.as_id() ? Result<Value>(value) : wrong_kind(column, "an id");
    case ColumnType::party_list:
        return wrong_kind(column, "its participants through activityparty");
    }
    return value;
}

}
