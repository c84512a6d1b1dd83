#include "platform/web_api/odata/batch_parser.h"

#include "core/text.h"
#include "platform/web_api/http/forms.h"
#include "platform/web_api/odata/error_writer.h"

#include <optional>

namespace cashline::odata {

namespace {

Refusal bad_batch(std::string text)
{
    return bad_payload("The batch cannot be read: " + std::move(text));
}

// Takes the next line off the text, without its end.
std::string_view take_line(std::string_view& text)
{
    auto const end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view {} : text.substr(end + 1);
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

struct Pieces {
    std::vector<std::string_view> pieces {};
    bool is_closed {};
};

// What stands between the lines "--boundary" … "--boundary--".
Pieces split_parts(std::string_view body, std::string_view boundary)
{
    auto const delimiter = "--" + std::string(boundary);
    Pieces result;
    auto rest = body;
    std::optional<std::size_t> start;
    while (!rest.empty()) {
        auto const line_start = static_cast<std::size_t>(rest.data() - body.data());
        auto const line = text::trim(take_line(rest));
        auto const is_last = line == delimiter + "--";
        if (line != delimiter && !is_last) {
            continue;
        }
        if (start) {
            result.pieces.push_back(body.substr(*start, line_start - *start));
        }
        if (is_last) {
            result.is_closed = true;
            return result;
        }
        start = static_cast<std::size_t>(rest.data() - body.data());
        if (rest.empty()) {
            start = body.size();
        }
    }
    return result;
}

Result<http::Headers> take_headers(std::string_view& text)
{
    http::Headers headers;
    while (!text.empty()) {
        auto const line = take_line(text);
        if (text::trim(line).empty()) {
            break;
        }
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) {
            return bad_batch("a header line has no colon.");
        }
        headers.add(text::trim(line.substr(0, colon)), text::trim(line.substr(colon + 1)));
    }
    return headers;
}

void skip_blank_lines(std::string_view& text)
{
    while (!text.empty() && (text.front() == '\r' || text.front() == '\n')) {
        text.remove_prefix(1);
    }
}

Result<BatchPart> parse_request(std::string_view text)
{
    skip_blank_lines(text);
    auto const line = text::trim(take_line(text));
    auto const verb_end = line.find(' ');
    auto const version = line.rfind(" HTTP/");
    if (verb_end == std::string_view::npos || version == std::string_view::npos
        || version <= verb_end) {
        return bad_batch("'" + std::string(line) + "' is no request line.");
    }
    BatchPart part { .method = std::string(line.substr(0, verb_end)),
        .url = std::string(text::trim(line.substr(verb_end, version - verb_end))) };
    part.headers = TRY(take_headers(text));
    part.body = std::string(text::trim(text));
    part.content_id = std::string(part.headers.value("Content-ID"));
    return part;
}

struct MimePart {
    http::Headers headers {};
    http::ParameterisedValue type {};
    std::string_view content {};
};

Result<MimePart> parse_mime(std::string_view piece)
{
    MimePart part;
    part.headers = TRY(take_headers(piece));
    auto type = http::parse_parameterised(part.headers.value("Content-Type"));
    if (!type) {
        return bad_batch("a part has no Content-Type.");
    }
    part.type = std::move(*type);
    part.content = piece;
    return part;
}

Result<BatchPart> parse_http_part(MimePart const& mime)
{
    if (!text::equals_ignoring_ascii_case(mime.type.value, "application/http")) {
        return bad_batch("'" + mime.type.value + "' is no type of a part.");
    }
    auto part = TRY(parse_request(mime.content));
    if (auto const id = mime.headers.find("Content-ID")) {
        part.content_id = std::string(*id);
    }
    return part;
}

Result<BatchItem> parse_change_set(MimePart const& mime)
{
    auto const boundary = mime.type.parameter("boundary");
    if (!boundary || boundary->empty()) {
        return bad_batch("a change set has no boundary.");
    }
    BatchItem item { .is_change_set = true };
    for (auto const piece : split_parts(mime.content, *boundary).pieces) {
        item.parts.push_back(TRY(parse_http_part(TRY(parse_mime(piece)))));
    }
    return item;
}

}

Result<std::vector<BatchItem>> parse_batch(std::string_view content_type, std::string_view body)
{
    auto const type = http::parse_parameterised(content_type);
    auto const boundary = type ? type->parameter("boundary") : std::nullopt;
    if (!type || !text::equals_ignoring_ascii_case(type->value, "multipart/mixed") || !boundary
        || boundary->empty()) {
        return bad_batch("its Content-Type must be multipart/mixed;boundary=….");
    }
    auto const outer = split_parts(body, *boundary);
    if (!outer.is_closed) {
        return bad_batch("its last boundary is missing.");
    }
    std::vector<BatchItem> items;
    std::size_t count = 0;
    for (auto const piece : outer.pieces) {
        auto const mime = TRY(parse_mime(piece));
        if (text::equals_ignoring_ascii_case(mime.type.value, "multipart/mixed")) {
            items.push_back(TRY(parse_change_set(mime)));
        } else {
            BatchItem item;
            item.parts.push_back(TRY(parse_http_part(mime)));
            items.push_back(std::move(item));
        }
        count += items.back().parts.size();
        if (count > batch_requests_max) {
            return bad_batch("it holds more than 1,000 requests.");
        }
    }
    return items;
}

}
