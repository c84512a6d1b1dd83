#include "platform/web_api/http/message.h"

#include "core/json.h"
#include "core/text.h"
#include "platform/web_api/http/forms.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace cashline::http {

std::optional<std::string_view> Headers::find(std::string_view name) const
{
    for (auto const& header : m_list) {
        if (text::equals_ignoring_ascii_case(header.name, name)) {
            return header.value;
        }
    }
    return std::nullopt;
}

std::string_view Headers::value(std::string_view name) const
{
    return find(name).value_or(std::string_view {});
}

std::vector<std::string_view> Headers::all(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (auto const& header : m_list) {
        if (text::equals_ignoring_ascii_case(header.name, name)) {
            values.push_back(header.value);
        }
    }
    return values;
}

bool Headers::has_token(std::string_view name, std::string_view token) const
{
    for (auto const value : all(name)) {
        for (auto const part : text::split(value, ',')) {
            if (text::equals_ignoring_ascii_case(text::trim(part), token)) {
                return true;
            }
        }
    }
    return false;
}

void Headers::add(std::string_view name, std::string_view value)
{
    m_list.push_back({ .name = std::string(name), .value = std::string(value) });
}

void Headers::set(std::string_view name, std::string_view value)
{
    for (auto header = m_list.begin(); header != m_list.end(); ++header) {
        if (text::equals_ignoring_ascii_case(header->name, name)) {
            header->value = std::string(value);
            auto const is_repeat = [&](Header const& other) {
                return text::equals_ignoring_ascii_case(other.name, name);
            };
            m_list.erase(std::remove_if(header + 1, m_list.end(), is_repeat), m_list.end());
            return;
        }
    }
    add(name, value);
}

void Headers::remove(std::string_view name)
{
    std::erase_if(m_list,
        [&](Header const& header) { return text::equals_ignoring_ascii_case(header.name, name); });
}

std::string_view Request::path() const
{
    return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::query() const
{
    auto const mark = target.find('?');
    return mark == std::string::npos ? std::string_view {}
                                     : std::string_view(target).substr(mark + 1);
}

std::optional<std::string> Request::decoded_path() const
{
    auto decoded = text::percent_decode(path());
    if (!decoded || decoded->find('\0') != std::string::npos) {
        return std::nullopt;
    }
    return decoded;
}

std::optional<std::string> Request::query_value(std::string_view name) const
{
    auto const form = parse_urlencoded(query());
    if (!form) {
        return std::nullopt;
    }
    return form->find(name);
}

Response error_response(int status, std::string_view code, std::string_view message)
{
    Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json; odata.metadata=minimal");
    response.headers.add("OData-Version", "4.0");
    json::Writer writer(response.body);
    writer.begin_object().key("error").begin_object();
    writer.key("code").string(code).key("message").string(message);
    writer.end_object().end_object();
    return response;
}

Response content_response(int status, std::string_view content_type, std::string body)
{
    Response response;
    response.status = status;
    response.headers.add("Content-Type", content_type);
    response.body = std::move(body);
    return response;
}

Response redirect_response(std::string_view location, int status)
{
    Response response;
    response.status = status;
    response.headers.add("Location", location);
    return response;
}

std::string_view reason_phrase(int status)
{
    static constexpr std::pair<int, std::string_view> phrases[] = {
        { 100, "Continue" },
        { 101, "Switching Protocols" },
        { 200, "OK" },
        { 201, "Created" },
        { 202, "Accepted" },
        { 204, "No Content" },
        { 206, "Partial Content" },
        { 301, "Moved Permanently" },
        { 302, "Found" },
        { 303, "See Other" },
        { 304, "Not Modified" },
        { 307, "Temporary Redirect" },
        { 308, "Permanent Redirect" },
        { 400, "Bad Request" },
        { 401, "Unauthorized" },
        { 403, "Forbidden" },
        { 404, "Not Found" },
        { 405, "Method Not Allowed" },
        { 406, "Not Acceptable" },
        { 408, "Request Timeout" },
        { 409, "Conflict" },
        { 410, "Gone" },
        { 411, "Length Required" },
        { 412, "Precondition Failed" },
        { 413, "Content Too Large" },
        { 414, "URI Too Long" },
        { 415, "Unsupported Media Type" },
        { 416, "Range Not Satisfiable" },
        { 417, "Expectation Failed" },
        { 422, "Unprocessable Content" },
        { 428, "Precondition Required" },
        { 429, "Too Many Requests" },
        { 431, "Request Header Fields Too Large" },
        { 500, "Internal Server Error" },
        { 501, "Not Implemented" },
        { 502, "Bad Gateway" },
        { 503, "Service Unavailable" },
        { 504, "Gateway Timeout" },
    };
    auto const found = std::ranges::find(phrases, status, &std::pair<int, std::string_view>::first);
    return found == std::end(phrases) ? std::string_view("Unknown") : found->second;
}

bool is_token(std::string_view text)
{
    auto const is_token_character = [](char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
            || (character >= '0' && character <= '9')
            || std::string_view("!#$%&'*+-.^_`|~").contains(character);
    };
    return !text.empty() && std::ranges::all_of(text, is_token_character);
}

bool is_header_value(std::string_view text)
{
    return std::ranges::all_of(text, [](char character) {
        auto const byte = static_cast<std::uint8_t>(character);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

bool response_has_no_body(int status)
{
    return status / 100 == 1 || status == 204 || status == 304;
}

}
