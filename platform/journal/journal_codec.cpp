#include "platform/journal/journal_codec.h"

#include "core/text.h"

#include <array>
#include <charconv>
#include <sodium.h>

namespace cashline::journal {

namespace {

std::string tagged(char tag, std::string_view content)
{
    return std::string { tag, ':' } + std::string(content);
}

std::string hash_of(std::string_view text)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest {};
    crypto_hash_sha256(
        digest.data(), reinterpret_cast<unsigned char const*>(text.data()), text.size());
    return text::to_hex({ reinterpret_cast<char const*>(digest.data()), digest.size() });
}

std::int64_t number_in(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.begin(), text.end(), number);
    return number;
}

Value decode_tagged(char tag, std::string_view content)
{
    switch (tag) {
    case 't':
        return Value(content);
    case 'h':
        return Value("sha256:" + std::string(content));
    case 'm':
        return Amount { number_in(content) };
    case 'd':
        return Value(Decimal::parse(content).value_or(Decimal {}));
    case 'i':
        return Value(Id::parse(content).value_or(Id {}));
    case 's':
        return Timestamp { number_in(content) };
    case 'y':
        return Date { static_cast<std::int32_t>(number_in(content)) };
    case 'l': {
        auto const colon = content.find(':');
        auto const id = Id::parse(content.substr(std::min(colon + 1, content.size())));
        return Lookup { static_cast<TableId>(number_in(content.substr(0, colon))),
            id.value_or(Id {}) };
    }
    default:
        return {};
    }
}

}

json::Value encode(Value const& value)
{
    if (auto const* text = value.as_text()) {
        return text->size() > value_bytes_max ? tagged('h', hash_of(*text)) : tagged('t', *text);
    }
    if (auto const* number = value.as_integer()) {
        return *number;
    }
    if (auto const* flag = value.as_bool()) {
        return *flag;
    }
    if (auto const* amount = value.as_amount()) {
        return tagged('m', std::to_string(amount->ten_thousandths));
    }
    if (auto const* number = value.as_decimal()) {
        return tagged('d', number->to_string());
    }
    if (auto const* id = value.as_id()) {
        return tagged('i', id->to_string());
    }
    if (auto const* lookup = value.as_lookup()) {
        return tagged('l',
            std::to_string(static_cast<std::uint32_t>(lookup->table)) + ":"
                + lookup->id.to_string());
    }
    if (auto const* moment = value.as_timestamp()) {
        return tagged('s', std::to_string(moment->microseconds));
    }
    if (auto const* date = value.as_date()) {
        return tagged('y', std::to_string(date->days));
    }
    return {};
}

Value decode(json::Value const& written)
{
    if (auto const* flag = written.as_bool()) {
        return Value(*flag);
    }
    if (auto const number = written.as_integer()) {
        return Value(*number);
    }
    auto const* text = written.as_string();
    if (!text || text->size() < 2 || (*text)[1] != ':') {
        return {};
    }
    return decode_tagged((*text)[0], std::string_view(*text).substr(2));
}

std::string encode_changes(std::vector<ColumnChange> const& changes)
{
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    for (auto const& change : changes) {
        writer.key(std::to_string(change.column_number)).begin_array();
        writer.value(encode(change.before)).value(encode(change.after)).end_array();
    }
    writer.end_object();
    return text;
}

Result<std::vector<ColumnChange>> decode_changes(std::string_view text)
{
    std::vector<ColumnChange> changes;
    if (text.empty()) {
        return changes;
    }
    auto const document = TRY(json::parse(text));
    auto const* members = document.as_object();
    if (!members) {
        return internal("journal_damaged", "The values of a journal entry cannot be read.");
    }
    for (auto const& [number, values] : *members) {
        auto const* pair = values.as_array();
        if (!pair || pair->size() != 2) {
            return internal("journal_damaged", "The values of a journal entry cannot be read.");
        }
        changes.push_back({ .column_number = static_cast<std::int32_t>(number_in(number)),
            .before = decode((*pair)[0]),
            .after = decode((*pair)[1]) });
    }
    return changes;
}

}
