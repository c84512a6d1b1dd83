// The metadata snapshot: every table, column, relationship, key, choice, view, form and process the
// server knows, immutable once built. Shipped definitions (embedded by schemac) are merged with
// what administrators made at run time; a change builds a new snapshot and swaps the pointer. Names
// on the wire are Dataverse's.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "platform/metadata/value.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cashline {

enum class ColumnType : std::uint8_t {
    id,
    text,
    memo,
    whole,
    big,
    decimal,
    money,
    yes_no,
    choice,
    choices,
    state,
    status,
    date,
    date_time,
    lookup,
    customer,
    owner,
    party_list,
    file,
    image,
};

enum class Required : std::uint8_t { no, recommended, yes, system };
enum class Writable : std::uint8_t { always, on_create, on_update, never };
enum class DateBehavior : std::uint8_t { user_local, date_only, zone_independent };
enum class Ownership : std::uint8_t {
    user_or_team, // ownerid, owningbusinessunit; privilege × depth
    organization, // privilege global or none
    business_unit, // belongs to a unit (users, teams, roles)
    none, // child rows and intersects: rights come from the row that `parent` points at
};
enum class OnDelete : std::uint8_t { none, cascade, restrict, remove_link };

struct Option {
    std::int64_t value {};
    std::string name {}; // the enumerator, snake_case
    std::string label {};
    std::string color {};
    std::int64_t
        state {}; // status options: the state they belong to; state options: their default status
};

struct Column {
    ColumnIndex index {};
    std::string name {}; // logical name, lower case
    std::string schema_name {}; // e.g. "PrimaryContactId"
    std::string handle {};
    std::string label {};
    std::string description {};
    ColumnType type {};
    Required required {};
    Writable writable {};
    std::int32_t max_length {}; // text, memo: UTF-16 units
    std::uint8_t scale {}; // decimal: stored digits; money: 4
    std::optional<std::int64_t> minimum {}; // whole, big: as is; decimal and money: scaled
    std::optional<std::int64_t> maximum {};
    std::string format {}; // text: email, url, phone, textarea; whole: duration, timezone, language
    DateBehavior behavior {};
    std::vector<Option> options {};
    Value default_value {};
    std::vector<TableId> targets {}; // lookups; any_table alone means every table
    std::vector<std::string>
        navigations {}; // single-valued navigation property per target, same order
    bool is_searched {}; // quick find
    bool has_folded {}; // hidden SQL column <name>__f with the folded text
    bool in_base {}; // extends: stored in the base table (activitypointer)
    bool is_derived {}; // set by rules or the platform only; callers may not write it
    bool is_standard {}; // added by schemac for every table (createdon …)
    bool is_custom {};
    bool is_audited { true };
    std::string calculated {}; // "<hop>.<column>" or a named platform expression; evaluated in the
                               // SELECT, not stored
    std::string base_of {}; // for x_base: the money column it mirrors
    std::string auto_number {}; // pattern, e.g. "QUO-{SEQ:5}-{RAND:6}"

    bool is_lookup() const
    {
        return type == ColumnType::lookup || type == ColumnType::customer
            || type == ColumnType::owner;
    }
    bool is_polymorphic() const
    {
        return is_lookup() && (targets.size() != 1 || targets[0] == TableId {});
    }
    bool is_text() const
    {
        return type == ColumnType::text || type == ColumnType::memo || type == ColumnType::choices;
    }
    bool is_choice() const
    {
        return type == ColumnType::choice || type == ColumnType::state
            || type == ColumnType::status;
    }
    bool is_stored() const { return type != ColumnType::party_list && calculated.empty(); }
    Option const* option(std::int64_t value) const;
};

// One per lookup column and target.
struct OneToMany {
    std::string name {}; // relationship schema name
    TableId parent {};
    TableId child {};
    ColumnIndex column {}; // on the child
    std::string collection {}; // navigation property on the parent
    std::string single {}; // navigation property on the child
    OnDelete on_delete {};
    bool assign_cascades {};
    bool is_hierarchical {};
};

