#include "platform/web_api/workspace/workspace_messages.h"

#include "platform/web_api/workspace/documents.h"

namespace cashline::workspace {

namespace {

struct DocumentReply {
    json::Value document {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("document", &DocumentReply::document);
    }
};

struct RetrieveTableDefinition {
    static constexpr char const* name = "cl_RetrieveTableDefinition";
    using Reply = DocumentReply;
    std::string logical_name {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("LogicalName", &RetrieveTableDefinition::logical_name);
    }
};

Result<DocumentReply> retrieve_table_definition(
    Reader& reader, RetrieveTableDefinition const& request)
{
    auto const* table = reader.schema().find(request.logical_name);
    if (!table || table->is_hidden) {
        return missing("QueryBuilderNoEntity",
            "There is no table with the logical name '" + request.logical_name + "'.");
    }
    return DocumentReply { TRY(table_document(reader, *table)) };
}

struct RetrieveSiteMap {
    static constexpr char const* name = "cl_RetrieveSiteMap";
    using Reply = DocumentReply;
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

Result<DocumentReply> retrieve_site_map(Reader& reader, RetrieveSiteMap const&)
{
    return DocumentReply { TRY(site_map_document(reader)) };
}

}

void register_workspace_messages(Registry& registry)
{
    registry.function<RetrieveTableDefinition>(retrieve_table_definition);
    registry.function<RetrieveSiteMap>(retrieve_site_map);
}

}
