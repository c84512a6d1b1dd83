#include "core/text.h"
#include "platform/web_api/odata/definitions/documents.h"

#include <array>

namespace cashline::odata {

namespace {

constexpr int english = 1033;

std::string_view ownership_name(Ownership ownership)
{
    switch (ownership) {
    case Ownership::user_or_team:
        return "UserOwned";
    case Ownership::organization:
        return "OrganizationOwned";
    case Ownership::business_unit:
        return "BusinessOwned";
    case Ownership::none:
        return "None";
    }
    return "None";
}

json::Array privilege_documents(Table const& table)
{
    static constexpr std::array types { "Create", "Read", "Write", "Delete", "Assign", "Share",
        "Append", "AppendTo" };
    auto const is_owned = table.ownership == Ownership::user_or_team;
    json::Array list;
    for (std::string const type : types) {
        auto const name = "prv" + type + table.schema_name;
        list.push_back(json::Object { { "CanBeBasic", is_owned }, { "CanBeDeep", is_owned },
            { "CanBeGlobal", true }, { "CanBeLocal", is_owned }, { "CanBeEntityReference", false },
            { "CanBeParentEntityReference", false }, { "Name", name },
            { "PrivilegeId", metadata_id("privilege", name).to_string() },
            { "PrivilegeType", type } });
    }
    return list;
}

json::Value table_document(Table const& table)
{
    json::Value document { json::Object {} };
    document.set("MetadataId", metadata_id("entity", table.name).to_string());
    document.set("LogicalName", table.name);
    document.set("SchemaName", table.schema_name);
    document.set("EntitySetName", table.set);
    document.set("LogicalCollectionName", table.set);
    document.set("CollectionSchemaName", table.set);
    document.set("DisplayName", label_document(table.label));
    document.set("DisplayCollectionName", label_document(table.plural));
    document.set("Description", label_document(table.description));
    document.set("PrimaryIdAttribute", table.column(table.id_column).name);
    document.set("PrimaryNameAttribute",
        table.name_column ? json::Value(table.column(*table.name_column).name) : json::Value {});
    document.set("PrimaryImageAttribute", json::Value {});
    document.set("ObjectTypeCode", static_cast<std::int64_t>(table.id));
    document.set("OwnershipType", ownership_name(table.ownership));
    document.set("TableType", "Standard");
    document.set("IsActivity", table.is_activity);
    document.set("IsCustomEntity", table.is_custom);
    document.set("IsIntersect", table.is_intersect);
    document.set("IsManaged", !table.is_custom);
    document.set("IsPrivate", false);
    document.set("IsLogicalEntity", false);
    document.set("ChangeTrackingEnabled", table.tracks_changes);
    document.set("IsOptimisticConcurrencyEnabled", true);
    document.set("HasNotes", table.has_notes);
    document.set("HasActivities", table.has_activities);
    document.set("IsAuditEnabled",
        json::Object { { "Value", table.is_audited }, { "CanBeChanged", false },
            { "ManagedPropertyLogicalName", "canmodifyauditsettings" } });
    document.set("Privileges", privilege_documents(table));
    return document;
}

Definition key_definition(Table const& table, Key const& key)
{
    json::Array columns;
    for (auto const column : key.columns) {
        columns.emplace_back(table.column(column).name);
    }
    auto const id = metadata_id("key", table.name + "/" + key.name);
    json::Value document { json::Object {} };
    document.set("MetadataId", id.to_string());
    document.set("LogicalName", key.name);
    document.set("SchemaName", key.name);
    document.set("EntityLogicalName", table.name);
    document.set("DisplayName", label_document(key.name));
    document.set("KeyAttributes", std::move(columns));
    document.set("EntityKeyIndexStatus", "Active");
    document.set("IsManaged", !table.is_custom);
    document.set("AsyncJob", json::Value {});
    return Definition { .key = key.name, .id = id, .document = std::move(document) };
}

}

Id metadata_id(std::string_view kind, std::string_view name)
{
    return Id::from_name("metadata/" + std::string(kind) + "/" + std::string(name));
}

json::Value label_document(std::string_view text)
{
    if (text.empty()) {
        return json::Object { { "LocalizedLabels", json::Array {} },
            { "UserLocalizedLabel", json::Value {} } };
    }
    json::Value const label { json::Object { { "Label", text }, { "LanguageCode", english },
        { "IsManaged", true }, { "MetadataId", metadata_id("label", text).to_string() },
        { "HasChanged", json::Value {} } } };
    json::Array labels;
    labels.push_back(label);
    return json::Object { { "LocalizedLabels", std::move(labels) },
        { "UserLocalizedLabel", label } };
}

std::vector<Definition> key_definitions(Table const& table)
{
    std::vector<Definition> list;
    for (auto const& key : table.keys) {
        list.push_back(key_definition(table, key));
    }
    return list;
}

Definition entity_definition(Schema const& schema, Table const& table)
{
    Definition definition { .key = table.name,
        .id = metadata_id("entity", table.name),
        .document = table_document(table) };
    using Make = std::function<std::vector<Definition>()>;
    auto const offer = [&](char const* name, Make make) {
        definition.related.emplace(
            name, [make = std::move(make)] { return RelatedDefinitions { true, make() }; });
    };
    offer("Attributes", [&schema, &table] { return attribute_definitions(schema, table); });
    offer("Keys", [&table] { return key_definitions(table); });
    offer("OneToManyRelationships",
        [&schema, &table] { return one_to_many_definitions(schema, table); });
    offer("ManyToOneRelationships",
        [&schema, &table] { return many_to_one_definitions(schema, table); });
    offer("ManyToManyRelationships",
        [&schema, &table] { return many_to_many_definitions(schema, table); });
    return definition;
}

std::vector<Definition> entity_definitions(Schema const& schema)
{
    std::vector<Definition> list;
    for (auto const& table : schema.tables()) {
        if (!table.is_hidden) {
            list.push_back(entity_definition(schema, table));
        }
    }
    return list;
}

}
