#include "platform/web_api/odata/definitions/documents.h"

namespace cashline::odata {

namespace {

std::string_view delete_name(OnDelete on_delete)
{
    switch (on_delete) {
    case OnDelete::none:
        return "NoCascade";
    case OnDelete::cascade:
        return "Cascade";
    case OnDelete::restrict:
        return "Restrict";
    case OnDelete::remove_link:
        return "RemoveLink";
    }
    return "NoCascade";
}

bool is_visible(Schema const& schema, TableId table)
{
    auto const* found = schema.find(table);
    return found && !found->is_hidden;
}

void set_common(Definition& definition, std::string_view relationship_type)
{
    auto& document = definition.document;
    document.set("MetadataId", definition.id.to_string());
    document.set("SchemaName", definition.key);
    document.set("RelationshipType", relationship_type);
    document.set("IsCustomRelationship", false);
    document.set("IsManaged", true);
    document.set("IsValidForAdvancedFind", true);
    document.set("SecurityTypes", "Append");
}

json::Value menu(bool is_shown)
{
    return json::Object { { "Behavior", is_shown ? "UseCollectionName" : "DoNotDisplay" },
        { "Group", "Details" }, { "Order", 10000 }, { "Label", label_document("") } };
}

Definition one_to_many_definition(Schema const& schema, OneToMany const& link)
{
    auto const& parent = schema.table(link.parent);
    auto const& child = schema.table(link.child);
    Definition definition { .key = link.name,
        .id = metadata_id("relationship", link.name + "/" + child.name),
        .type = "OneToManyRelationshipMetadata" };
    set_common(definition, "OneToManyRelationship");
    auto& document = definition.document;
    document.set("ReferencedEntity", parent.name);
    document.set("ReferencedAttribute", parent.column(parent.id_column).name);
    document.set("ReferencingEntity", child.name);
    document.set("ReferencingAttribute", child.column(link.column).name);
    document.set("ReferencedEntityNavigationPropertyName", link.collection);
    document.set("ReferencingEntityNavigationPropertyName", link.single);
    document.set("IsHierarchical", link.is_hierarchical);
    document.set("CascadeConfiguration",
        json::Object { { "Assign", link.assign_cascades ? "Cascade" : "NoCascade" },
            { "Delete", delete_name(link.on_delete) }, { "Merge", "NoCascade" },
            { "Reparent", "NoCascade" }, { "Share", "NoCascade" }, { "Unshare", "NoCascade" },
            { "RollupView", "NoCascade" } });
    document.set("AssociatedMenuConfiguration", menu(true));
    return definition;
}

Definition many_to_many_definition(Schema const& schema, ManyToMany const& link)
{
    auto const& intersect = schema.table(link.intersect);
    Definition definition { .key = link.name,
        .id = metadata_id("relationship", link.name),
        .type = "ManyToManyRelationshipMetadata" };
    set_common(definition, "ManyToManyRelationship");
    auto& document = definition.document;
    document.set("Entity1LogicalName", schema.table(link.first).name);
    document.set("Entity1IntersectAttribute", intersect.column(link.first_column).name);
    document.set("Entity1NavigationPropertyName", link.first_collection);
    document.set("Entity2LogicalName", schema.table(link.second).name);
    document.set("Entity2IntersectAttribute", intersect.column(link.second_column).name);
    document.set("Entity2NavigationPropertyName", link.second_collection);
    document.set("IntersectEntityName", intersect.name);
    document.set("Entity1AssociatedMenuConfiguration", menu(true));
    document.set("Entity2AssociatedMenuConfiguration", menu(true));
    return definition;
}

std::vector<Definition> one_to_many_where(
    Schema const& schema, std::function<bool(OneToMany const&)> const& is_meant)
{
    std::vector<Definition> list;
    for (auto const& link : schema.one_to_many()) {
        if (is_visible(schema, link.parent) && is_visible(schema, link.child) && is_meant(link)) {
            list.push_back(one_to_many_definition(schema, link));
        }
    }
    return list;
}

std::vector<Definition> many_to_many_where(
    Schema const& schema, std::function<bool(ManyToMany const&)> const& is_meant)
{
    std::vector<Definition> list;
    for (auto const& link : schema.many_to_many()) {
        if (is_visible(schema, link.first) && is_visible(schema, link.second) && is_meant(link)) {
            list.push_back(many_to_many_definition(schema, link));
        }
    }
    return list;
}

}

std::vector<Definition> one_to_many_definitions(Schema const& schema, Table const& parent)
{
    return one_to_many_where(
        schema, [&](OneToMany const& link) { return link.parent == parent.id; });
}

std::vector<Definition> many_to_one_definitions(Schema const& schema, Table const& child)
{
    return one_to_many_where(schema, [&](OneToMany const& link) { return link.child == child.id; });
}

std::vector<Definition> many_to_many_definitions(Schema const& schema, Table const& table)
{
    return many_to_many_where(schema,
        [&](ManyToMany const& link) { return link.first == table.id || link.second == table.id; });
}

std::vector<Definition> relationship_definitions(Schema const& schema)
{
    auto list = one_to_many_where(schema, [](OneToMany const&) { return true; });
    for (auto& definition : many_to_many_where(schema, [](ManyToMany const&) { return true; })) {
        list.push_back(std::move(definition));
    }
    return list;
}

}