// The intersect is a table of its own with two lookup columns and a unique key over both.
struct ManyToMany {
    std::string name {};
    TableId first {};
    TableId second {};
    TableId intersect {};
    ColumnIndex first_column {};
    ColumnIndex second_column {};
    std::string first_collection {}; // navigation property on `first`
    std::string second_collection {}; // and on `second`; often the same name
};

// An alternate key; its unique SQL index is <table>__<name>.
struct Key {
    std::string name {};
    std::vector<ColumnIndex> columns {};
};

struct Index {
    std::vector<ColumnIndex> columns {};
};

struct Table {
    TableId id {};
    std::string name {}; // logical name
    std::string schema_name {};
    std::string set {}; // entity set name
    std::string label {};
    std::string plural {};
    std::string description {};
    std::string app {}; // owning folder, e.g. "sales"
    Ownership ownership {};
    std::optional<TableId> extends {}; // activitypointer for activities
    std::optional<ColumnIndex> parent {}; // ownership none: the lookup whose row gives the rights
    ColumnIndex id_column {};
    std::optional<ColumnIndex> name_column {}; // primary name
    std::vector<Column> columns {};
    std::vector<Key> keys {};
    std::vector<Index> indexes {};
    std::string default_sort {}; // "createdon desc"
    bool is_audited { true };
    bool is_activity {};
    bool is_intersect {};
    bool is_custom {};
    bool is_hidden {}; // not on the wire (internal tables)
    bool has_notes {};
    bool has_activities {};
    bool has_company {}; // dataareaid stands first in every key and index (finance)
    bool tracks_changes { true };
    std::unordered_map<std::string, ColumnIndex> by_name {}; // filled by Schema

    Column const* find(std::string_view column_name) const;
    Column const& column(ColumnIndex index) const
    {
        return columns[static_cast<std::size_t>(index)];
    }
    Column const& name_or_id_column() const { return column(name_column.value_or(id_column)); }
};

class Schema {
public:
    // Builds a snapshot from a definitions document (docs/contracts/definitions.md).
    static Result<std::shared_ptr<Schema const>> load(json::Value definitions);

    std::vector<Table> const& tables() const { return m_tables; }
    Table const* find(TableId) const;
    Table const* find(std::string_view logical_name) const;
    Table const* find_by_set(std::string_view entity_set) const;
    Table const& table(TableId) const; // CHECKed: exists

    std::vector<OneToMany> const& one_to_many() const { return m_one_to_many; }
    std::vector<ManyToMany> const& many_to_many() const { return m_many_to_many; }
    // By navigation property name; null pointers when there is none.
    OneToMany const* find_single(TableId child, std::string_view navigation) const;
    OneToMany const* find_collection(TableId parent, std::string_view navigation) const;
    ManyToMany const* find_many_to_many(TableId side, std::string_view navigation) const;
    // By relationship schema name.
    OneToMany const* find_one_to_many(std::string_view name) const;
    ManyToMany const* find_many_to_many(std::string_view name) const;
    std::vector<OneToMany const*> children_of(TableId parent) const;

    // The other definitions, as they were written: views, forms, processes, sitemaps, roles,
    // templates, maps … kind → list of objects; docs/contracts/definitions.md has the shapes.
    json::Array const& definitions(std::string_view kind) const;

private:
    friend class SchemaBuilder;
    std::vector<Table> m_tables {};
    std::unordered_map<std::uint32_t, std::size_t> m_by_id {};
    std::unordered_map<std::string, std::size_t> m_by_name {};
    std::unordered_map<std::string, std::size_t> m_by_set {};
    std::vector<OneToMany> m_one_to_many {};
    std::vector<ManyToMany> m_many_to_many {};
    std::unordered_map<std::string, std::size_t> m_singles {}; // "<table>/<navigation>"
    std::unordered_map<std::string, std::size_t> m_collections {}; // likewise
    std::unordered_map<std::string, std::size_t> m_many {}; // likewise, both sides
    json::Value m_definitions {};
};

inline constexpr TableId any_table {}; // in Column::targets: every table

// The shipped definitions, embedded in the binary by schemac.
json::Value const& shipped_definitions();

}
