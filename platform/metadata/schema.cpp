#include "platform/metadata/schema.h"

#include "core/check.h"

#include <algorithm>

namespace cashline {

namespace {

template<class Map>
std::size_t const* position_in(Map const& map, typename Map::key_type const& key)
{
    auto const found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

std::string navigation_key(Table const* table, std::string_view navigation)
{
    return table ? table->name + "/" + std::string(navigation) : std::string();
}

template<class T>
T const* at(std::vector<T> const& items, std::size_t const* position)
{
    return position ? &items[*position] : nullptr;
}

}

Option const* Column::option(std::int64_t value) const
{
    auto const found = std::ranges::find(options, value, &Option::value);
    return found == options.end() ? nullptr : &*found;
}

Column const* Table::find(std::string_view column_name) const
{
    auto const found = by_name.find(std::string(column_name));
    return found == by_name.end() ? nullptr : &column(found->second);
}

Table const* Schema::find(TableId id) const
{
    return at(m_tables, position_in(m_by_id, static_cast<std::uint32_t>(id)));
}

Table const* Schema::find(std::string_view logical_name) const
{
    return at(m_tables, position_in(m_by_name, std::string(logical_name)));
}

Table const* Schema::find_by_set(std::string_view entity_set) const
{
    return at(m_tables, position_in(m_by_set, std::string(entity_set)));
}

Table const& Schema::table(TableId id) const
{
    auto const* found = find(id);
    CHECK(found != nullptr);
    return *found;
}

OneToMany const* Schema::find_single(TableId child, std::string_view navigation) const
{
    return at(m_one_to_many, position_in(m_singles, navigation_key(find(child), navigation)));
}

OneToMany const* Schema::find_collection(TableId parent, std::string_view navigation) const
{
    return at(m_one_to_many, position_in(m_collections, navigation_key(find(parent), navigation)));
}

ManyToMany const* Schema::find_many_to_many(TableId side, std::string_view navigation) const
{
    return at(m_many_to_many, position_in(m_many, navigation_key(find(side), navigation)));
}

OneToMany const* Schema::find_one_to_many(std::string_view name) const
{
    auto const found = std::ranges::find(m_one_to_many, name, &OneToMany::name);
    return found == m_one_to_many.end() ? nullptr : &*found;
}

ManyToMany const* Schema::find_many_to_many(std::string_view name) const
{
    auto const found = std::ranges::find(m_many_to_many, name, &ManyToMany::name);
    return found == m_many_to_many.end() ? nullptr : &*found;
}

std::vector<OneToMany const*> Schema::children_of(TableId parent) const
{
    std::vector<OneToMany const*> children;
    for (auto const& relationship : m_one_to_many) {
        if (relationship.parent == parent) {
            children.push_back(&relationship);
        }
    }
    return children;
}

json::Array const& Schema::definitions(std::string_view kind) const
{
    return m_definitions.array(kind);
}

}
