#include "tools/schemac/checks.h"

namespace cashline {

namespace {

Refusal bad(std::string_view kind, json::Value const& definition, std::string_view what)
{
    return invalid("bad_definition",
        std::string(kind) + " '" + std::string(definition.text(kind)) + "': " + std::string(what));
}

Result<Table const*> table_of(
    Schema const& schema, std::string_view kind, json::Value const& definition)
{
    auto const* table = schema.find(definition.text("table"));
    if (!table) {
        return bad(
            kind, definition, "unknown table '" + std::string(definition.text("table")) + "'");
    }
    return table;
}

// A column, or "<lookup>.<column>" when the lookup has one target.
bool is_column(Schema const& schema, Table const& table, std::string_view path)
{
    auto const dot = path.find('.');
    auto const* column = table.find(path.substr(0, dot));
    if (!column || dot == std::string_view::npos) {
        return column != nullptr;
    }
    if (!column->is_lookup() || column->targets.empty()) {
        return false;
    }
    for (auto const target : column->targets) {
        auto const* next = schema.find(target);
        if (next && is_column(schema, *next, path.substr(dot + 1))) {
            return true;
        }
    }
    return false;
}

struct Owner {
    std::string_view kind;
    json::Value const& definition;
};

Result<void> check_columns(
    Schema const& schema, Table const& table, Owner const& owner, json::Array const& names)
{
    for (auto const& name : names) {
        auto const text = name.as_string() ? std::string_view(*name.as_string())
            : name.is_object()
            ? (name.text("name").empty() ? name.text("column") : name.text("name"))
            : std::string_view {};
        if (!is_column(schema, table, text)) {
            return bad(owner.kind, owner.definition,
                "unknown column '" + std::string(text) + "' of " + table.name);
        }
    }
    return {};
}

Result<void> check_form(Schema const& schema, json::Value const& form)
{
    auto const* table = TRY(table_of(schema, "form", form));
    TRY(check_columns(schema, *table, { "form", form }, form.array("header")));
    for (auto const& tab : form.array("tabs")) {
        for (auto const& section : tab.array("sections")) {
            TRY(check_columns(schema, *table, { "form", form }, section.array("columns")));
            auto const collection = section.object("subgrid");
            for (auto const& [key, value] : collection) {
                if (key == "collection" && value.as_string()
                    && !schema.find_collection(table->id, *value.as_string())
                    && !schema.find_many_to_many(table->id, *value.as_string())) {
                    return bad("form", form, "unknown collection '" + *value.as_string() + "'");
                }
            }
        }
    }
    return {};
}

Result<void> check_process(Schema const& schema, json::Value const& process)
{
    for (auto const& stage : process.array("stages")) {
        auto const* table = schema.find(stage.text("table"));
        if (!table) {
            return bad(
                "process", process, "unknown table '" + std::string(stage.text("table")) + "'");
        }
        TRY(check_columns(schema, *table, { "process", process }, stage.array("steps")));
    }
    return {};
}

Result<void> check_role(Schema const& schema, json::Value const& role)
{
    for (auto const& [table, depths] : role.object("privileges")) {
        if (table != "*" && !schema.find(table)) {
            return bad("role", role, "unknown table '" + table + "'");
        }
        for (auto const& [privilege, depth] :
            depths.as_object() ? *depths.as_object() : json::Object {}) {
            auto const name =
                depth.as_string() ? std::string_view(*depth.as_string()) : std::string_view {};
            if (name != "user" && name != "unit" && name != "subtree" && name != "organization"
                && name != "none") {
                return bad("role", role, table + "." + privilege + ": unknown depth");
            }
        }
    }
    return {};
}

Result<void> check_seed(Schema const& schema, json::Value const& seed)
{
    auto const* table = TRY(table_of(schema, "seed", seed));
    for (auto const& row : seed.array("rows")) {
        for (auto const& [name, value] : row.as_object() ? *row.as_object() : json::Object {}) {
            if (name != "id" && !table->find(name)) {
                return bad("seed", seed, "unknown column '" + name + "' of " + table->name);
            }
        }
    }
    return {};
}

}

Result<void> check_definitions(Schema const& schema)
{
    for (auto const& view : schema.definitions("view")) {
        auto const* table = TRY(table_of(schema, "view", view));
        TRY(check_columns(schema, *table, { "view", view }, view.array("columns")));
    }
    for (auto const& form : schema.definitions("form")) {
        TRY(check_form(schema, form));
    }
    for (auto const& process : schema.definitions("process")) {
        TRY(check_process(schema, process));
    }
    for (auto const& role : schema.definitions("role")) {
        TRY(check_role(schema, role));
    }
    for (auto const& seed : schema.definitions("seed")) {
        TRY(check_seed(schema, seed));
    }
    return {};
}

}
