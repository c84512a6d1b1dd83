// The value of one column and the references rows hold. A Value is null or one of the kinds below;
// which kind a column takes is fixed by its type (platform/metadata/schema.h). Amounts, decimals
// and dates are exact.
#pragma once

#include "core/id.h"
#include "core/money.h"
#include "core/time.h"

#include <string>
#include <type_traits>
#include <variant>

namespace cashline {

// The stable number of a table: Dataverse's object type code where one exists, own tables from
// 10000.
enum class TableId : std::uint32_t { };
// The position of a column in its table's definition (the snapshot's order; not stable across
// versions).
enum class ColumnIndex : std::uint16_t { };

struct Lookup {
    TableId table {};
    Id id {};
    auto operator<=>(Lookup const&) const = default;
};

class Value {
public:
    Value() = default; // null
    Value(std::nullptr_t) { }
    Value(bool value) : m_value(value) { }
    Value(std::int64_t value) : m_value(value) { }
    Value(std::int32_t value) : m_value(std::int64_t { value }) { }
    Value(Decimal value) : m_value(value) { }
    Value(Amount value) : m_value(value) { }
    Value(std::string value) : m_value(std::move(value)) { }
    Value(std::string_view value) : m_value(std::string(value)) { }
    Value(char const* value) : m_value(std::string(value)) { }
    Value(Id value) : m_value(value) { }
    Value(Lookup value) : m_value(value) { }
    Value(Timestamp value) : m_value(value) { }
    Value(Date value) : m_value(value) { }
    template<class Enum>
        requires std::is_enum_v<Enum>
    Value(Enum value) : m_value(static_cast<std::int64_t>(value))
    {
    }

    bool is_null() const { return std::holds_alternative<std::monostate>(m_value); }
    // Null pointers when the value is of another kind.
    bool const* as_bool() const { return std::get_if<bool>(&m_value); }
    std::int64_t const* as_integer() const { return std::get_if<std::int64_t>(&m_value); }
    Decimal const* as_decimal() const { return std::get_if<Decimal>(&m_value); }
    Amount const* as_amount() const { return std::get_if<Amount>(&m_value); }
    std::string const* as_text() const { return std::get_if<std::string>(&m_value); }
    Id const* as_id() const { return std::get_if<Id>(&m_value); }
    Lookup const* as_lookup() const { return std::get_if<Lookup>(&m_value); }
    Timestamp const* as_timestamp() const { return std::get_if<Timestamp>(&m_value); }
    Date const* as_date() const { return std::get_if<Date>(&m_value); }

    bool operator==(Value const&) const = default;

private:
    std::variant<std::monostate, bool, std::int64_t, Decimal, Amount, std::string, Id, Lookup,
        Timestamp, Date>
        m_value {};
};

}
