// The live schema in the shapes of the metadata endpoints (web-api.md 2.25): tables, columns, keys
// and relationships as JSON with the names that clients read.
#pragma once

#include "platform/metadata/schema.h"

#include <functional>
#include <map>

namespace cashline::odata {

struct RelatedDefinitions;

// A definition and where one can go from it by $expand or by the path.
struct Definition {
    std::string key {}; // LogicalName or SchemaName
    Id id {}; // MetadataId
    std::string type {}; // "StringAttributeMetadata"; empty where there is only one
    json::Value document {};
    std::map<std::string, std::function<RelatedDefinitions()>, std::less<>> related {};
};

struct RelatedDefinitions {
    bool is_collection {};
    std::vector<Definition> list;
};

// What clients may know of: hidden tables are not on the wire.
std::vector<Definition> entity_definitions(Schema const&);
Definition entity_definition(Schema const&, Table const&);
std::vector<Definition> attribute_definitions(Schema const&, Table const&);
std::vector<Definition> key_definitions(Table const&);
std::vector<Definition> one_to_many_definitions(Schema const&, Table const& parent);
std::vector<Definition> many_to_one_definitions(Schema const&, Table const& child);
std::vector<Definition> many_to_many_definitions(Schema const&, Table const&);
std::vector<Definition> relationship_definitions(Schema const&);

// Stable over restarts, so that clients may keep it.
Id metadata_id(std::string_view kind, std::string_view name);
json::Value label_document(std::string_view text);

}
