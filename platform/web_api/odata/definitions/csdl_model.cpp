#include "platform/web_api/odata/context_url.h"
#include "platform/web_api/odata/definitions/csdl.h"

#include <set>

namespace cashline::odata {

namespace {

std::string own_type(std::string_view name) { return "mscrm." + std::string(name); }

std::string edm_type(ColumnType type)
{
    switch (type) {
    case ColumnType::id:
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::file:
        return "Edm.Guid";
    case ColumnType::text:
    case ColumnType::memo:
    case ColumnType::choices:
    case ColumnType::party_list:
        return "Edm.String";
    case ColumnType::whole:
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
        return "Edm.Int32";
    case ColumnType::big:
        return "Edm.Int64";
    case ColumnType::decimal:
    case ColumnType::money:
        return "Edm.Decimal";
    case ColumnType::yes_no:
        return "Edm.Boolean";
    case ColumnType::date:
        return "Edm.Date";
    case ColumnType::date_time:
        return "Edm.DateTimeOffset";
    case ColumnType::image:
        return "Edm.Binary";
    }
    return "Edm.String";
}

std::string edm_type(ParameterType type)
{
    switch (type) {
    case ParameterType::boolean:
        return "Edm.Boolean";
    case ParameterType::int32:
        return "Edm.Int32";
    case ParameterType::int64:
        return "Edm.Int64";
    case ParameterType::text:
        return "Edm.String";
    case ParameterType::decimal:
    case ParameterType::money:
        return "Edm.Decimal";
    case ParameterType::id:
        return "Edm.Guid";
    case ParameterType::date:
        return "Edm.Date";
    case ParameterType::timestamp:
        return "Edm.DateTimeOffset";
    case ParameterType::reference:
    case ParameterType::row:
        return own_type("crmbaseentity");
    case ParameterType::open:
        return own_type("expando");
    }
    return "Edm.String";
}

CsdlProperty property_of(Table const& table, Column const& column)
{
    auto const type = edm_type(column.type);
    return { .name = property_name(column),
        .type = type,
        .is_nullable = column.index != table.id_column,
        .has_variable_scale = type == "Edm.Decimal" };
}

CsdlProperty property_of(ParameterInfo const& parameter)
{
    auto const type = edm_type(parameter.type);
    return { .name = parameter.name,
        .type = type,
        .is_collection = parameter.is_collection,
        .is_nullable = !parameter.required,
        .has_variable_scale = type == "Edm.Decimal" };
}

bool is_visible(Schema const& schema, TableId id)
{
    auto const* table = schema.find(id);
    return table && !table->is_hidden;
}

CsdlNavigation to_parent(Schema const& schema, OneToMany const& link)
{
    auto const& parent = schema.table(link.parent);
    auto const& child = schema.table(link.child);
    return { .name = link.single,
        .type = own_type(parent.name),
        .partner = link.collection,
        .property = property_name(child.column(link.column)),
        .referenced = parent.column(parent.id_column).name,
        .target_set = parent.set };
}

CsdlNavigation to_many(Table const& other, std::string const& name, std::string const& partner)
{
    return { .name = name,
        .type = own_type(other.name),
        .is_collection = true,
        .partner = partner,
        .target_set = other.set };
}

// Every way out of a table, each name once: an activity inherits those of its base type.
std::vector<CsdlNavigation> navigations_of(Schema const& schema, Table const& table)
{
    std::vector<CsdlNavigation> list;
    std::set<std::string> taken;
    if (table.extends) {
        for (auto const& inherited : navigations_of(schema, schema.table(*table.extends))) {
            taken.insert(inherited.name);
        }
    }
    auto const add = [&](CsdlNavigation navigation) {
        if (!navigation.name.empty() && taken.insert(navigation.name).second) {
            list.push_back(std::move(navigation));
        }
    };
    for (auto const& link : schema.one_to_many()) {
        if (!is_visible(schema, link.parent) || !is_visible(schema, link.child)) {
            continue;
        }
        if (link.child == table.id) {
            add(to_parent(schema, link));
        }
        if (link.parent == table.id) {
            add(to_many(schema.table(link.child), link.collection, link.single));
        }
    }
    for (auto const& link : schema.many_to_many()) {
        if (!is_visible(schema, link.first) || !is_visible(schema, link.second)) {
            continue;
        }
        if (link.first == table.id) {
            add(to_many(schema.table(link.second), link.first_collection, link.second_collection));
        }
        if (link.second == table.id) {
            add(to_many(schema.table(link.first), link.second_collection, link.first_collection));
        }
    }
    return list;
}

CsdlEntity entity_of(Schema const& schema, Table const& table)
{
    CsdlEntity entity { .name = table.name, .set = table.set };
    auto const* base = table.extends ? schema.find(*table.extends) : nullptr;
    if (base) {
        entity.base = base->name;
    } else {
        entity.key = table.column(table.id_column).name;
    }
    for (auto const& column : table.columns) {
        auto const is_inherited = base && base->find(column.name);
        if (!is_inherited && column.type != ColumnType::party_list) {
            entity.properties.push_back(property_of(table, column));
        }
    }
    for (auto const& key : table.keys) {
        std::vector<std::string> names;
        for (auto const column : key.columns) {
            names.push_back(property_name(table.column(column)));
        }
        entity.alternate_keys.push_back(std::move(names));
    }
    entity.navigations = navigations_of(schema, table);
    return entity;
}

std::optional<CsdlProperty> result_of(MessageInfo const& info)
{
    auto const base = own_type("crmbaseentity");
    switch (info.reply) {
    case ReplyShape::none:
        return std::nullopt;
    case ReplyShape::entity:
        return CsdlProperty { .type = base };
    case ReplyShape::entities:
        return CsdlProperty { .type = base, .is_collection = true };
    case ReplyShape::complex:
        return CsdlProperty { .type = own_type(info.name + "Response") };
    }
    return std::nullopt;
}

void add_message(CsdlModel& model, Schema const& schema, MessageInfo const& info)
{
    CsdlOperation operation { .name = info.name, .is_function = info.is_function };
    auto const* bound = info.bound_table ? schema.find(*info.bound_table) : nullptr;
    operation.is_bound = bound != nullptr;
    if (bound) {
        operation.parameters.push_back({ .name = info.bound_to_collection ? "entityset" : "entity",
            .type = own_type(bound->name),
            .is_collection = info.bound_to_collection,
            .is_nullable = false });
    }
    for (auto const& parameter : info.parameters) {
        operation.parameters.push_back(property_of(parameter));
    }
    operation.result = result_of(info);
    if (info.reply == ReplyShape::complex) {
        CsdlComplex complex { .name = info.name + "Response" };
        for (auto const& member : info.reply_members) {
            complex.properties.push_back(property_of(member));
        }
        model.complexes.push_back(std::move(complex));
    }
    model.operations.push_back(std::move(operation));
}

}

CsdlModel csdl_model(Schema const& schema, Registry const& registry)
{
    CsdlModel model;
    for (auto const& table : schema.tables()) {
        if (!table.is_hidden) {
            model.entities.push_back(entity_of(schema, table));
        }
    }
    for (auto const& [name, info] : registry.messages()) {
        add_message(model, schema, info);
    }
    return model;
}

}
