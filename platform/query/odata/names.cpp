#include "platform/query/odata/names.h"

#include <fmt/format.h>

namespace cashline::odata {

Refusal unknown_property(Table const& table, std::string_view name)
{
    return invalid("UnknownProperty",
        fmt::format("Could not find a property named '{}' on type 'Microsoft.Dynamics.CRM.{}'.",
            name, table.name),
        name);
}

Column const* find_property(Table const& table, std::string_view name)
{
    constexpr std::string_view suffix = "_value";
    if (name.starts_with('_') && name.ends_with(suffix) && name.size() > suffix.size() + 1) {
        auto const* lookup = table.find(name.substr(1, name.size() - suffix.size() - 1));
        return lookup && lookup->is_lookup() ? lookup : nullptr;
    }
    auto const* column = table.find(name);
    return column && !column->is_lookup() && column->type != ColumnType::party_list ? column
                                                                                    : nullptr;
}

Column const* find_column(Table const& table, std::string_view name)
{
    auto const* property = find_property(table, name);
    if (property) {
        return property;
    }
    auto const* column = table.find(name);
    return column && column->is_lookup() ? column : nullptr;
}

std::vector<SingleNavigation> find_singles(
    Schema const& schema, Table const& table, std::string_view navigation)
{
    std::vector<SingleNavigation> found;
    for (auto const& column : table.columns) {
        for (std::size_t index = 0; index < column.navigations.size(); ++index) {
            auto const* target = column.navigations[index] == navigation
                ? schema.find(column.targets[index])
                : nullptr;
            if (target) {
                found.push_back({ &column, target });
            }
        }
    }
    return found;
}

std::optional<CollectionNavigation> find_collection(
    Schema const& schema, Table const& table, std::string_view navigation)
{
    if (auto const* one = schema.find_collection(table.id, navigation)) {
        return CollectionNavigation { one->name, &schema.table(one->child), false };
    }
    if (auto const* many = schema.find_many_to_many(table.id, navigation)) {
        auto const is_first = many->first == table.id
            && (many->first != many->second || many->first_collection == navigation);
        return CollectionNavigation { many->name,
            &schema.table(is_first ? many->second : many->first), true };
    }
    return std::nullopt;
}

}
