#include "platform/pipeline/row_access.h"
#include "platform/web_api/workspace/documents.h"

#include <fmt/format.h>

namespace cashline::workspace {

namespace {

std::string_view ownership_name(Ownership ownership)
{
    switch (ownership) {
    case Ownership::user_or_team:
        return "user";
    case Ownership::organization:
    case Ownership::business_unit:
        return "organization";
    case Ownership::none:
        return "none";
    }
    return "none";
}

json::Value privileges_document(Reader& reader, Table const& table)
{
    auto const may = [&](Privilege privilege) {
        return may_at_all(reader.context(), reader.caller(), privilege, table);
    };
    return json::Object { { "create", may(Privilege::create) }, { "write", may(Privilege::write) },
        { "delete", may(Privilege::remove) }, { "assign", may(Privilege::assign) },
        { "share", may(Privilege::share) } };
}

json::Array columns_document(Schema const& schema, Table const& table)
{
    json::Array columns;
    for (auto const& column : table.columns) {
        if (column.type != ColumnType::file && column.type != ColumnType::image) {
            columns.push_back(column_document(schema, column));
        }
    }
    return columns;
}

json::Array quick_find(Table const& table)
{
    json::Array names;
    for (auto const& column : table.columns) {
        if (column.is_searched) {
            names.push_back(column.name);
        }
    }
    return names;
}

// A form that says so is saved as a whole instead of field by field.
std::string save_mode(Schema const& schema, Table const& table)
{
    for (auto const& form : schema.definitions("form")) {
        if (form.text("table") == table.name && form.text("save") == "explicit") {
            return "explicit";
        }
    }
    return "auto";
}

// FNV-1a: the tag changes with anything the client would see.
std::string tag_of(json::Value const& document)
{
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (auto const character : document.to_string()) {
        hash = (hash ^ static_cast<std::uint8_t>(character)) * 1'099'511'628'211U;
    }
    return fmt::format("W/\"{:x}\"", hash);
}

}

Result<json::Value> table_document(Reader& reader, Table const& table)
{
    auto const& schema = reader.schema();
    if (!may_at_all(reader.context(), reader.caller(), Privilege::read, table)) {
        return access_refusal(reader.context(), reader.caller(), Privilege::read, table);
    }
    json::Value document { json::Object { { "logicalName", table.name },
        { "entitySetName", table.set }, { "displayName", table.label },
        { "pluralName", table.plural }, { "objectTypeCode", static_cast<std::int64_t>(table.id) },
        { "primaryId", table.column(table.id_column).name },
        { "primaryName", table.name_or_id_column().name },
        { "ownership", ownership_name(table.ownership) }, { "isActivity", table.is_activity },
        { "hasNotes", table.has_notes }, { "hasActivities", table.has_activities },
        { "icon", table.name }, { "save", save_mode(schema, table) },
        { "quickFind", quick_find(table) }, { "privileges", privileges_document(reader, table) },
        { "columns", columns_document(schema, table) } } };
    auto const add = [&](char const* name, json::Array items) {
        if (!items.empty()) {
            document.set(name, std::move(items));
        }
    };
    add("views", view_documents(reader, table));
    add("forms", form_documents(reader, table));
    add("commands", command_documents(schema, table));
    document.set("etag", tag_of(document));
    return document;
}

}
