#include "platform/web_api/odata/payload.h"

#include "platform/metadata/json_values.h"
#include "platform/web_api/odata/error_writer.h"

#include <algorithm>

namespace cashline::odata {

namespace {

constexpr std::string_view bind_suffix = "@odata.bind";

Refusal unknown_property(Table const& table, std::string_view name)
{
    return invalid("UnknownProperty",
        "Could not find a property named '" + std::string(name) + "' on type '"
            + std::string(type_namespace) + table.name + "'.",
        name);
}

// The lookup column behind a single-valued navigation property; a column may have one per target.
Column const* lookup_of_navigation(Table const& table, std::string_view navigation)
{
    auto const found = std::ranges::find_if(table.columns, [&](Column const& column) {
        return column.is_lookup()
            && std::ranges::find(column.navigations, navigation) != column.navigations.end();
    });
    return found == table.columns.end() ? nullptr : &*found;
}

bool may_point_at(Column const& column, std::string_view navigation, TableId target)
{
    for (std::size_t at = 0; at < column.targets.size(); ++at) {
        auto const fits = column.targets[at] == target || column.targets[at] == any_table;
        if (fits && column.navigations[at] == navigation) {
            return true;
        }
    }
    return false;
}

class PayloadReader {
public:
    PayloadReader(ResourceContext const& context, Table const& table, PayloadUse use)
        : m_context(context)
        , m_table(table)
        , m_use(use)
    {
        m_payload.row.set_table(table.id);
    }

    Result<Payload> read(json::Value const& body)
    {
        auto const* members = body.as_object();
        if (!members) {
            return bad_payload("The body must be a JSON object with the row's columns.");
        }
        for (auto const& [name, value] : *members) {
            if (name.ends_with(bind_suffix) && name.size() > bind_suffix.size()) {
                TRY(bind(
                    std::string_view(name).substr(0, name.size() - bind_suffix.size()), value));
            } else if (!name.contains('@')) { // Annotations that were read earlier are passed over.
                TRY(property(name, value));
            }
        }
        return std::move(m_payload);
    }

private:
    Result<void> property(std::string const& name, json::Value const& value)
    {
        auto const* column = m_table.find(name);
        if (column && !column->is_lookup() && column->type != ColumnType::party_list) {
            return set(*column, value);
        }
        if (auto const* lookup = lookup_of_navigation(m_table, name)) {
            return navigation(*lookup, name, value);
        }
        if (m_context.schema.find_collection(m_table.id, name)
            || m_context.schema.find_many_to_many(m_table.id, name)) {
            return collection(name, value);
        }
        if (column || (name.starts_with('_') && name.ends_with("_value"))) {
            return bad_payload("'" + name
                    + "' cannot be written directly: use its navigation property with @odata.bind.",
                name);
        }
        return unknown_property(m_table, name);
    }

    Result<void> set(Column const& column, json::Value const& value)
    {
        auto read = TRY(value_from_json(column, value));
        if (column.index == m_table.id_column) {
            if (auto const* id = read.as_id()) {
                m_payload.row.set_id(*id);
            }
            return {};
        }
        m_payload.row.set(column.index, std::move(read));
        return {};
    }

    Result<void> navigation(Column const& column, std::string const& name, json::Value const& value)
    {
        if (value.is_null()) {
            m_payload.row.set(column.index, Value {});
            return {};
        }
        if (auto const* reference = value.find("@odata.id"); reference && reference->is_string()) {
            return bind(name, *reference);
        }
        if (m_use == PayloadUse::update || !value.is_object()) {
            return bad_payload("'" + name
                    + "' refers to a row: use @odata.bind here. Rows inside a row are for "
                      "creating.",
                name);
        }
        auto const& target = m_context.schema.table(target_of(column, name, value));
        auto child = TRY(read_payload(m_context, target, value, m_use));
        m_payload.children.push_back({ column.index, std::make_unique<Payload>(std::move(child)) });
        return {};
    }

