#include "core/text.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/operation.h"

namespace cashline::odata {

std::string link_to(Call const& call, Schema const& schema, Lookup row)
{
    return call.base + "/" + schema.table(row.table).set + "(" + row.id.to_string() + ")";
}

http::Response json_answer(int status, std::string body)
{
    auto response =
        http::content_response(status, "application/json; odata.metadata=minimal", std::move(body));
    response.headers.add("OData-Version", "4.0");
    return response;
}

http::Response no_content()
{
    http::Response response;
    response.status = 204;
    response.headers.add("OData-Version", "4.0");
    return response;
}

Result<json::Value> body_of(Call const& call)
{
    if (call.request.body.empty()) {
        return bad_payload("The request needs a JSON body.");
    }
    if (!text::is_valid_utf8(call.request.body)) {
        return bad_payload("The body is not valid UTF-8.");
    }
    auto body = json::parse(call.request.body);
    if (!body) {
        return bad_payload("The body is not valid JSON: " + body.error().text);
    }
    return body;
}

}
