#include "platform/web_api/odata/error_writer.h"

#include "core/json.h"
#include "platform/web_api/odata/error_codes.h"

namespace cashline::odata {

namespace {

// What went wrong inside is for the log, not for the caller.
constexpr std::string_view internal_text =
    "Something went wrong on our side. Try again; if it stays, report the request's id.";

}

http::Response error_answer(Error const& error, std::string_view request_id)
{
    auto const status = wire_status(error);
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json; odata.metadata=minimal");
    response.headers.add("OData-Version", "4.0");
    if (!request_id.empty()) {
        response.headers.add("REQ_ID", request_id);
    }
    if (status == 503 || status == 429) {
        response.headers.add("Retry-After", "2");
    }
    auto const is_internal = status == 500;
    json::Writer writer(response.body);
    writer.begin_object().key("error").begin_object();
    writer.key("code").string(is_internal ? wire_code("UnExpected") : wire_code(error.code));
    writer.key("message").string(is_internal ? internal_text : error.text);
    if (!error.column.empty() && !is_internal) {
        writer.key("target").string(error.column);
    }
    writer.end_object().end_object();
    return response;
}

Refusal unknown_segment(std::string_view segment)
{
    return missing(
        "ResourceNotFound", "Resource not found for the segment '" + std::string(segment) + "'.");
}

Refusal wrong_verb(std::string_view method, std::string_view path)
{
    return missing("",
        "No HTTP resource was found that matches the request " + std::string(method) + " '"
            + std::string(path) + "'.");
}

Refusal method_not_allowed(std::string_view method)
{
    return refuse(Fault::not_allowed, "NotSupported",
        "The method " + std::string(method) + " is not allowed on this resource.");
}

Refusal bad_payload(std::string text, std::string_view column)
{
    return invalid("ODataClientPayloadError", std::move(text), column);
}

}
