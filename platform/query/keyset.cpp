// Cursors: base64url of a version, the shape of the order, and each key as a tag and its value.
#include "core/text.h"
#include "platform/query/sort_keys.h"

#include <fmt/format.h>

namespace cashline {

namespace {

constexpr char version = 1;
constexpr std::size_t text_max = 16'384;
enum Tag : char { null_tag = 'n', number_tag = 'i', text_tag = 't', id_tag = 'u' };

void put_number(std::string& out, std::uint64_t value, int bytes)
{
    for (auto shift = 0; shift < bytes * 8; shift += 8) {
        out += static_cast<char>((value >> shift) & 0xff);
    }
}

class CursorReader {
public:
    explicit CursorReader(std::string_view bytes) : m_rest(bytes) { }

    std::optional<std::string_view> take(std::size_t count)
    {
        if (m_rest.size() < count) {
            return std::nullopt;
        }
        auto const taken = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return taken;
    }

    std::optional<std::uint64_t> number(std::size_t bytes)
    {
        auto const taken = take(bytes);
        if (!taken) {
            return std::nullopt;
        }
        std::uint64_t value = 0;
        for (std::size_t index = 0; index < bytes; ++index) {
            value |= std::uint64_t { static_cast<std::uint8_t>((*taken)[index]) } << (8 * index);
        }
        return value;
    }

    std::optional<KeyValue> key(SortKey const& expected)
    {
        auto const tag = take(1);
        if (!tag) {
            return std::nullopt;
        }
        if ((*tag)[0] == null_tag) {
            return expected.is_nullable ? std::optional<KeyValue>(KeyValue {}) : std::nullopt;
        }
        switch (expected.storage) {
        case Storage::number: {
            auto const value = (*tag)[0] == number_tag ? number(8) : std::nullopt;
            return value ? std::optional<KeyValue>(static_cast<std::int64_t>(*value))
                         : std::nullopt;
        }
        case Storage::id: {
            auto const bytes = (*tag)[0] == id_tag ? take(16) : std::nullopt;
            if (!bytes) {
                return std::nullopt;
            }
            Id id;
            std::copy(bytes->begin(), bytes->end(), id.bytes.begin());
            return KeyValue { id };
        }
        case Storage::text:
        case Storage::bytes: {
            auto const size = (*tag)[0] == text_tag ? number(4) : std::nullopt;
            auto const bytes = size && *size <= text_max ? take(*size) : std::nullopt;
            auto const is_clean = bytes && text::is_valid_utf8(*bytes) && !bytes->contains('\0');
            return is_clean ? std::optional<KeyValue>(std::string(*bytes)) : std::nullopt;
        }
        }
        std::unreachable();
    }

