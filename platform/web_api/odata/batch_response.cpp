#include "platform/web_api/odata/batch_response.h"

namespace cashline::odata {

namespace {

// The status line, headers and body of one answer. Reason phrases hold letters and blanks only.
void append_answer(std::string& out, http::Response const& response)
{
    out += "HTTP/1.1 " + std::to_string(response.status) + " ";
    out += http::reason_phrase(response.status);
    out += "\r\n";
    for (auto const& header : response.headers) {
        out += header.name + ": " + header.value + "\r\n";
    }
    out += "\r\n";
    out += response.content();
    out += "\r\n";
}

constexpr std::string_view part_headers =
    "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n";

}

BatchResponse::BatchResponse(Environment& environment)
    : m_boundary("batchresponse_" + environment.new_id().to_string())
    , m_change_set("changesetresponse_" + environment.new_id().to_string())
{
}

void BatchResponse::add(http::Response const& response)
{
    m_body += "--" + m_boundary + "\r\n";
    m_body += part_headers;
    m_body += "\r\n";
    append_answer(m_body, response);
}

void BatchResponse::clear() { m_body.clear(); }

void BatchResponse::add_change_set(std::vector<Part> const& parts)
{
    auto const boundary = m_change_set + "_" + std::to_string(++m_change_sets);
    // Exactly one header: a parser looks for the boundary in the first line and for nothing else.
    m_body += "--" + m_boundary + "\r\n";
    m_body += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n";
    for (auto const& part : parts) {
        m_body += "--" + boundary + "\r\n";
        m_body += part_headers;
        if (!part.content_id.empty()) {
            m_body += "Content-ID: " + part.content_id + "\r\n";
        }
        m_body += "\r\n";
        append_answer(m_body, part.response);
    }
    m_body += "--" + boundary + "--\r\n";
}

http::Response BatchResponse::finish(int status) &&
{
    m_body += "--" + m_boundary + "--\r\n";
    auto response = http::content_response(
        status, "multipart/mixed; boundary=" + m_boundary, std::move(m_body));
    response.headers.add("OData-Version", "4.0");
    return response;
}

}
