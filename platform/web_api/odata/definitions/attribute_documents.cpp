#include "platform/web_api/odata/definitions/documents.h"

namespace cashline::odata {

namespace {

// AttributeType, AttributeTypeName and the cast, as the public contract pairs them.
struct TypeNames {
    char const* type {};
    char const* name {};
    char const* cast {};
};

TypeNames names_of(ColumnType type)
{
    switch (type) {
    case ColumnType::id:
        return { "Uniqueidentifier", "UniqueidentifierType", "UniqueIdentifier" };
    case ColumnType::text:
        return { "String", "StringType", "String" };
    case ColumnType::memo:
        return { "Memo", "MemoType", "Memo" };
    case ColumnType::whole:
        return { "Integer", "IntegerType", "Integer" };
    case ColumnType::big:
        return { "BigInt", "BigIntType", "BigInt" };
    case ColumnType::decimal:
        return { "Decimal", "DecimalType", "Decimal" };
    case ColumnType::money:
        return { "Money", "MoneyType", "Money" };
    case ColumnType::yes_no:
        return { "Boolean", "BooleanType", "Boolean" };
    case ColumnType::choice:
        return { "Picklist", "PicklistType", "Picklist" };
    case ColumnType::choices:
        return { "Virtual", "MultiSelectPicklistType", "MultiSelectPicklist" };
    case ColumnType::state:
        return { "State", "StateType", "State" };
    case ColumnType::status:
        return { "Status", "StatusType", "Status" };
    case ColumnType::date:
    case ColumnType::date_time:
        return { "DateTime", "DateTimeType", "DateTime" };
    case ColumnType::lookup:
        return { "Lookup", "LookupType", "Lookup" };
    case ColumnType::customer:
        return { "Customer", "CustomerType", "Lookup" };
    case ColumnType::owner:
        return { "Owner", "OwnerType", "Lookup" };
    case ColumnType::party_list:
        return { "PartyList", "PartyListType", "Lookup" };
    case ColumnType::file:
        return { "Virtual", "FileType", "File" };
    case ColumnType::image:
        return { "Virtual", "ImageType", "Image" };
    }
    return { "String", "StringType", "String" };
}

std::string_view required_name(Required required)
{
    switch (required) {
    case Required::no:
        return "None";
    case Required::recommended:
        return "Recommended";
    case Required::yes:
        return "ApplicationRequired";
    case Required::system:
        return "SystemRequired";
    }
    return "None";
}

json::Value format_document(std::string_view format, std::string_view fallback)
{
    auto name = std::string(format.empty() ? fallback : format);
    name.front() = static_cast<char>(
        name.front() >= 'a' && name.front() <= 'z' ? name.front() - 'a' + 'A' : name.front());
    return name;
}

void set_bounds(json::Value& document, Column const& column)
{
    auto const bound = [&](std::optional<std::int64_t> value) {
        auto const is_whole = column.type == ColumnType::whole || column.type == ColumnType::big;
        return !value ? json::Value {}
            : is_whole
            ? json::Value(*value)
            : json::Value(Decimal::from_scaled(*value, column.scale).without_trailing_zeros());
    };
    document.set("MinValue", bound(column.minimum));
    document.set("MaxValue", bound(column.maximum));
}

void set_targets(json::Value& document, Schema const& schema, Column const& column)
{
    json::Array targets;
    for (auto const target : column.targets) {
        if (auto const* table = schema.find(target)) {
            targets.emplace_back(table->name);
        }
    }
    document.set("Targets", std::move(targets));
}

// What only this type of column has.
void set_details(json::Value& document, Schema const& schema, Column const& column)
{
    switch (column.type) {
    case ColumnType::text:
    case ColumnType::memo:
        document.set("MaxLength", static_cast<std::int64_t>(column.max_length));
        document.set("Format", format_document(column.format, "Text"));
        document.set(
            "FormatName", json::Object { { "Value", format_document(column.format, "Text") } });
        document.set("AutoNumberFormat", column.auto_number);
        return;
    case ColumnType::whole:
        document.set("Format", format_document(column.format, "None"));
        set_bounds(document, column);
        return;
    case ColumnType::big:
        set_bounds(document, column);
        return;
    case ColumnType::decimal:
        document.set("Precision", static_cast<std::int64_t>(column.scale));
        set_bounds(document, column);
        return;
    case ColumnType::money:
        document.set("Precision", 4);
        document.set("PrecisionSource", 2); // the currency's
        document.set("IsBaseCurrency", !column.base_of.empty());
        document.set(
            "CalculationOf", column.base_of.empty() ? json::Value {} : json::Value(column.base_of));
        set_bounds(document, column);
        return;
    case ColumnType::date:
        document.set("Format", "DateOnly");
        document.set("DateTimeBehavior", json::Object { { "Value", "DateOnly" } });
        return;
    case ColumnType::date_time:
        document.set("Format", "DateAndTime");
        document.set("DateTimeBehavior",
            json::Object { { "Value",
                column.behavior == DateBehavior::zone_independent ? "TimeZoneIndependent"
                                                                  : "UserLocal" } });
        return;
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::party_list:
        set_targets(document, schema, column);
        return;
    case ColumnType::yes_no:
        document.set("DefaultValue", column.default_value == Value(true));
        return;
    case ColumnType::choice:
    case ColumnType::choices:
    case ColumnType::state:
    case ColumnType::status: {
        auto const* preset = column.default_value.as_integer();
        document.set("DefaultFormValue", preset ? json::Value(*preset) : json::Value(-1));
        return;
    }
    case ColumnType::id:
    case ColumnType::file:
    case ColumnType::image:
        return;
    }
}

json::Value option_document(std::int64_t value, std::string_view label, std::string_view color)
{
    json::Value document { json::Object {} };
    document.set("Value", value);
    document.set("Color", color.empty() ? json::Value {} : json::Value(color));
    document.set("IsManaged", true);
    document.set("ExternalValue", json::Value {});
    document.set("ParentValues", json::Array {});
    document.set("Tag", json::Value {});
    document.set("IsHidden", false);
    document.set("MetadataId", json::Value {});
    document.set("HasChanged", json::Value {});
    document.set("Label", label_document(label));
    document.set("Description", label_document(""));
    return document;
}

json::Array option_documents(Column const& column)
{
    json::Array options;
    for (auto const& option : column.options) {
        auto document = option_document(option.value, option.label, option.color);
        if (column.type == ColumnType::state) {
            document.set("DefaultStatus", option.state);
            document.set("InvariantName", option.name);
        } else if (column.type == ColumnType::status) {
            document.set("State", option.state);
            document.set("TransitionData", json::Value {});
        }
        options.push_back(std::move(document));
    }
    return options;
}

Definition option_set(Table const& table, Column const& column)
{
    auto const name = table.name + "_" + column.name;
    auto const is_boolean = column.type == ColumnType::yes_no;
    Definition definition { .key = name, .id = metadata_id("optionset", name) };
    definition.type = is_boolean ? "BooleanOptionSetMetadata" : "OptionSetMetadata";
    auto& document = definition.document;
    document.set("MetadataId", definition.id.to_string());
    document.set("Name", name);
    document.set("DisplayName", label_document(column.label));
    document.set("Description", label_document(column.description));
    document.set("IsGlobal", false);
    document.set("IsCustomOptionSet", column.is_custom);
    document.set("IsManaged", !column.is_custom);
    document.set("OptionSetType",
        is_boolean                              ? "Boolean"
            : column.type == ColumnType::state  ? "State"
            : column.type == ColumnType::status ? "Status"
                                                : "Picklist");
    if (is_boolean) {
        document.set("TrueOption", option_document(1, "Yes", ""));
        document.set("FalseOption", option_document(0, "No", ""));
    } else {
        document.set("Options", option_documents(column));
    }
    return definition;
}

json::Value base_document(Table const& table, Column const& column, TypeNames const& names)
{
    auto const may = [&](Writable other) {
        return !column.is_derived && column.calculated.empty()
            && (column.writable == Writable::always || column.writable == other);
    };
    json::Value document { json::Object {} };
    document.set(
        "MetadataId", metadata_id("attribute", table.name + "/" + column.name).to_string());
    document.set("LogicalName", column.name);
    document.set("SchemaName", column.schema_name);
    document.set("EntityLogicalName", table.name);
    document.set("AttributeType", names.type);
    document.set("AttributeTypeName", json::Object { { "Value", names.name } });
    document.set("DisplayName", label_document(column.label));
    document.set("Description", label_document(column.description));
    document.set("RequiredLevel",
        json::Object { { "Value", required_name(column.required) }, { "CanBeChanged", false },
            { "ManagedPropertyLogicalName", "canmodifyrequirementlevelsettings" } });
    document.set("IsPrimaryId", column.index == table.id_column);
    document.set("IsPrimaryName", table.name_column == column.index);
    document.set("IsValidForCreate", may(Writable::on_create));
    document.set("IsValidForRead", true);
    document.set("IsValidForUpdate", may(Writable::on_update));
    document.set("IsLogical", !column.calculated.empty());
    document.set("IsCustomAttribute", column.is_custom);
    document.set("IsManaged", !column.is_custom);
    document.set("IsSearchable", column.is_searched);
    document.set("IsSecured", false);
    document.set("AttributeOf", json::Value {});
    document.set("ColumnNumber", static_cast<std::int64_t>(column.index));
    document.set("SourceType", column.calculated.empty() ? 0 : 1);
    return document;
}

bool has_options(ColumnType type)
{
    return type == ColumnType::choice || type == ColumnType::choices || type == ColumnType::state
        || type == ColumnType::status || type == ColumnType::yes_no;
}

Definition attribute_definition(Schema const& schema, Table const& table, Column const& column)
{
    auto const names = names_of(column.type);
    Definition definition { .key = column.name,
        .id = metadata_id("attribute", table.name + "/" + column.name),
        .type = std::string(names.cast) + "AttributeMetadata",
        .document = base_document(table, column, names) };
    set_details(definition.document, schema, column);
    if (has_options(column.type)) {
        definition.related.emplace("OptionSet", [&table, &column] {
            return RelatedDefinitions { false, { option_set(table, column) } };
        });
        definition.related.emplace("GlobalOptionSet",
            [] { return RelatedDefinitions { .is_collection = false, .list = {} }; });
    }
    return definition;
}

}

std::vector<Definition> attribute_definitions(Schema const& schema, Table const& table)
{
    std::vector<Definition> list;
    for (auto const& column : table.columns) {
        list.push_back(attribute_definition(schema, table, column));
    }
    return list;
}

}
