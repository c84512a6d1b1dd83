#include "platform/metadata/schema_builder.h"

#include "platform/metadata/column_parser.h"

#include <algorithm>

namespace cashline {

namespace {

Refusal bad_table(std::string_view table, std::string_view what)
{
    return invalid("bad_definition", std::string(table) + ": " + std::string(what));
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

struct PatternNames {
    Table const& child;
    Table const& parent;
    std::string plural_schema;
    bool is_base_itself;
};

// {target} {table} {Target} {Plural} {_table}; the last is empty for the base table of an
// inheritance.
std::string expanded(std::string pattern, PatternNames const& names)
{
    pattern = replaced(std::move(pattern), "{target}", names.parent.name);
    pattern = replaced(std::move(pattern), "{Target}", capitalised(names.parent.name));
    pattern = replaced(std::move(pattern), "{table}", names.child.name);
    pattern = replaced(std::move(pattern), "{Plural}", names.plural_schema);
    return replaced(
        std::move(pattern), "{_table}", names.is_base_itself ? "" : "_" + names.child.name);
}

OnDelete parse_on_delete(json::Value const& definition, Column const& column)
{
    auto const text = definition.text("on_delete");
    if (text.empty()) {
        return column.required == Required::yes || column.required == Required::system
            ? OnDelete::restrict
            : OnDelete::remove_link;
    }
    return text == "cascade"    ? OnDelete::cascade
        : text == "restrict"    ? OnDelete::restrict
        : text == "remove_link" ? OnDelete::remove_link
                                : OnDelete::none;
}

bool has_money(json::Value const& definition)
{
    return std::ranges::any_of(definition.array("columns"),
        [](json::Value const& column) { return column.text("type") == "money"; });
}

// A status option carries its state's name until here; afterwards the state's number, and each
// state its default reason.
Result<void> join_states(Table& table)
{
    auto const state = std::ranges::find(table.columns, ColumnType::state, &Column::type);
    auto const status = std::ranges::find(table.columns, ColumnType::status, &Column::type);
    if (status == table.columns.end()) {
        return {};
    }
    if (state == table.columns.end()) {
        return bad_table(table.name, "a status column needs a state column");
    }
    for (auto& option : status->options) {
        auto const owner = std::ranges::find(state->options, option.color, &Option::name);
        if (owner == state->options.end()) {
            return bad_table(table.name, "reason '" + option.name + "' belongs to no state");
        }
        option.state = owner->value;
        option.color.clear();
    }
    for (auto& option : state->options) {
        auto const first = std::ranges::find(status->options, option.value, &Option::state);
        if (first == status->options.end()) {
            return bad_table(table.name, "state '" + option.name + "' has no reason");
        }
        option.state = first->value;
    }
    if (state->default_value.is_null()) {
        state->default_value = Value(state->options.front().value);
    }
    return {};
}

}

SchemaBuilder::SchemaBuilder(json::Value definitions) : m_schema(std::make_shared<Schema>())
{
    m_schema->m_definitions = std::move(definitions);
}

Result<std::shared_ptr<Schema const>> SchemaBuilder::build()
{
    auto const& definitions = m_schema->m_definitions.array("table");
    for (auto const& definition : definitions) {
        if (definition.text("extends").empty()) {
            TRY(add_table(definition));
        }
    }
    for (auto const& definition : definitions) {
        if (!definition.text("extends").empty()) {
            TRY(add_table(definition));
        }
    }
    for (auto const& definition : definitions) {
        // A copy: adding the intersect moves the tables.
        Table const first =
            *std::ranges::find(m_schema->m_tables, definition.text("table"), &Table::name);
        for (auto const& relationship : definition.array("many_to_many")) {
            TRY(add_intersect(first, relationship));
        }
    }
    TRY(index_tables());
    for (auto const& definition : definitions) {
        TRY(finish(
            m_schema->m_tables[m_schema->m_by_name.at(std::string(definition.text("table")))],
            definition));
    }
    for (auto const& definition : m_intersects) {
        TRY(finish(
            m_schema->m_tables[m_schema->m_by_name.at(std::string(definition.text("table")))],
            definition));
    }
    for (auto const& definition : definitions) {
        for (auto const& relationship : definition.array("many_to_many")) {
            json::Value whole = relationship;
            whole.set("first", definition.text("table"));
            TRY(add_many_to_many(whole));
        }
    }
    TRY(add_party_collections());
    return std::shared_ptr<Schema const>(std::move(m_schema));
}

// The participants of every activity hang on its pointer; clients reach them by a collection that
// is named after the activity ("appointment_activity_parties"). The pointer's own relationship does
// the cascading.
Result<void> SchemaBuilder::add_party_collections()
{
    auto const* parties = m_schema->find("activityparty");
    auto const* activity = parties ? parties->find("activityid") : nullptr;
    if (!activity) {
        return {};
    }
    for (auto const& table : m_schema->m_tables) {
        if (table.extends) {
            auto const name = table.name + "_activity_parties";
            TRY(remember({ .name = name,
                .parent = table.id,
                .child = parties->id,
                .column = activity->index,
                .collection = name,
                .single = "activityid_" + table.name,
                .on_delete = OnDelete::none }));
        }
    }
    return {};
}

Result<void> SchemaBuilder::add_table(json::Value const& definition)
{
    Table table;
    table.name = definition.text("table");
    table.id = static_cast<TableId>(definition.integer("number"));
    if (table.name.empty() || table.id == TableId {}) {
        return bad_table(table.name, "a table needs a name and a number");
    }
    table.schema_name = definition.text("schema", capitalised(table.name));
    table.set = definition.text("set", table.name + "s");
    table.label = definition.text("label", capitalised(table.name));
    table.plural = definition.text("plural", table.label + "s");
    table.description = definition.text("description");
    table.app = definition.text("app");
    table.ownership = TRY(parse_ownership(definition.text("ownership", "organization")));
    table.default_sort = definition.text("sort");
    table.is_audited = definition.flag("audited", true);
    table.is_intersect = definition.flag("intersect");
    table.is_custom = definition.flag("custom");
    table.is_hidden = definition.flag("hidden");
    table.has_notes = definition.flag("notes");
    table.has_activities = definition.flag("activities");
    table.has_company = definition.flag("company");
    table.tracks_changes = definition.flag("changes", true);
    TRY(add_columns(table, definition));
    m_schema->m_tables.push_back(std::move(table));
    return {};
}

Result<void> SchemaBuilder::add_columns(Table& table, json::Value const& definition)
{
    if (auto const base = definition.text("extends"); !base.empty()) {
        TRY(inherit(table, base));
    } else {
        table.is_activity = table.name == "activitypointer";
        TRY(add_column(table, id_column(definition.text("id", table.name + "id"))));
    }
    auto const inherited = table.columns.size();
    for (auto const& column : definition.array("columns")) {
        TRY(add_column(table, column));
    }
    auto const standard =
        standard_columns(table.ownership, table.has_company, has_money(definition));
    for (auto const& column : standard) {
        auto const name = column.text("name");
        if (std::ranges::find(table.columns, name, &Column::name) == table.columns.end()) {
            TRY(add_column(table, column));
        }
    }
    if (table.has_company) {
        return {};
    }
    std::vector<json::Value> bases;
    for (auto position = inherited; position < table.columns.size(); ++position) {
        auto const& column = table.columns[position];
        if (column.type == ColumnType::money && column.base_of.empty()) {
            bases.push_back(json::Object { { "name", column.name + "_base" },
                { "handle", column.handle + "_base" }, { "type", "money" }, { "write", "never" },
                { "derived", true }, { "standard", true }, { "base_of", column.name },
                { "audited", false } });
        }
    }
    for (auto const& base : bases) {
        TRY(add_column(table, base));
    }
    return {};
}

Result<void> SchemaBuilder::inherit(Table& table, std::string_view base_name)
{
    auto const base = std::ranges::find(m_schema->m_tables, base_name, &Table::name);
    if (base == m_schema->m_tables.end()) {
        return bad_table(table.name, "extends unknown table '" + std::string(base_name) + "'");
    }
    table.extends = base->id;
    table.is_activity = true;
    table.ownership = base->ownership;
    table.columns = base->columns;
    if (table.default_sort.empty()) {
        table.default_sort = base->default_sort;
    }
    for (auto& column : table.columns) {
        column.in_base = true;
        m_written[table.name + "/" + column.name] = m_written.at(base->name + "/" + column.name);
    }
    return {};
}

Result<void> SchemaBuilder::add_column(Table& table, json::Value const& definition)
{
    auto column = TRY(parse_column(table.name, definition));
    m_written[table.name + "/" + column.name] = definition;
    auto const existing = std::ranges::find(table.columns, column.name, &Column::name);
    if (existing != table.columns.end()) {
        if (!table.extends || !existing->in_base || existing->type != column.type) {
            return bad_table(table.name, "column '" + column.name + "' is defined twice");
        }
        column.index = existing->index;
        column.in_base = true;
        *existing = std::move(column);
        return {};
    }
    column.index = static_cast<ColumnIndex>(table.columns.size());
    table.columns.push_back(std::move(column));
    return {};
}

Result<void> SchemaBuilder::add_intersect(Table const& first, json::Value const& definition)
{
    auto const& columns = definition.array("columns");
    auto const intersect = definition.text("intersect");
    auto const with = definition.text("with");
    if (columns.size() != 2 || intersect.empty() || with.empty()
        || definition.integer("number") == 0) {
        return bad_table(first.name, "many_to_many needs with, intersect, number and two columns");
    }
    auto const side = [&](std::size_t position, std::string_view target) {
        auto const name =
            columns[position].as_string() ? *columns[position].as_string() : std::string {};
        return json::Value(json::Object { { "name", name }, { "type", "lookup" }, { "to", target },
            { "required", true }, { "write", "create" }, { "on_delete", "cascade" },
            { "collection", std::string(intersect) + "_" + name } });
    };
    json::Value table { json::Object { { "table", intersect },
        { "number", definition.integer("number") },
        { "set", definition.text("set", std::string(intersect) + "collection") },
        { "ownership", "none" }, { "parent", side(0, first.name).text("name") },
        { "intersect", true }, { "app", first.app },
        { "columns", json::Array { side(0, first.name), side(1, with) } },
        { "keys", json::Array { json::Object { { "name", "pair" }, { "columns", columns } } } } } };
    m_intersects.push_back(std::move(table));
    return add_table(m_intersects.back());
}

Result<void> SchemaBuilder::index_tables()
{
    for (std::size_t position = 0; position < m_schema->m_tables.size(); ++position) {
        auto& table = m_schema->m_tables[position];
        if (!m_schema->m_by_id.emplace(static_cast<std::uint32_t>(table.id), position).second) {
            return bad_table(table.name, "its number is used by another table");
        }
        if (!m_schema->m_by_name.emplace(table.name, position).second) {
            return bad_table(table.name, "is defined twice");
        }
        if (!m_schema->m_by_set.emplace(table.set, position).second) {
            return bad_table(table.name, "its set '" + table.set + "' is used by another table");
        }
        for (auto const& column : table.columns) {
            table.by_name.emplace(column.name, column.index);
        }
    }
    return {};
}

Result<void> SchemaBuilder::finish(Table& table, json::Value const& definition)
{
    TRY(resolve_names(table, definition));
    TRY(join_states(table));
    for (auto& column : table.columns) {
        if (!column.is_lookup()) {
            continue;
        }
        TRY(resolve_targets(table, column));
        for (std::size_t target = 0; target < column.targets.size(); ++target) {
            if (column.targets[target] != any_table) {
                TRY(add_one_to_many(table, column, target));
            }
        }
    }
    return {};
}

Result<std::vector<ColumnIndex>> SchemaBuilder::columns_named(
    Table const& table, json::Value const& names) const
{
    std::vector<ColumnIndex> columns;
    for (auto const& name : names.as_array() ? *names.as_array() : json::Array {}) {
        auto const* column = name.as_string() ? table.find(*name.as_string()) : nullptr;
        if (!column) {
            return bad_table(table.name, "key or index names unknown column " + name.to_string());
        }
        columns.push_back(column->index);
    }
    return columns;
}

Result<void> SchemaBuilder::resolve_names(Table& table, json::Value const& definition)
{
    table.id_column = table.columns.front().index;
    if (auto const name = definition.text("name"); !name.empty()) {
        auto const* column = table.find(name);
        if (!column) {
            return bad_table(table.name, "name column '" + std::string(name) + "' does not exist");
        }
        table.name_column = column->index;
        table.columns[static_cast<std::size_t>(column->index)].has_folded =
            column->is_text() && column->is_stored();
    } else if (table.extends) {
        table.name_column = m_schema->table(*table.extends).name_column;
    }
    if (auto const parent = definition.text("parent"); !parent.empty()) {
        auto const* column = table.find(parent);
        if (!column || !column->is_lookup()) {
            return bad_table(table.name, "parent '" + std::string(parent) + "' is not a lookup");
        }
        table.parent = column->index;
    } else if (table.ownership == Ownership::none && !table.is_hidden) {
        return bad_table(table.name, "ownership none needs a parent");
    }
    for (auto const& key : definition.array("keys")) {
        table.keys.push_back({ std::string(key.text("name")),
            TRY(columns_named(
                table, key.find("columns") ? *key.find("columns") : json::Value {})) });
        for (auto const index : table.keys.back().columns) {
            auto& column = table.columns[static_cast<std::size_t>(index)];
            column.has_folded = column.has_folded || column.is_text();
        }
    }
    for (auto const& index : definition.array("indexes")) {
        table.indexes.push_back({ TRY(columns_named(table, index)) });
    }
    return {};
}

json::Value const& SchemaBuilder::written(Table const& table, Column const& column) const
{
    return m_written.at(table.name + "/" + column.name);
}

Result<void> SchemaBuilder::resolve_targets(Table& table, Column& column)
{
    auto const& definition = written(table, column);
    column.targets.clear();
    auto const* to = definition.find("to");
    json::Array names;
    if (to && to->as_array()) {
        names = *to->as_array();
    } else if (to && to->as_string()) {
        names.push_back(*to);
    } else if (column.type == ColumnType::customer) {
        names = { "account", "contact" };
    } else if (column.type == ColumnType::owner) {
        names = { "systemuser", "team" };
    }
    for (auto const& name : names) {
        auto const text = name.as_string() ? *name.as_string() : std::string {};
        if (text == "any") {
            column.targets.push_back(any_table);
        } else if (text == "activities" || text == "notes") {
            for (auto const& other : m_schema->m_tables) {
                if (text == "activities" ? other.has_activities : other.has_notes) {
                    column.targets.push_back(other.id);
                }
            }
        } else if (auto const* target = m_schema->find(text)) {
            column.targets.push_back(target->id);
        } else {
            return bad_table(table.name, column.name + " points at unknown table '" + text + "'");
        }
    }
    if (column.targets.empty()) {
        return bad_table(table.name, column.name + " points at no table");
    }
    name_navigations(table, column, definition);
    return {};
}

void SchemaBuilder::name_navigations(
    Table const& table, Column& column, json::Value const& definition) const
{
    column.navigations.clear();
    auto const* patterns = definition.find("navs");
    for (auto const id : column.targets) {
        auto const* target = m_schema->find(id);
        if (!target) {
            column.navigations.push_back(column.name);
        } else if (patterns && patterns->as_string()) {
            column.navigations.push_back(
                expanded(*patterns->as_string(), { table, *target, {}, !table.extends }));
        } else if (patterns && !patterns->text(target->name).empty()) {
            column.navigations.emplace_back(patterns->text(target->name));
        } else if (column.targets.size() == 1 || column.type == ColumnType::owner) {
            column.navigations.emplace_back(definition.text("nav", column.name));
        } else {
            column.navigations.push_back(column.name + "_" + target->name);
        }
    }
}

Result<void> SchemaBuilder::add_one_to_many(
    Table const& table, Column const& column, std::size_t target)
{
    auto const& definition = written(table, column);
    auto const& parent = m_schema->table(column.targets[target]);
    PatternNames const names { table, parent,
        table.extends ? capitalised(table.set)
                      : std::string(definition.text("plural_schema", capitalised(table.set))),
        !table.extends };
    auto const named = [&](char const* one, char const* many) -> std::string {
        auto const* patterns = definition.find(many);
        if (patterns && patterns->as_string()) {
            return expanded(*patterns->as_string(), names);
        }
        if (patterns && !patterns->text(parent.name).empty()) {
            return std::string(patterns->text(parent.name));
        }
        return expanded(std::string(definition.text(one)), names);
    };
    OneToMany relationship { .parent = parent.id, .child = table.id, .column = column.index };
    auto const overridden = !table.extends || definition.find("collections") || !column.in_base;
    relationship.collection = overridden ? named("collection", "collections") : std::string {};
    if (relationship.collection.empty()) {
        relationship.collection = column.is_standard && parent.name == "systemuser"
            ? "lk_" + table.name + "_" + column.name
            : parent.name + "_" + table.name + "_" + column.name;
    }
    relationship.name = overridden ? named("relationship", "relationships") : std::string {};
    if (relationship.name.empty()) {
        relationship.name = relationship.collection;
    }
    relationship.single = column.navigations[target];
    relationship.on_delete = parse_on_delete(definition, column);
    relationship.assign_cascades = definition.text("on_assign") == "cascade";
    relationship.is_hierarchical = definition.flag("hierarchy");
    return remember(std::move(relationship));
}

Result<void> SchemaBuilder::remember(OneToMany relationship)
{
    auto const position = m_schema->m_one_to_many.size();
    auto const& child = m_schema->table(relationship.child);
    auto const& parent = m_schema->table(relationship.parent);
    m_schema->m_singles.emplace(child.name + "/" + relationship.single, position);
    if (!m_schema->m_collections.emplace(parent.name + "/" + relationship.collection, position)
            .second) {
        return bad_table(child.name,
            "collection '" + relationship.collection + "' of " + parent.name + " is used twice");
    }
    m_schema->m_one_to_many.push_back(std::move(relationship));
    return {};
}

Result<void> SchemaBuilder::add_many_to_many(json::Value const& definition)
{
    auto const* first = m_schema->find(definition.text("first"));
    auto const* second = m_schema->find(definition.text("with"));
    auto const* intersect = m_schema->find(definition.text("intersect"));
    if (!first || !second || !intersect) {
        return bad_table(definition.text("name"), "many_to_many joins unknown tables");
    }
    auto const name = std::string(definition.text("name"));
    ManyToMany relationship { .name = name,
        .first = first->id,
        .second = second->id,
        .intersect = intersect->id,
        .first_column = intersect->columns[1].index,
        .second_column = intersect->columns[2].index,
        .first_collection = std::string(definition.text("nav", name)),
        .second_collection =
            std::string(definition.text("nav_second", definition.text("nav", name))) };
    auto const position = m_schema->m_many_to_many.size();
    m_schema->m_many.emplace(first->name + "/" + relationship.first_collection, position);
    m_schema->m_many.emplace(second->name + "/" + relationship.second_collection, position);
    m_schema->m_many_to_many.push_back(std::move(relationship));
    return {};
}

Result<std::shared_ptr<Schema const>> Schema::load(json::Value definitions)
{
    return SchemaBuilder(std::move(definitions)).build();
}

}
