#include "platform/web_api/odata/definitions/csdl.h"

namespace cashline::odata {

namespace {

json::Value described(CsdlProperty const& property)
{
    json::Value member { json::Object {} };
    if (property.is_collection) {
        member.set("$Collection", true);
    }
    member.set("$Type", property.type);
    // In JSON nothing is nullable unless it says so.
    if (property.is_nullable) {
        member.set("$Nullable", true);
    }
    if (property.has_variable_scale) {
        member.set("$Scale", "variable");
    }
    return member;
}

json::Value described(CsdlNavigation const& navigation)
{
    json::Value member { json::Object { { "$Kind", "NavigationProperty" } } };
    if (navigation.is_collection) {
        member.set("$Collection", true);
    } else {
        member.set("$Nullable", true);
    }
    if (!navigation.partner.empty()) {
        member.set("$Partner", navigation.partner);
    }
    member.set("$Type", navigation.type);
    if (!navigation.property.empty()) {
        member.set("$ReferentialConstraint",
            json::Object { { navigation.property, navigation.referenced } });
    }
    return member;
}

json::Value entity_type(CsdlEntity const& entity)
{
    json::Value type { json::Object {
        { "$Kind", "EntityType" }, { "$BaseType", "mscrm." + entity.base } } };
    if (!entity.key.empty()) {
        json::Array key;
        key.emplace_back(entity.key);
        type.set("$Key", std::move(key));
    }
    for (auto const& property : entity.properties) {
        type.set(property.name, described(property));
    }
    for (auto const& navigation : entity.navigations) {
        type.set(navigation.name, described(navigation));
    }
    return type;
}

json::Value overloads(CsdlOperation const& operation)
{
    json::Value member { json::Object {
        { "$Kind", operation.is_function ? "Function" : "Action" } } };
    if (operation.is_bound) {
        member.set("$IsBound", true);
    }
    json::Array parameters;
    for (auto const& parameter : operation.parameters) {
        auto entry = described(parameter);
        entry.set("$Name", parameter.name);
        parameters.push_back(std::move(entry));
    }
    member.set("$Parameter", std::move(parameters));
    if (operation.result) {
        auto result = *operation.result;
        result.is_nullable = false;
        member.set("$ReturnType", described(result));
    } else if (operation.is_function) {
        member.set("$ReturnType", json::Object { { "$Type", "mscrm.expando" } });
    }
    json::Array all;
    all.push_back(std::move(member));
    return all;
}

json::Value container(CsdlModel const& model)
{
    json::Value system { json::Object { { "$Kind", "EntityContainer" } } };
    for (auto const& entity : model.entities) {
        json::Value set { json::Object {
            { "$Collection", true }, { "$Type", "Microsoft.Dynamics.CRM." + entity.name } } };
        json::Value bindings { json::Object {} };
        for (auto const& navigation : entity.navigations) {
            bindings.set(navigation.name, navigation.target_set);
        }
        if (!bindings.as_object()->empty()) {
            set.set("$NavigationPropertyBinding", std::move(bindings));
        }
        system.set(entity.set, std::move(set));
    }
    for (auto const& operation : model.operations) {
        if (!operation.is_bound) {
            system.set(operation.name,
                json::Object { { operation.is_function ? "$Function" : "$Action",
                    "Microsoft.Dynamics.CRM." + operation.name } });
        }
    }
    return system;
}

}

std::string csdl_json(CsdlModel const& model)
{
    json::Value schema { json::Object { { "$Alias", "mscrm" } } };
    schema.set("crmbaseentity", json::Object { { "$Kind", "EntityType" }, { "$Abstract", true } });
    schema.set("expando",
        json::Object { { "$Kind", "EntityType" }, { "$BaseType", "mscrm.crmbaseentity" },
            { "$OpenType", true } });
    schema.set(
        "crmmodelbaseentity", json::Object { { "$Kind", "EntityType" }, { "$Abstract", true } });
    for (auto const& entity : model.entities) {
        schema.set(entity.name, entity_type(entity));
    }
    for (auto const& complex : model.complexes) {
        json::Value type { json::Object { { "$Kind", "ComplexType" } } };
        for (auto const& property : complex.properties) {
            type.set(property.name, described(property));
        }
        schema.set(complex.name, std::move(type));
    }
    for (auto const& operation : model.operations) {
        schema.set(operation.name, overloads(operation));
    }
    schema.set("System", container(model));
    json::Value document { json::Object { { "$Version", "4.01" },
        { "$EntityContainer", "Microsoft.Dynamics.CRM.System" },
        { "Microsoft.Dynamics.CRM", std::move(schema) } } };
    return document.to_string();
}

}
