#include "platform/web_api/odata/definitions/definitions.h"

#include "core/text.h"
#include "platform/pipeline/read_context.h"
#include "platform/web_api/odata/definitions/csdl.h"
#include "platform/web_api/odata/definitions/definition_options.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/literal.h"
#include "platform/web_api/odata/reading.h"

#include <algorithm>

namespace cashline::odata {

namespace {

constexpr std::string_view metadata_document = "$metadata";
constexpr std::string_view entities = "EntityDefinitions";
constexpr std::string_view relationships = "RelationshipDefinitions";

// What a path led to: a list of definitions, or one of them.
struct Place {
    std::vector<Definition> list {};
    bool is_collection { true };
    std::string context {}; // of the answer, behind '#'
};

// "LogicalName='account'", "SchemaName='x'", "MetadataId=…" or a bare id.
Result<Definition> one_of(std::vector<Definition> const& list, Segment const& segment)
{
    if (segment.arguments.size() != 1) {
        return invalid("InvalidQueryOption", "A definition is named by one key.");
    }
    auto const& key = segment.arguments[0];
    auto const literal = TRY(parse_literal(key.text));
    auto const* text = literal.as_string();
    auto const wanted = std::string(text ? *text : key.text);
    auto const id = Id::parse(wanted);
    auto const is_meant = [&](Definition const& each) {
        if (key.name.empty() || key.name == "MetadataId") {
            return id && each.id == *id;
        }
        auto const* value = each.document.find(key.name);
        return value && value->as_string() && *value->as_string() == wanted;
    };
    auto const found = std::ranges::find_if(list, is_meant);
    if (found == list.end()) {
        return missing("ObjectDoesNotExist",
            "There is no definition '" + wanted + "' in " + segment.name + ".");
    }
    return *found;
}

class Walk {
public:
    explicit Walk(Schema const& schema) : m_schema(schema) { }

    Result<Place> to(std::vector<Segment> const& path)
    {
        m_place.list = path[0].name == entities ? entity_definitions(m_schema)
                                                : relationship_definitions(m_schema);
        TRY(arrive(path[0], path[0].name));
        for (std::size_t at = 1; at < path.size(); ++at) {
            TRY(step(path[at]));
        }
        return std::move(m_place);
    }

private:
    Result<void> arrive(Segment const& segment, std::string context)
    {
        m_place.context = std::move(context);
        m_place.is_collection = true;
        if (segment.has_parentheses) {
            m_place.list = { TRY(one_of(m_place.list, segment)) };
            m_place.is_collection = false;
        }
        return {};
    }
    Result<void> step(Segment const& segment)
    {
        if (segment.name.starts_with(type_namespace)) {
            return cast(segment);
        }
        if (m_place.is_collection || m_place.list.empty()) {
            return unknown_segment(segment.name);
        }
        auto const from = m_place.list[0];
        auto const found = from.related.find(segment.name);
        if (found == from.related.end()) {
            return unknown_segment(segment.name);
        }
        auto related = found->second();
        m_place.list = std::move(related.list);
        TRY(arrive(segment, m_place.context + "('" + from.key + "')/" + segment.name));
        m_place.is_collection = m_place.is_collection && related.is_collection;
        return {};
    }
    // ".../Microsoft.Dynamics.CRM.PicklistAttributeMetadata": only those.
    Result<void> cast(Segment const& segment)
    {
        auto const type = without_namespace(segment.name);
        std::erase_if(m_place.list,
            [&](Definition const& each) { return !each.type.empty() && each.type != type; });
        if (!m_place.is_collection && m_place.list.empty()) {
            return missing("ObjectDoesNotExist", "The definition is no " + std::string(type) + ".");
        }
        m_place.context += "/" + segment.name;
        if (segment.has_parentheses) {
            m_place.list = { TRY(one_of(m_place.list, segment)) };
            m_place.is_collection = false;
        }
        return {};
    }

    Schema const& m_schema;
    Place m_place {};
};

std::string selected_names(DefinitionOptions const& options)
{
    std::string names;
    for (auto const& name : options.select) {
        names += (names.empty() ? "(" : ",") + name;
    }
    return names.empty() ? names : names + ")";
}

Result<http::Response> list_answer(
    Call const& call, Place const& place, DefinitionOptions const& options)
{
    auto documents = TRY(shaped_list(place.list, options));
    json::Value answer { json::Object {} };
    answer.set(
        "@odata.context", call.base + "/$metadata#" + place.context + selected_names(options));
    if (options.counts) {
        answer.set("@odata.count", static_cast<std::int64_t>(documents.size()));
    }
    answer.set("value", std::move(documents));
    return json_answer(200, answer.to_string());
}

Result<http::Response> single_answer(
    Call const& call, Place const& place, DefinitionOptions const& options)
{
    if (place.list.empty()) {
        return no_content(); // an option set that the column does not share
    }
    auto const documents = TRY(shaped_list(place.list, options));
    json::Value answer { json::Object {} };
    answer.set("@odata.context",
        call.base + "/$metadata#" + place.context + selected_names(options) + "/$entity");
    if (!documents.empty()) {
        for (auto const& [name, value] : *documents[0].as_object()) {
            answer.set(name, value);
        }
    }
    return json_answer(200, answer.to_string());
}

http::Response csdl_answer(Platform& platform, Schema const& schema, Call const& call)
{
    auto const accept = call.request.headers.value("Accept");
    auto const format = call.request.query_value("$format").value_or("");
    auto const wants_json = format.contains("json")
        || (format.empty() && accept.contains("json") && !accept.contains("xml"));
    auto const model = csdl_model(schema, platform.registry());
    auto response = wants_json ? json_answer(200, csdl_json(model))
                               : http::content_response(200, "application/xml", csdl_xml(model));
    response.headers.set("OData-Version", "4.0");
    return response;
}

}

bool is_definition_path(std::vector<Segment> const& path)
{
    return !path.empty()
        && (path[0].name == metadata_document || path[0].name == entities
            || path[0].name == relationships);
}

Result<Operation> prepare_definitions(
    Preparation const& preparation, std::vector<Segment> const& path)
{
    auto const call = preparation.call;
    auto const schema = preparation.schema;
    if (call->request.method != "GET" && call->request.method != "HEAD") {
        return method_not_allowed(call->request.method);
    }
    Operation operation;
    if (path[0].name == metadata_document) {
        if (path.size() > 1) {
            return unknown_segment(path[1].name);
        }
        operation.read = [&platform = preparation.platform, schema, call](
                             Reader&) -> Result<http::Response> {
            return csdl_answer(platform, *schema, *call);
        };
        return operation;
    }
    auto options = TRY(parse_definition_options(TRY(split_query_string(call->query))));
    operation.read = [schema, call, path, options = std::move(options)](
                         Reader&) -> Result<http::Response> {
        auto const place = TRY(Walk(*schema).to(path));
        return place.is_collection ? list_answer(*call, place, options)
                                   : single_answer(*call, place, options);
    };
    return operation;
}

}
