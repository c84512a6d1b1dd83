// Names of the wire resolved against the metadata: columns, _x_value, navigation properties.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/query/query.h"

namespace cashline::odata {

Refusal unknown_property(Table const&, std::string_view name);

// "name" or "_primarycontactid_value"; null pointer when there is none. A lookup's bare logical
// name is no property.
Column const* find_property(Table const&, std::string_view name);
// The same, and lookups by their logical name, as query functions write it.
Column const* find_column(Table const&, std::string_view name);

struct SingleNavigation {
    Column const* lookup {};
    Table const* target {};
};
// Every target that the navigation property leads to: one, for ownerid two (systemuser, team).
std::vector<SingleNavigation> find_singles(
    Schema const&, Table const&, std::string_view navigation);

struct CollectionNavigation {
    std::string relationship {};
    Table const* target {};
    bool is_many_to_many {};
};
std::optional<CollectionNavigation> find_collection(
    Schema const&, Table const&, std::string_view navigation);

}
