#include "platform/metadata/row_json.h"

#include "core/text.h"
#include "platform/metadata/json_values.h"

namespace cashline {

namespace {

constexpr std::string_view bind_suffix = "@odata.bind";

Refusal bad_reference(std::string_view path)
{
    return invalid("ODataClientPayloadError",
        "'" + std::string(path) + "' does not name a row. Write /<set>(<id>).");
}

struct Segment {
    std::string_view set {};
    std::string_view key {};
};

// Some clients damage the front of an absolute address; only the last set(key) is needed.
std::optional<Segment> last_segment(std::string_view path)
{
    if (path.empty() || path.back() != ')') {
        return std::nullopt;
    }
    auto const open = path.rfind('(');
    if (open == std::string_view::npos) {
        return std::nullopt;
    }
    auto const slash = path.rfind('/', open);
    auto const begin = slash == std::string_view::npos ? 0 : slash + 1;
    return Segment { path.substr(begin, open - begin),
        path.substr(open + 1, path.size() - open - 2) };
}

std::optional<Id> id_in_key(Table const& table, std::string_view key)
{
    auto const prefix = table.column(table.id_column).name + "=";
    if (key.starts_with(prefix)) {
        key.remove_prefix(prefix.size());
    }
    return Id::parse(key);
}

// Where a binding to `navigation` is stored and which table it must point at.
struct Binding {
    Column const* column {};
    TableId target {};
};

std::optional<Binding> find_binding(Table const& table, std::string_view navigation)
{
    for (auto const& column : table.columns) {
        for (std::size_t at = 0; column.is_lookup() && at < column.navigations.size(); ++at) {
            if (column.navigations[at] == navigation) {
                // The owner has one navigation for two tables.
                auto const is_shared = column.type == ColumnType::owner;
                return Binding { &column, is_shared ? any_table : column.targets[at] };
            }
        }
    }
    return std::nullopt;
}

bool fits(Schema const& schema, TableId wanted, TableId given)
{
    auto const* table = schema.find(given);
    return wanted == any_table || wanted == given || (table && table->extends == wanted);
}

Result<void> bind(BodyReading const& reading, json::Member const& member, Row& row)
{
    auto const name = std::string_view(member.first);
    auto const navigation = name.substr(0, name.size() - bind_suffix.size());
    auto const binding = find_binding(reading.table, navigation);
    if (!binding) {
        return invalid("ODataClientPayloadError",
            "An undeclared property '" + std::string(navigation)
                + "' which only has property annotations in the payload but no property value was "
                  "found in the payload.",
            navigation);
    }
    if (member.second.is_null()) {
        row.set(binding->column->index, Value {});
        return {};
    }
    auto const* path = member.second.as_string();
    if (!path) {
        return bad_reference(member.second.to_string());
    }
    auto const target = TRY(reading.references(*path));
    if (!fits(reading.schema, binding->target, target.table)) {
        return invalid("ODataClientPayloadError",
            "'" + *path + "' is of the wrong table for '" + std::string(navigation) + "'.",
            navigation);
    }
    row.set(binding->column->index, Value(target));
    return {};
}

}

Refusal unknown_property(std::string_view name, Table const& table)
{
    return invalid("UnknownProperty",
        "Could not find a property named '" + std::string(name)
            + "' on type 'Microsoft.Dynamics.CRM." + table.name + "'.",
        name);
}

Result<Lookup> reference_from_path(Schema const& schema, std::string_view path)
{
    auto const segment = last_segment(path);
    auto const* table = segment ? schema.find_by_set(segment->set) : nullptr;
    auto const id = table ? id_in_key(*table, segment->key) : std::nullopt;
    if (!id || table->is_hidden) {
        return bad_reference(path);
    }
    return Lookup { table->id, *id };
}

Table const* table_of_type(Schema const& schema, std::string_view odata_type)
{
    if (odata_type.starts_with('#')) {
        odata_type.remove_prefix(1);
    }
    if (auto const dot = odata_type.rfind('.'); dot != std::string_view::npos) {
        odata_type.remove_prefix(dot + 1);
    }
    auto const* table = schema.find(odata_type);
    return table && !table->is_hidden ? table : nullptr;
}

Result<Lookup> reference_from_json(Schema const& schema, json::Value const& value)
{
    if (auto const* path = value.as_string()) {
        return reference_from_path(schema, *path);
    }
    if (auto const path = value.text("@odata.id"); !path.empty()) {
        return reference_from_path(schema, path);
    }
    auto const* table = table_of_type(schema, value.text("@odata.type"));
    if (!table) {
        return invalid("ODataClientPayloadError",
            "A reference needs @odata.id, or @odata.type and the key of its row.");
    }
    auto const id = Id::parse(value.text(table->column(table->id_column).name));
    if (!id) {
        return invalid("ODataClientPayloadError",
            "A reference to a row of '" + table->name + "' needs its key '"
                + table->column(table->id_column).name + "'.");
    }
    return Lookup { table->id, *id };
}

Result<void> read_member(BodyReading const& reading, json::Member const& member, Row& row)
{
    auto const& [name, value] = member;
    if (name.ends_with(bind_suffix)) {
        return bind(reading, member, row);
    }
    if (name.find('@') != std::string::npos) {
        return {}; // Control information and annotations that the client read earlier.
    }
    if (name.starts_with('_') && name.ends_with("_value")) {
        return invalid("ODataClientPayloadError",
            "'" + name
                + "' is read-only: set the reference through its navigation property with "
                  "@odata.bind.",
            name);
    }
    auto const* column = reading.table.find(name);
    if (column && !column->is_lookup()) {
        row.set(column->index, TRY(value_from_json(*column, value)));
        return {};
    }
    // null through the navigation property clears the reference.
    auto const binding = find_binding(reading.table, name);
    if (binding && value.is_null()) {
        row.set(binding->column->index, Value {});
        return {};
    }
    if (binding && value.is_object()) {
        row.set(binding->column->index, Value(TRY(reference_from_json(reading.schema, value))));
        return {};
    }
    return unknown_property(name, reading.table);
}

Result<Row> row_from_json(Schema const& schema, json::Value const& body, Table const* table)
{
    auto const* members = body.as_object();
    if (!members) {
        return invalid("ODataClientPayloadError", "A row is a JSON object.");
    }
    if (auto const type = body.text("@odata.type"); !type.empty() || !table) {
        table = table_of_type(schema, type);
    }
    if (!table) {
        return invalid("ODataClientPayloadError",
            "A row needs @odata.type with the name of its table, such as "
            "Microsoft.Dynamics.CRM.account.");
    }
    Row row(table->id);
    BodyReading const reading { schema, *table,
        [&](std::string_view path) { return reference_from_path(schema, path); } };
    for (auto const& member : *members) {
        TRY(read_member(reading, member, row));
    }
    if (auto const* id = row.find(table->id_column); id && id->as_id()) {
        row.set_id(*id->as_id());
        row.erase(table->id_column);
    }
    return row;
}

}
