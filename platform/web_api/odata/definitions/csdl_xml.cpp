#include "platform/pages/xml.h"
#include "platform/web_api/odata/definitions/csdl.h"

namespace cashline::odata {

namespace {

std::string typed(CsdlProperty const& property)
{
    return property.is_collection ? "Collection(" + property.type + ")" : property.type;
}

void describe(xml::Element& element, CsdlProperty const& property)
{
    element.set("Name", property.name).set("Type", typed(property));
    if (!property.is_nullable) {
        element.set("Nullable", "false");
    }
    if (property.has_variable_scale) {
        element.set("Scale", "Variable");
    }
}

void add_navigation(xml::Element& type, CsdlNavigation const& navigation)
{
    auto& element = type.add("NavigationProperty");
    element.set("Name", navigation.name)
        .set("Type",
            navigation.is_collection ? "Collection(" + navigation.type + ")" : navigation.type);
    if (!navigation.is_collection) {
        element.set("Nullable", "true");
    }
    if (!navigation.partner.empty()) {
        element.set("Partner", navigation.partner);
    }
    if (!navigation.property.empty()) {
        element.add("ReferentialConstraint")
            .set("Property", navigation.property)
            .set("ReferencedProperty", navigation.referenced);
    }
}

void add_alternate_keys(xml::Element& type, CsdlEntity const& entity)
{
    if (entity.alternate_keys.empty()) {
        return;
    }
    auto& annotation = type.add("Annotation");
    annotation.set("Term", "OData.Community.Keys.V1.AlternateKeys");
    auto& keys = annotation.add("Collection");
    for (auto const& columns : entity.alternate_keys) {
        auto& record = keys.add("Record");
        record.set("Type", "OData.Community.Keys.V1.AlternateKey");
        auto& value = record.add("PropertyValue");
        value.set("Property", "Key");
        auto& parts = value.add("Collection");
        for (auto const& column : columns) {
            auto& part = parts.add("Record");
            part.set("Type", "OData.Community.Keys.V1.PropertyRef");
            part.add("PropertyValue").set("Property", "Alias").set("String", column);
            part.add("PropertyValue").set("Property", "Name").set("PropertyPath", column);
        }
    }
}

void add_entity(xml::Element& schema, CsdlEntity const& entity)
{
    auto& type = schema.add("EntityType");
    type.set("Name", entity.name).set("BaseType", "mscrm." + entity.base);
    if (!entity.key.empty()) {
        type.add("Key").add("PropertyRef").set("Name", entity.key);
    }
    for (auto const& property : entity.properties) {
        describe(type.add("Property"), property);
    }
    for (auto const& navigation : entity.navigations) {
        add_navigation(type, navigation);
    }
    add_alternate_keys(type, entity);
}

void add_operation(xml::Element& schema, CsdlOperation const& operation)
{
    auto& element = schema.add(operation.is_function ? "Function" : "Action");
    element.set("Name", operation.name);
    if (operation.is_bound) {
        element.set("IsBound", "true");
    }
    for (auto const& parameter : operation.parameters) {
        describe(element.add("Parameter"), parameter);
    }
    if (operation.result) {
        element.add("ReturnType").set("Type", typed(*operation.result)).set("Nullable", "false");
    } else if (operation.is_function) {
        // A function must answer something.
        element.add("ReturnType").set("Type", "mscrm.expando");
    }
}

void add_abstract_types(xml::Element& schema)
{
    schema.add("EntityType").set("Name", "crmbaseentity").set("Abstract", "true");
    schema.add("EntityType")
        .set("Name", "expando")
        .set("BaseType", "mscrm.crmbaseentity")
        .set("OpenType", "true");
    schema.add("EntityType").set("Name", "crmmodelbaseentity").set("Abstract", "true");
}

void add_container(xml::Element& schema, CsdlModel const& model)
{
    auto& container = schema.add("EntityContainer");
    container.set("Name", "System");
    for (auto const& entity : model.entities) {
        auto& set = container.add("EntitySet");
        set.set("Name", entity.set).set("EntityType", "Microsoft.Dynamics.CRM." + entity.name);
        for (auto const& navigation : entity.navigations) {
            set.add("NavigationPropertyBinding")
                .set("Path", navigation.name)
                .set("Target", navigation.target_set);
        }
    }
    for (auto const& operation : model.operations) {
        if (operation.is_bound) {
            continue;
        }
        std::string const kind = operation.is_function ? "Function" : "Action";
        container.add(kind + "Import")
            .set("Name", operation.name)
            .set(kind, "Microsoft.Dynamics.CRM." + operation.name);
    }
}

}

std::string csdl_xml(CsdlModel const& model)
{
    xml::Element root("edmx:Edmx");
    root.set("Version", "4.0").set("xmlns:edmx", "http://docs.oasis-open.org/odata/ns/edmx");
    auto& schema = root.add("edmx:DataServices").add("Schema");
    schema.set("Namespace", "Microsoft.Dynamics.CRM")
        .set("Alias", "mscrm")
        .set("xmlns", "http://docs.oasis-open.org/odata/ns/edm");
    add_abstract_types(schema);
    for (auto const& entity : model.entities) {
        add_entity(schema, entity);
    }
    for (auto const& complex : model.complexes) {
        auto& type = schema.add("ComplexType");
        type.set("Name", complex.name);
        for (auto const& property : complex.properties) {
            describe(type.add("Property"), property);
        }
    }
    for (auto const& operation : model.operations) {
        add_operation(schema, operation);
    }
    add_container(schema, model);
    return xml::write(root, xml::Indent::none);
}

}
