// GET: rows, single rows, properties, navigations (web-api.md 2.4).
#include "core/text.h"
#include "platform/metadata/json_values.h"
#include "platform/web_api/odata/context_url.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/preconditions.h"
#include "platform/web_api/odata/reading.h"

#include <algorithm>

namespace cashline::odata {

namespace {

using Kind = Resource::Kind;
using Suffix = Resource::Suffix;

struct Read {
    std::shared_ptr<Schema const> schema; // shared: the resource points into it
    std::shared_ptr<Call const> call;
    Resource resource {};
};

Result<http::Response> service_document(Schema const& schema, Call const& call)
{
    std::string body;
    json::Writer writer(body);
    begin_answer(writer, call, "");
    writer.key("value").begin_array();
    auto const add = [&](std::string_view set) {
        writer.begin_object().key("name").string(set);
        writer.key("kind").string("EntitySet").key("url").string(set).end_object();
    };
    auto const is_dataverse = call.manner == Manner::dataverse;
    for (auto const& table : schema.tables()) {
        if (!table.is_hidden && (is_dataverse || table.has_company)) {
            add(table.set);
        }
    }
    if (is_dataverse) {
        add("EntityDefinitions");
        add("RelationshipDefinitions");
    }
    writer.end_array().end_object();
    return json_answer(200, std::move(body));
}

http::Response not_modified(std::int64_t version)
{
    http::Response response;
    response.status = 304;
    response.headers.add("ETag", entity_tag(version));
    response.headers.add("OData-Version", "4.0");
    return response;
}

Refusal no_such_row(Schema const& schema, Lookup row)
{
    return missing("ObjectDoesNotExist",
        schema.table(row.table).name + " With Id = " + row.id.to_string() + " Does Not Exist");
}

Result<http::Response> read_row(Reader& reader, Read const& read)
{
    auto const row = TRY(locate(reader, *read.resource.row, {}));
    auto response = TRY(row_answer(reader, *read.call, { .row = row }));
    add_applied(response, read.call->preferences, Applies::to_reading);
    return response;
}

// The lookup behind a single-valued navigation; nothing when it is empty or leads to another table.
Result<std::optional<Lookup>> target_of(Reader& reader, Read const& read)
{
    auto const from = TRY(locate(reader, *read.resource.row, {}));
    auto const& relationship = *read.resource.one_to_many;
    auto const& column = reader.schema().table(from.table).column(relationship.column);
    Columns columns;
    columns.indexes = { column.index };
    auto const row = TRY(reader.retrieve(from, columns));
    auto const* target = row.value(column.index).as_lookup();
    for (std::size_t at = 0; target && at < column.targets.size(); ++at) {
        auto const fits = column.targets[at] == target->table || column.targets[at] == any_table;
        if (fits && column.navigations[at] == relationship.single) {
            return std::optional(*target);
        }
    }
    return std::nullopt;
}

Result<http::Response> read_single(Reader& reader, Read const& read)
{
    auto const target = TRY(target_of(reader, read));
    if (!target) {
        return no_content();
    }
    if (read.resource.suffix == Suffix::reference) {
        std::string body;
        json::Writer writer(body);
        begin_answer(writer, *read.call, "#$ref");
        writer.key("@odata.id").string(link_to(*read.call, reader.schema(), *target));
        writer.end_object();
        return json_answer(200, std::move(body));
    }
    auto response = TRY(row_answer(reader, *read.call, { .row = *target }));
    add_applied(response, read.call->preferences, Applies::to_reading);
    return response;
}

// As $value: the bare text of a property.
std::string plain_text(Column const& column, Value const& value)
{
    auto const document = value_to_json(column, value);
    return document.as_string() ? *document.as_string() : document.to_string();
}

Result<http::Response> read_property(Reader& reader, Read const& read)
{
    auto const& column = *read.resource.column;
    auto const row = TRY(locate(reader, *read.resource.row, {}));
    Columns columns;
    columns.indexes = { column.index };
    auto const found = TRY(reader.retrieve(row, columns));
    auto const& value = found.value(column.index);
    if (value.is_null()) {
        return no_content();
    }
    if (read.resource.suffix == Suffix::value) {
        auto response = http::content_response(200, "text/plain", plain_text(column, value));
        response.headers.add("OData-Version", "4.0");
        return response;
    }
    std::string body;
    json::Writer writer(body);
    auto const& table = reader.schema().table(row.table);
    begin_answer(writer, *read.call,
        "#" + table.set + "(" + row.id.to_string() + ")/" + property_name(column));
    writer.key("value");
    write_value(writer, column, value);
    writer.end_object();
    return json_answer(200, std::move(body));
}

// The rows at the other end of a collection-valued navigation of this row.
Result<Filter> scope_of(Reader& reader, Read const& read)
{
    auto const& resource = read.resource;
    auto const parent = TRY(locate(reader, *resource.row, {}));
    auto const& schema = reader.schema();
    auto const& parent_table = schema.table(parent.table);
    Columns columns;
    columns.indexes = { parent_table.id_column };
    TRY(reader.retrieve(parent, columns));
    if (auto const* relationship = resource.one_to_many) {
        auto const& column = schema.table(relationship->child).column(relationship->column);
        auto const target =
            column.is_polymorphic() ? parent : Lookup { column.targets.front(), parent.id };
        return Filter::condition(column.index, Operator::equal, { Value(target) });
    }
    Filter filter { .kind = Filter::Kind::related };
    filter.related =
        std::make_shared<Related const>(Related { .relationship = resource.many_to_many->name,
            .table = parent.table,
            .where =
                Filter::condition(parent_table.id_column, Operator::equal, { Value(parent.id) }) });
    return filter;
}

Result<http::Response> read_related_row(Reader& reader, Read const& read)
{
    auto const member = TRY(locate(reader, *read.resource.related, {}));
    auto query = Query::from(member.table);
    auto const id = read.resource.table->id_column;
    query.columns = { id };
    query.filter =
        TRY(scope_of(reader, read)) && Filter::condition(id, Operator::equal, { Value(member.id) });
    if (!TRY(reader.first(std::move(query)))) {
        return no_such_row(reader.schema(), member);
    }
    auto response = TRY(row_answer(reader, *read.call, { .row = member }));
    add_applied(response, read.call->preferences, Applies::to_reading);
    return response;
}

Result<http::Response> read_collection(Reader& reader, Read const& read)
{
    auto const& resource = read.resource;
    auto const& table = *resource.table;
    CollectionRead collection { .table = &table,
        .references_only = resource.suffix == Suffix::reference };
    auto const raw = TRY(split_query_string(read.call->query));
    collection.options = TRY(parse_options(reader.schema(), table, raw));
    if (resource.kind == Kind::collection) {
        collection.scope = TRY(scope_of(reader, read));
    }
    auto const& options = collection.options;
    if (options.delta_token || read.call->preferences.tracks_changes) {
        return refuse(Fault::not_supported, "NotSupported",
            "Change tracking is not offered on this collection.");
    }
    if (options.apply) {
        auto query = *options.apply;
        query.filter = std::move(query.filter) && std::move(collection.scope);
        return aggregate_answer(reader, *read.call, table, query);
    }
    if (options.fetch_xml) {
        return fetch_answer(reader, *read.call, table, *options.fetch_xml);
    }
    if (options.saved_query || options.user_query) {
        TRY(apply_view(reader, collection));
    }
    if (resource.suffix == Suffix::count) {
        return count_answer(reader, collection);
    }
    return collection_answer(reader, *read.call, std::move(collection));
}

Result<http::Response> answer(Reader& reader, Read const& read)
{
    switch (read.resource.kind) {
    case Kind::service_document:
        return service_document(reader.schema(), *read.call);
    case Kind::rows:
        return read_collection(reader, read);
    case Kind::collection:
        return read.resource.related ? read_related_row(reader, read)
                                     : read_collection(reader, read);
    case Kind::row:
        return read_row(reader, read);
    case Kind::single:
        return read_single(reader, read);
    case Kind::property:
        return read_property(reader, read);
    case Kind::message:
        break;
    }
    return unknown_segment(read.call->path);
}

// A conditional read is answered in full when it asks for more than the row itself.
bool is_unchanged(Call const& call, Query const& query, std::int64_t version)
{
    auto const known = parse_preconditions(call.request.headers).known_version;
    return call.request.method == "GET" && known == version && query.expands.empty()
        && !call.preferences.annotations;
}

}

Result<http::Response> row_answer(Reader& reader, Call const& call, RowAnswer const& wanted)
{
    auto const reading = TRY(call.row_readings->find(reader.context(), reader.caller(), call,
        { .table = wanted.row.table, .ignores_expand = wanted.ignores_expand }));
    auto const row = TRY(reading->statement->find(
        reader.context(), reader.caller(), json_options(call), wanted.row.id));
    if (!row) {
        return no_such_row(reader.schema(), wanted.row);
    }
    if (is_unchanged(call, reading->query, row->version)) {
        return not_modified(row->version);
    }
    auto body = std::string {};
    json::Writer writer(body);
    begin_answer(writer, call, reading->fragment);
    if (!row->members.empty()) {
        body += "," + row->members;
    }
    body += "}";
    auto response = json_answer(wanted.status, std::move(body));
    response.headers.add("ETag", entity_tag(row->version));
    if (!wanted.entity_id.empty()) {
        response.headers.add("OData-EntityId", wanted.entity_id);
    }
    return response;
}

Result<Operation> prepare_read(Preparation const& preparation, Resource resource)
{
    if (preparation.call->request.method != "GET") {
        return method_not_allowed(preparation.call->request.method);
    }
    auto const read = std::make_shared<Read const>(
        Read { preparation.schema, preparation.call, std::move(resource) });
    return Operation { .read = [read](Reader& reader) { return answer(reader, *read); } };
}

}
