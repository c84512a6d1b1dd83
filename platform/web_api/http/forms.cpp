#include "platform/web_api/http/forms.h"

#include "core/text.h"

#include <algorithm>
#include <utility>

namespace cashline::http {

namespace {

Refusal malformed(std::string text) { return invalid("form_malformed", std::move(text)); }

Refusal too_large(std::string text)
{
    return refuse(Fault::too_large, "form_too_large", std::move(text));
}

// A quoted string from its opening quote on; `position` ends after the closing one.
std::optional<std::string> read_quoted(std::string_view text, std::size_t& position)
{
    std::string out;
    for (++position; position < text.size(); ++position) {
        auto const character = text[position];
        if (character == '"') {
            ++position;
            return out;
        }
        // Browsers escape only quotes here; a backslash before anything else belongs to the name.
        auto const escapes = character == '\\' && position + 1 < text.size()
            && (text[position + 1] == '"' || text[position + 1] == '\\');
        if (escapes) {
            ++position;
        }
        out += text[position];
    }
    return std::nullopt;
}

std::optional<FormField> read_parameter(std::string_view text, std::size_t& position)
{
    auto const equals = text.find_first_of("=;", position);
    if (equals == std::string_view::npos || text[equals] == ';') {
        return std::nullopt;
    }
    FormField parameter;
    parameter.name = text::to_lower_ascii(text::trim(text.substr(position, equals - position)));
    position = equals + 1;
    while (position < text.size() && (text[position] == ' ' || text[position] == '\t')) {
        ++position;
    }
    if (position < text.size() && text[position] == '"') {
        auto quoted = read_quoted(text, position);
        if (!quoted) {
            return std::nullopt;
        }
        parameter.value = std::move(*quoted);
        return parameter;
    }
    auto const end = std::min(text.find(';', position), text.size());
    parameter.value = std::string(text::trim(text.substr(position, end - position)));
    position = end;
    return parameter;
}

// Some browsers send a whole path of the visitor's machine; only its last part is ours to know.
std::string last_segment(std::string_view path)
{
    auto const slash = path.find_last_of("/\\");
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

struct PartHead {
    std::string name {};
    std::optional<std::string> file_name {};
    std::string content_type {};
};

Result<PartHead> parse_part_head(std::string_view head)
{
    PartHead part;
    auto has_name = false;
    for (auto const raw : text::split(head, '\n')) {
        auto const line = text::trim(raw);
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) {
            if (line.empty()) {
                continue;
            }
            return malformed("A part of the form has a header line without a colon.");
        }
        auto const name = line.substr(0, colon);
        auto const value = text::trim(line.substr(colon + 1));
        if (text::equals_ignoring_ascii_case(name, "content-type")) {
            part.content_type = std::string(value);
        }
        if (!text::equals_ignoring_ascii_case(name, "content-disposition")) {
            continue;
        }
        auto const disposition = parse_parameterised(value);
        if (!disposition || disposition->value != "form-data") {
            return malformed("A part of the form has an unreadable Content-Disposition.");
        }
        auto field = disposition->parameter("name");
        has_name = field.has_value();
        part.name = std::move(field).value_or("");
        part.file_name = disposition->parameter("filename");
    }
    if (!has_name) {
        return malformed("A part of the form has no name.");
    }
    return part;
}

Result<void> add_part(Form& form, PartHead head, std::string_view content, FormLimits const& limits)
{
    if (head.file_name) {
        if (form.files.size() >= limits.files_max) {
            return too_large("The form holds too many files.");
        }
        form.files.push_back({ .field = std::move(head.name),
            .file_name = last_segment(*head.file_name),
            .content_type = std::move(head.content_type),
            .content = std::string(content) });
        return {};
    }
    if (form.fields.size() >= limits.fields_max || content.size() > limits.field_bytes_max) {
        return too_large("The form holds too many or too long fields.");
    }
    form.fields.push_back({ .name = std::move(head.name), .value = std::string(content) });
    return {};
}

}

std::optional<std::string> Form::find(std::string_view name) const
{
    for (auto const& field : fields) {
        if (field.name == name) {
            return field.value;
        }
    }
    return std::nullopt;
}

std::string Form::text(std::string_view name) const { return find(name).value_or(""); }

std::vector<std::string> Form::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (auto const& field : fields) {
        if (field.name == name) {
            values.push_back(field.value);
        }
    }
    return values;
}

