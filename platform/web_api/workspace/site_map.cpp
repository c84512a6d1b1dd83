#include "core/text.h"
#include "platform/pipeline/row_access.h"
#include "platform/query/view.h"
#include "platform/web_api/workspace/documents.h"

#include <algorithm>
#include <limits>

namespace cashline::workspace {

namespace {

std::string slug(std::string_view label)
{
    auto name = text::to_lower_ascii(label);
    std::ranges::replace(name, ' ', '-');
    return name;
}

// An item may name a privilege; an item of a table needs the right to read some of its rows.
bool is_usable(Reader& reader, json::Value const& item)
{
    auto const& caller = reader.caller();
    if (auto const privilege = item.text("privilege");
        !privilege.empty() && !caller.rights->may(privilege)) {
        return false;
    }
    auto const table_name = item.text("table");
    if (table_name.empty()) {
        return true;
    }
    auto const* table = reader.schema().find(table_name);
    return table && may_at_all(reader.context(), caller, Privilege::read, *table);
}

json::Value item_document(Schema const& schema, json::Value const& item)
{
    auto const* table = schema.find(item.text("table"));
    auto const page = item.text("page");
    json::Value document { json::Object {} };
    document.set("id", table ? table->name : "page:" + std::string(page));
    document.set("label", item.text("label", table ? std::string_view(table->plural) : page));
    document.set("icon", item.text("icon", table ? std::string_view(table->name) : "page"));
    if (table) {
        document.set("table", table->name);
    } else {
        document.set("page", page);
    }
    if (auto const view = item.text("view"); !view.empty()) {
        document.set("view", Id::from_name("view/" + std::string(view)).to_string());
    }
    return document;
}

json::Array item_documents(Reader& reader, json::Value const& group)
{
    json::Array items;
    for (auto const& item : group.array("items")) {
        if (!is_usable(reader, item)) {
            continue;
        }
        auto document = item_document(reader.schema(), item);
        auto const* table = reader.schema().find(item.text("table"));
        auto const may_create =
            table && may_at_all(reader.context(), reader.caller(), Privilege::create, *table);
        if (may_create) {
            document.set("newLabel", "New " + text::to_lower_ascii(table->label));
        }
        items.push_back(std::move(document));
    }
    return items;
}

json::Value area_document(Reader& reader, json::Value const& area)
{
    json::Array groups;
    for (auto const& group : area.array("groups")) {
        auto items = item_documents(reader, group);
        if (!items.empty()) {
            groups.push_back(
                json::Object { { "label", group.text("label") }, { "items", std::move(items) } });
        }
    }
    return json::Object { { "id", slug(area.text("label")) }, { "label", area.text("label") },
        { "groups", std::move(groups) } };
}

}

Result<json::Value> site_map_document(Reader& reader)
{
    auto site_maps = reader.schema().definitions("sitemap");
    std::ranges::stable_sort(site_maps, {}, [](json::Value const& each) {
        return each.integer("order", std::numeric_limits<std::int64_t>::max());
    });
    json::Array areas;
    for (auto const& site_map : site_maps) {
        for (auto const& area : site_map.array("areas")) {
            auto document = area_document(reader, area);
            if (!document.array("groups").empty()) {
                areas.push_back(std::move(document));
            }
        }
    }
    return json::Value { json::Object { { "areas", std::move(areas) } } };
}

}
