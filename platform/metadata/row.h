// Values by column of one table: what a rule reads and writes. Small, ordered by column, dynamic; a
// column that was never set is absent, which is different from set to null. Typed access goes
// through generated handles.
#pragma once

#include "platform/metadata/handles.h"

#include <optional>
#include <span>
#include <vector>

namespace cashline {

class Row {
public:
    struct Cell {
        ColumnIndex column;
        Value value;
        bool operator==(Cell const&) const = default;
    };

    Row() = default;
    explicit Row(TableId table, Id id = {}) : m_table(table), m_id(id) { }

    // The table is adopted from the first handle set, when not given. A handle of activitypointer
    // fits every activity table; any other mixing is CHECKed.
    TableId table() const { return m_table; }
    void set_table(TableId table) { m_table = table; }
    Id id() const { return m_id; } // nil for a row not created yet, unless the caller chose one
    void set_id(Id id) { m_id = id; }
    std::int64_t version() const
    {
        return m_version;
    } // row version (ETag); 0 when not read from the database
    void set_version(std::int64_t version) { m_version = version; }

    Value const* find(ColumnIndex column) const; // null pointer when absent
    Value const& value(ColumnIndex column) const; // the null value when absent
    bool has(ColumnIndex column) const { return find(column) != nullptr; }
    Row& set(ColumnIndex column, Value value);
    void erase(ColumnIndex column); // as if never set
    std::span<Cell const> cells() const { return m_cells; }
    bool is_empty() const { return m_cells.empty(); }
    void merge(Row const& other); // lays the other row's cells over this one's

    bool has(ColumnHandle const& column) const { return has(column.index); }
    Value const& value(ColumnHandle const& column) const { return value(column.index); }
    bool is_null(ColumnHandle const& column) const
    {
        return value(column).is_null();
    } // null or absent
    Row& clear(ColumnHandle const& column) { return put(column, Value {}); } // set to null

    // Typed reading: empty when null or absent.
    std::optional<std::string_view> get(TextColumn const&) const;
    std::optional<std::int64_t> get(WholeColumn const&) const;
    std::optional<bool> get(YesNoColumn const&) const;
    std::optional<Decimal> get(DecimalColumn const&) const;
    std::optional<Amount> get(MoneyColumn const&) const;
    std::optional<Timestamp> get(DateTimeColumn const&) const;
    std::optional<Date> get(DateColumn const&) const;
    std::optional<Id> get(IdColumn const&) const;
    std::optional<Lookup> get(LookupColumn const&) const;
    template<class Enum>
    std::optional<Enum> get(ChoiceColumn<Enum> const& column) const
    {
        auto const* number = value(column).as_integer();
        return number ? std::optional(static_cast<Enum>(*number)) : std::nullopt;
    }
    std::string text_or(TextColumn const& column, std::string_view fallback = {}) const;
    Amount amount_or_zero(MoneyColumn const& column) const
    {
        return get(column).value_or(Amount {});
    }

    // Typed writing; an empty optional sets null.
    Row& set(TextColumn const& column, std::optional<std::string_view> value);
    Row& set(TextColumn const& column, std::string const& value)
    {
        return put(column, Value(value));
    }
    Row& set(TextColumn const& column, char const* value) { return put(column, Value(value)); }
    Row& set(WholeColumn const& column, std::optional<std::int64_t> value);
    Row& set(YesNoColumn const& column, std::optional<bool> value);
    Row& set(DecimalColumn const& column, std::optional<Decimal> value);
    Row& set(MoneyColumn const& column, std::optional<Amount> value);
    Row& set(DateTimeColumn const& column, std::optional<Timestamp> value);
    Row& set(DateColumn const& column, std::optional<Date> value);
    Row& set(IdColumn const& column, std::optional<Id> value);
    Row& set(LookupColumn const& column, std::optional<Lookup> value);
    Row& set(LookupColumn const& column, Id id); // only for lookups with one target
    template<class Enum>
    Row& set(ChoiceColumn<Enum> const& column, std::optional<std::type_identity_t<Enum>> value)
    {
        return put(column, value ? Value(*value) : Value {});
    }

    bool operator==(Row const&) const = default;

private:
    Row& put(ColumnHandle const& column, Value value);

    TableId m_table {};
    Id m_id {};
    std::int64_t m_version {};
    std::vector<Cell> m_cells {};
};

}