    bool at_end() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

std::string bound(Parameters& parameters, KeyValue const& value)
{
    if (auto const* number = std::get_if<std::int64_t>(&value)) {
        return parameters.add(*number);
    }
    if (auto const* text = std::get_if<std::string>(&value)) {
        return parameters.add(*text);
    }
    return parameters.add(std::get<Id>(value));
}

bool is_null(KeyValue const& value) { return std::holds_alternative<std::monostate>(value); }

struct Comparison {
    std::string after {}; // empty: no value comes after
    std::string same {};
    std::string from {}; // after or same as one range, when it can be said so
};

Comparison compare(Parameters& parameters, SortKey const& key, KeyValue const& value)
{
    if (is_null(value)) {
        return { .after = key.is_descending ? "" : key.sql + " is not null",
            .same = key.sql + " is null" };
    }
    auto const parameter = bound(parameters, value);
    auto const sign = key.is_descending ? "<" : ">";
    return { .after = fmt::format("{} {} {}", key.sql, sign, parameter),
        .same = fmt::format("{} = {}", key.sql, parameter),
        .from = fmt::format("{} {}= {}", key.sql, sign, parameter) };
}

// Rows after the values from key `index` on; an empty text means none.
std::string rows_after(Parameters& parameters, std::vector<SortKey> const& keys,
    std::vector<KeyValue> const& values, std::size_t index)
{
    auto const& key = keys[index];
    auto const comparison = compare(parameters, key, values[index]);
    auto const rest =
        index + 1 < keys.size() ? rows_after(parameters, keys, values, index + 1) : std::string {};
    std::vector<std::string> ways;
    if (!comparison.after.empty()) {
        ways.push_back(comparison.after);
    }
    if (!rest.empty()) {
        ways.push_back(fmt::format("({} and {})", comparison.same, rest));
    }
    // Descending, the nulls are still to come.
    if (index > 0 && key.is_descending && key.is_nullable && !is_null(values[index])) {
        ways.push_back(key.sql + " is null");
    }
    if (ways.size() < 2) {
        return ways.empty() ? std::string {} : ways[0];
    }
    return "(" + joined(ways, " or ") + ")";
}

}

KeyValue read_key(SqlRow const& row, int at, Storage storage)
{
    if (row.is_null(at)) {
        return {};
    }
    switch (storage) {
    case Storage::number:
        return row.integer(at);
    case Storage::id:
        return row.id(at);
    case Storage::text:
    case Storage::bytes:
        return std::string(row.text(at));
    }
    std::unreachable();
}

std::string encode_cursor(std::uint32_t shape, std::vector<KeyValue> const& values)
{
    std::string bytes(1, version);
    put_number(bytes, shape, 4);
    for (auto const& value : values) {
        if (auto const* number = std::get_if<std::int64_t>(&value)) {
            bytes += number_tag;
            put_number(bytes, static_cast<std::uint64_t>(*number), 8);
        } else if (auto const* text = std::get_if<std::string>(&value)) {
            bytes += text_tag;
            put_number(bytes, text->size(), 4);
            bytes += *text;
        } else if (auto const* id = std::get_if<Id>(&value)) {
            bytes += id_tag;
            bytes += id->as_bytes();
        } else {
            bytes += null_tag;
        }
    }
    return text::base64url_encode(bytes);
}

Result<std::vector<KeyValue>> decode_cursor(
    std::string_view cursor, std::uint32_t shape, std::vector<SortKey> const& keys)
{
    auto const refused = [] {
        return invalid("QueryBuilderInvalidPagingCookie",
            "The link to the next page does not belong to this query; start again with the first "
            "page.");
    };
    auto const bytes = text::base64url_decode(cursor);
    if (!bytes) {
        return refused();
    }
    CursorReader reader { *bytes };
    auto const first = reader.number(1);
    auto const found = reader.number(4);
    if (first != std::uint64_t { version } || found != std::uint64_t { shape }) {
        return refused();
    }
    std::vector<KeyValue> values;
    for (auto const& key : keys) {
        auto value = reader.key(key);
        if (!value) {
            return refused();
        }
        values.push_back(std::move(*value));
    }
    return reader.at_end() ? Result<std::vector<KeyValue>>(std::move(values)) : refused();
}

std::vector<std::string> keyset_branches(
    Parameters& parameters, std::vector<SortKey> const& keys, std::vector<KeyValue> const& values)
{
    auto const& first = keys[0];
    auto after = rows_after(parameters, keys, values, 0);
    std::vector<std::string> branches;
    if (!after.empty() && (keys.size() == 1 || is_null(values[0]))) {
        branches.push_back(std::move(after));
    } else if (!after.empty()) {
        // The plain range lets the database start at the right place of an index; the rest decides
        // among equals.
        branches.push_back(
            fmt::format("{} and {}", compare(parameters, first, values[0]).from, after));
    }
    if (first.is_descending && first.is_nullable && !is_null(values[0])) {
        branches.push_back(first.sql + " is null");
    }
    if (branches.empty()) {
        branches.emplace_back("1 = 0");
    }
    return branches;
}

}
