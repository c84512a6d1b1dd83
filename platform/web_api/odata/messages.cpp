// Functions (GET, on a snapshot) and actions (POST, in a unit) of the registry (web-api.md 2.20).
#include "core/text.h"
#include "platform/query/odata/options.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/literal.h"
#include "platform/web_api/odata/operation.h"

#include <algorithm>

namespace cashline::odata {

namespace {

struct MessageCall {
    std::shared_ptr<Schema const> schema; // shared: the resource points into it
    std::shared_ptr<Call const> call;
    Resource resource {};
    MessageInfo const* info {};
    json::Value parameters {};
};

// F(a=@p1,b='x')?@p1=5. An alias nobody assigned is a parameter nobody passed.
Result<json::Value> arguments_of(Resource const& resource, std::string_view query)
{
    auto const options = TRY(split_query_string(query));
    json::Value parameters { json::Object {} };
    for (auto const& argument : resource.arguments) {
        if (argument.name.empty()) {
            return invalid("InvalidArgument",
                "Name the parameters of '" + resource.message + "': (Name=@p1)?@p1=…");
        }
        std::string_view text = argument.text;
        if (text.starts_with('@')) {
            auto const alias = std::ranges::find(options, text, &RawOption::name);
            if (alias == options.end()) {
                continue;
            }
            text = alias->value;
        }
        parameters.set(argument.name, TRY(parse_literal(text)));
    }
    return parameters;
}

std::string message_context(MessageCall const& message)
{
    return message.call->base + "/$metadata#" + std::string(type_namespace) + message.info->name
        + "Response";
}

// Our own functions answer with one document, which is the whole answer.
bool is_document(MessageInfo const& info)
{
    return info.reply_members.size() == 1 && info.reply_members[0].name == "document"
        && info.reply_members[0].type == ParameterType::open;
}

http::Response complex_answer(MessageCall const& message, json::Value const& complex)
{
    if (is_document(*message.info)) {
        auto const* document = complex.find("document");
        if (!document || document->is_null()) {
            return no_content();
        }
        return json_answer(200, document->to_string());
    }
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("@odata.context").string(message_context(message));
    if (auto const* members = complex.as_object()) {
        for (auto const& [name, value] : *members) {
            writer.key(name).value(value);
        }
    }
    writer.end_object();
    return json_answer(200, std::move(body));
}

// Rows by reference: what the caller may not read stays a reference.
Result<http::Response> rows_answer(
    Reader& reader, MessageCall const& message, std::vector<Lookup> const& rows)
{
    auto const& schema = reader.schema();
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("@odata.context");
    writer.string(message.call->base + "/$metadata#Collection(" + std::string(type_namespace)
        + "crmbaseentity)");
    writer.key("value").begin_array();
    for (auto const& row : rows) {
        auto const& table = schema.table(row.table);
        writer.begin_object().key("@odata.type");
        writer.string("#" + std::string(type_namespace) + table.name);
        Columns columns;
        columns.indexes = { table.id_column, table.name_or_id_column().index };
        auto const found = TRY(reader.find(row.table, row.id, columns));
        writer.key(table.column(table.id_column).name).string(row.id.to_string());
        auto const* name =
            found && table.name_column ? found->value(*table.name_column).as_text() : nullptr;
        if (name) {
            writer.key(table.name_or_id_column().name).string(*name);
        }
        writer.end_object();
    }
    writer.end_array().end_object();
    return json_answer(200, std::move(body));
}

Result<http::Response> reply_answer(
    Reader& reader, MessageCall const& message, MessageReply const& reply)
{
    switch (reply.shape) {
    case ReplyShape::none:
        return no_content();
    case ReplyShape::complex:
        return complex_answer(message, reply.complex);
    case ReplyShape::entities:
        return rows_answer(reader, message, reply.rows);
    case ReplyShape::entity:
        if (reply.rows.empty() || reply.rows.front().id.is_nil()) {
            return no_content();
        }
        return row_answer(reader, *message.call, { .row = reply.rows.front() });
    }
    return no_content();
}

Result<std::optional<Lookup>> bound_row(
    Reader& reader, MessageCall const& message, Contents const& contents)
{
    if (!message.resource.row) {
        return std::nullopt;
    }
    auto const row = TRY(locate(reader, *message.resource.row, contents));
    return std::optional(row);
}

Result<Boxed> request_of(Reader& reader, MessageCall const& message, Contents const& contents)
{
    auto const bound = TRY(bound_row(reader, message, contents));
    return message.info->parse(reader.schema(), message.parameters, bound);
}

Result<http::Response> answer(Reader& reader, MessageCall const& message)
{
    auto const request = TRY(request_of(reader, message, {}));
    auto const reply = TRY(answer_function(reader, *message.info, request));
    auto response = TRY(reply_answer(reader, message, message.info->describe_reply(reply)));
    if (message.info->name == "WhoAmI") {
        // How many requests to send at once; one client parses it without looking whether it is
        // there.
        response.headers.add("x-ms-dop-hint", "4");
    }
    return response;
}

Result<Written> run(
    Unit& unit, std::shared_ptr<MessageCall const> const& message, Contents const& contents)
{
    auto request = TRY(request_of(unit, *message, contents));
    auto const reply = TRY(run_message(unit, message->info->name, std::move(request)));
    auto described = message->info->describe_reply(reply);
    if (described.shape == ReplyShape::none) {
        return Written { .response = no_content() };
    }
    if (described.shape == ReplyShape::complex) {
        return Written { .response = complex_answer(*message, described.complex) };
    }
    auto const row = described.rows.empty() ? std::nullopt : std::optional(described.rows.front());
    return Written { .row = row,
        .read_back = [message, described = std::move(described)](
                         Reader& reader) { return reply_answer(reader, *message, described); } };
}

// Lanes are taken before the unit begins, so they can only depend on a bound row that is named by
// its id.
std::vector<Lane> lanes_of(MessageCall const& message)
{
    if (!message.info->lanes) {
        return {};
    }
    auto bound = std::optional<Lookup> {};
    if (auto const& row = message.resource.row; row && row->id && row->hops.empty()) {
        bound = Lookup { row->table, *row->id };
    }
    auto const request = message.info->parse(*message.schema, message.parameters, bound);
    return request ? message.info->lanes(*request) : std::vector<Lane> {};
}

}

Result<Operation> prepare_message(Preparation const& preparation, Resource resource)
{
    auto const& call = *preparation.call;
    auto const* info = preparation.platform.registry().find_message(resource.message);
    auto const wanted = info && info->is_function ? "GET" : "POST";
    if (!info || call.request.method != wanted) {
        return wrong_verb(call.request.method, call.path);
    }
    MessageCall message { .schema = preparation.schema,
        .call = preparation.call,
        .resource = std::move(resource),
        .info = info };
    if (info->is_function) {
        message.parameters = TRY(arguments_of(message.resource, call.query));
        auto const shared = std::make_shared<MessageCall const>(std::move(message));
        return Operation { .read = [shared](Reader& reader) { return answer(reader, *shared); } };
    }
    // An action without parameters may come without a body (web-api.md 5, trap 26).
    message.parameters =
        call.request.body.empty() ? json::Value { json::Object {} } : TRY(body_of(call));
    auto const shared = std::make_shared<MessageCall const>(std::move(message));
    return Operation { .write =
                           [shared](Unit& unit, Contents const& contents) {
                               return run(unit, shared, contents);
                           },
        .options = { .lanes = lanes_of(*shared) } };
}

}