FormFile const* Form::file(std::string_view field) const
{
    for (auto const& candidate : files) {
        if (candidate.field == field) {
            return &candidate;
        }
    }
    return nullptr;
}

std::optional<std::string> ParameterisedValue::parameter(std::string_view name) const
{
    for (auto const& candidate : parameters) {
        if (candidate.name == name) {
            return candidate.value;
        }
    }
    return std::nullopt;
}

std::optional<ParameterisedValue> parse_parameterised(std::string_view text)
{
    ParameterisedValue result;
    auto position = std::min(text.find(';'), text.size());
    result.value = text::to_lower_ascii(text::trim(text.substr(0, position)));
    while (position < text.size()) {
        if (text[position] == ';' || text[position] == ' ' || text[position] == '\t') {
            ++position;
            continue;
        }
        auto parameter = read_parameter(text, position);
        if (!parameter) {
            return std::nullopt;
        }
        result.parameters.push_back(std::move(*parameter));
    }
    return result;
}

Result<Form> parse_urlencoded(std::string_view text, FormLimits const& limits)
{
    Form form;
    while (!text.empty()) {
        auto const end = std::min(text.find('&'), text.size());
        auto const pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) {
            continue;
        }
        if (form.fields.size() >= limits.fields_max || pair.size() > 3 * limits.field_bytes_max) {
            return too_large("The form holds too many or too long fields.");
        }
        auto const equals = pair.find('=');
        auto const raw_value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
        auto name = text::percent_decode(pair.substr(0, equals), true);
        auto value = text::percent_decode(raw_value, true);
        if (!name || !value) {
            return malformed("The form holds a broken percent escape.");
        }
        form.fields.push_back({ .name = std::move(*name), .value = std::move(*value) });
    }
    return form;
}

Result<Form> parse_multipart(
    std::string_view body, std::string_view boundary, FormLimits const& limits)
{
    if (boundary.empty() || boundary.size() > 70) {
        return malformed("The form's boundary must have 1 to 70 characters.");
    }
    auto const delimiter = "--" + std::string(boundary);
    auto const line_delimiter = "\r\n" + delimiter;
    if (!body.starts_with(delimiter)) {
        auto const first = body.find(line_delimiter);
        if (first == std::string_view::npos) {
            return malformed("The form does not contain its boundary.");
        }
        body.remove_prefix(first + 2);
    }
    Form form;
    for (;;) {
        body.remove_prefix(delimiter.size());
        if (body.starts_with("--")) {
            return form;
        }
        if (!body.starts_with("\r\n")) {
            return malformed("A boundary of the form is not followed by a line end.");
        }
        auto const head_end = body.find("\r\n\r\n");
        if (head_end == std::string_view::npos || head_end > limits.part_head_bytes_max) {
            return malformed("A part of the form has no end of its headers.");
        }
        auto head = TRY(parse_part_head(body.substr(0, head_end)));
        // The blank line's first line end stays, so that an empty part still meets its delimiter.
        body.remove_prefix(head_end + 2);
        auto const content_end = body.find(line_delimiter);
        if (content_end == std::string_view::npos) {
            return malformed("The form ends inside a part.");
        }
        auto const content =
            content_end < 2 ? std::string_view {} : body.substr(2, content_end - 2);
        TRY(add_part(form, std::move(head), content, limits));
        body.remove_prefix(content_end + 2);
    }
}

Result<Form> parse_form(Request const& request, FormLimits const& limits)
{
    auto const type = parse_parameterised(request.headers.value("Content-Type"));
    if (type && type->value == "application/x-www-form-urlencoded") {
        return parse_urlencoded(request.body, limits);
    }
    if (type && type->value == "multipart/form-data") {
        return parse_multipart(request.body, type->parameter("boundary").value_or(""), limits);
    }
    return refuse(Fault::invalid, "form_type_unsupported",
        "Send the form as application/x-www-form-urlencoded or multipart/form-data.");
}

}
