// Views, forms and commands of a table, from their definitions into what the workspace draws.
#include "core/text.h"
#include "platform/query/view.h"
#include "platform/web_api/workspace/client_view.h"
#include "platform/web_api/workspace/documents.h"

#include <algorithm>
#include <cctype>

namespace cashline::workspace {

namespace {

// Grids show columns of the row itself; a column of another row has no place in them yet.
json::Array view_columns(Table const& table, json::Value const& view)
{
    json::Array columns;
    for (auto const& written : view.array("columns")) {
        auto const name =
            written.as_string() ? *written.as_string() : std::string(written.text("name"));
        if (!table.find(name)) {
            continue;
        }
        json::Value column { json::Object { { "name", name } } };
        if (auto const width = written.integer("width"); width > 0) {
            column.set("width", width);
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

json::Value view_document(Reader& reader, Table const& table, json::Value const& view)
{
    json::Value document { json::Object { { "id", view_id(view).to_string() },
        { "name", view.text("label") }, { "columns", view_columns(table, view) } } };
    if (view.flag("default")) {
        document.set("isDefault", true);
    }
    if (auto filter = client_filter(table, view.text("filter"), reader); !filter.empty()) {
        document.set("filter", std::move(filter));
    }
    if (auto order = client_order(table, view.text("sort")); !order.empty()) {
        document.set("orderby", std::move(order));
    }
    return document;
}

// { collection: opportunity_quotes } on the parent becomes the child's table and column.
json::Value subgrid_document(Reader& reader, Table const& table, json::Value const& written)
{
    auto const& schema = reader.schema();
    auto const collection = written.text("collection");
    json::Value document { json::Object {} };
    Table const* target = nullptr;
    if (auto const* relationship = schema.find_collection(table.id, collection)) {
        target = schema.find(relationship->child);
        document.set("table", target->name);
        document.set("column", target->column(relationship->column).name);
    } else if (auto const* many = schema.find_many_to_many(table.id, collection)) {
        target = schema.find(many->first == table.id ? many->second : many->first);
        document.set("table", target->name);
        document.set("manyToMany", collection);
    } else {
        return written;
    }
    if (auto const filter = written.text("filter"); !filter.empty()) {
        document.set("filter", client_filter(*target, filter, reader));
    }
    if (auto const& columns = written.array("columns"); !columns.empty()) {
        document.set("columns", columns);
    }
    return document;
}

json::Value section_document(Reader& reader, Table const& table, json::Value const& section)
{
    json::Value document { json::Object { { "label", section.text("label") } } };
    if (auto const control = section.text("control"); !control.empty()) {
        document.set("control", control);
    } else if (auto const* subgrid = section.find("subgrid")) {
        document.set("subgrid", subgrid_document(reader, table, *subgrid));
    } else {
        document.set("columns", section.array("columns"));
    }
    return document;
}

json::Value form_document(Reader& reader, Table const& table, json::Value const& form)
{
    json::Array tabs;
    for (auto const& tab : form.array("tabs")) {
        json::Array sections;
        for (auto const& section : tab.array("sections")) {
            sections.push_back(section_document(reader, table, section));
        }
        tabs.push_back(
            json::Object { { "label", tab.text("label") }, { "sections", std::move(sections) } });
    }
    auto const id = Id::from_name("form/" + std::string(form.text("form")));
    return json::Object { { "id", id.to_string() }, { "name", form.text("label") },
        { "header", form.array("header") }, { "tabs", std::move(tabs) } };
}

// qualify_lead → qualifyLead
std::string camel_case_dialog(std::string_view written)
{
    std::string name;
    auto is_start = false;
    for (auto const character : written) {
        if (character == '_') {
            is_start = true;
            continue;
        }
        auto const byte = static_cast<unsigned char>(character);
        name += is_start ? static_cast<char>(std::toupper(byte)) : character;
        is_start = false;
    }
    return name;
}

// "statecode eq 0 or statecode eq 3" → { statecode: [0, 3] }
json::Value show_when(std::string_view written)
{
    json::Value conditions { json::Object {} };
    std::vector<std::string_view> words;
    for (auto const word : text::split(written, ' ')) {
        if (!word.empty()) {
            words.push_back(word);
        }
    }
    for (std::size_t at = 0; at + 2 < words.size(); at += 4) {
        auto const number = Decimal::parse(words[at + 2]);
        auto const value = number ? json::Value(*number) : json::Value(words[at + 2] == "true");
        auto values = conditions.array(words[at]);
        values.push_back(value);
        conditions.set(words[at], std::move(values));
    }
    return conditions;
}

json::Value command_document(json::Value const& command)
{
    json::Value document { json::Object {} };
    for (auto const& [name, value] : *command.as_object()) {
        if (name == "dialog") {
            document.set(name, camel_case_dialog(command.text(name)));
        } else if (name == "when") {
            document.set("showWhen", show_when(command.text(name)));
        } else {
            document.set(name, value);
        }
    }
    return document;
}

bool is_list(json::Value const& view)
{
    auto const kind = view.text("kind", "public");
    return kind == "public";
}

}

json::Array view_documents(Reader& reader, Table const& table)
{
    json::Array views;
    for (auto const& view : reader.schema().definitions("view")) {
        if (view.text("table") == table.name && is_list(view)) {
            views.push_back(view_document(reader, table, view));
        }
    }
    return views;
}

json::Array form_documents(Reader& reader, Table const& table)
{
    json::Array forms;
    for (auto const& form : reader.schema().definitions("form")) {
        if (form.text("table") == table.name) {
            forms.push_back(form_document(reader, table, form));
        }
    }
    return forms;
}

json::Array command_documents(Schema const& schema, Table const& table)
{
    json::Array commands;
    for (auto const& form : schema.definitions("form")) {
        if (form.text("table") == table.name) {
            std::ranges::transform(
                form.array("commands"), std::back_inserter(commands), command_document);
        }
    }
    return commands;
}

}
