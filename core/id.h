// A 16-byte row identity (RFC 9562). New ids are UUIDv7, made by the environment
// (platform/environment), so that inserts stay local and tests can repeat them. Printed lower case
// with hyphens.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cashline {

struct Id {
    std::array<std::uint8_t, 16> bytes {};

    // Accepts any case, with or without braces; nothing else.
    static std::optional<Id> parse(std::string_view text);
    // A stable id derived from a name (for shipped rows: roles, views, processes). RFC 9562 v8
    // layout.
    static Id from_name(std::string_view name);

    std::string to_string() const;
    bool is_nil() const { return *this == Id {}; }
    std::string_view as_bytes() const
    {
        return { reinterpret_cast<char const*>(bytes.data()), bytes.size() };
    }

    auto operator<=>(Id const&) const = default;
};

// UUIDv7 from a moment in milliseconds since 1970 and ten random bytes.
Id make_uuid_v7(std::int64_t unix_ms, std::array<std::uint8_t, 10> const& random);

}

template<>
struct std::hash<cashline::Id> {
    std::size_t operator()(cashline::Id const& id) const noexcept
    {
        std::size_t low = 0;
        __builtin_memcpy(&low, id.bytes.data() + 8, sizeof low);
        return low;
    }
};