    TableId target_of(Column const& column, std::string_view name, json::Value const& value) const
    {
        // Only an owner has one navigation for several tables; then the body says which.
        auto const type = value.text("@odata.type");
        auto const hash = type.find('#');
        auto const* typed =
            m_context.schema.find(without_namespace(hash == 0 ? type.substr(1) : type));
        if (typed && may_point_at(column, name, typed->id)) {
            return typed->id;
        }
        auto const at = std::ranges::find(column.navigations, name) - column.navigations.begin();
        return column.targets[static_cast<std::size_t>(at)];
    }

    Result<void> collection(std::string const& name, json::Value const& value)
    {
        auto const* rows = value.as_array();
        if (m_use == PayloadUse::update || !rows) {
            return bad_payload(
                "'" + name + "' is a collection: rows inside a row are for creating.", name);
        }
        auto& members = members_of(name);
        auto const& target = m_context.schema.table(other_side(members));
        for (auto const& row : *rows) {
            auto const* reference = row.find("@odata.id");
            if (reference && reference->as_string() && row.as_object()->size() == 1) {
                members.references.push_back(
                    TRY(resolve_reference(m_context, *reference->as_string())));
            } else {
                members.rows.push_back(TRY(read_payload(m_context, target, row, m_use)));
            }
        }
        return {};
    }

    Payload::Members& members_of(std::string_view name)
    {
        return m_payload.collections.emplace_back(
            Payload::Members { .one_to_many = m_context.schema.find_collection(m_table.id, name),
                .many_to_many = m_context.schema.find_many_to_many(m_table.id, name) });
    }

    TableId other_side(Payload::Members const& members) const
    {
        if (members.one_to_many) {
            return members.one_to_many->child;
        }
        auto const* many = members.many_to_many;
        return many->first == m_table.id ? many->second : many->first;
    }

    Result<void> bind(std::string_view name, json::Value const& value)
    {
        if (auto const* column = lookup_of_navigation(m_table, name)) {
            return bind_single(*column, name, value);
        }
        auto const is_collection = m_context.schema.find_collection(m_table.id, name)
            || m_context.schema.find_many_to_many(m_table.id, name);
        if (!is_collection || m_use == PayloadUse::update) {
            return bad_payload(
                "'" + std::string(name) + "' is not a navigation property that can be bound here.",
                name);
        }
        auto const* references = value.as_array();
        if (!references) {
            return bad_payload("'" + std::string(name) + "' takes a list of references.", name);
        }
        auto& members = members_of(name);
        for (auto const& reference : *references) {
            auto const* text = reference.as_string();
            if (!text) {
                return bad_payload("'" + std::string(name) + "' takes a list of references.", name);
            }
            members.references.push_back(TRY(resolve_reference(m_context, *text)));
        }
        return {};
    }

    Result<void> bind_single(Column const& column, std::string_view name, json::Value const& value)
    {
        if (value.is_null() || (value.as_string() && value.as_string()->empty())) {
            m_payload.row.set(column.index, Value {});
            return {};
        }
        auto const* text = value.as_string();
        if (!text) {
            return bad_payload("'" + std::string(name) + "@odata.bind' takes a reference.", name);
        }
        auto target = TRY(resolve_reference(m_context, *text));
        if (!may_point_at(column, name, target.table)) {
            return bad_payload("'" + std::string(name) + "' cannot refer to a row of '"
                    + m_context.schema.table(target.table).set + "'.",
                name);
        }
        m_payload.references.push_back({ column.index, std::move(target) });
        return {};
    }

    ResourceContext const& m_context;
    Table const& m_table;
    PayloadUse m_use;
    Payload m_payload {};
};

}

Result<Payload> read_payload(
    ResourceContext const& context, Table const& table, json::Value const& body, PayloadUse use)
{
    return PayloadReader(context, table, use).read(body);
}

}
