// What browsers send from a form: application/x-www-form-urlencoded and multipart/form-data.
// Both parse a whole body into a Form and refuse what is malformed or beyond the limits.
#pragma once

#include "core/result.h"
#include "platform/web_api/http/message.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::http {

struct FormField {
    std::string name {};
    std::string value {};
};

struct FormFile {
    std::string field {};
    std::string file_name {}; // the last path segment only; may be empty
    std::string content_type {};
    std::string content {};
};

struct Form {
    std::vector<FormField> fields {};
    std::vector<FormFile> files {};

    std::optional<std::string> find(std::string_view name) const; // the first of that name
    std::string text(std::string_view name) const; // the first, or empty
    std::vector<std::string> all(std::string_view name) const;
    FormFile const* file(std::string_view field) const; // null when absent
};

struct FormLimits {
    std::size_t fields_max { 1'000 };
    std::size_t files_max { 20 };
    std::size_t part_head_bytes_max { 8 * 1'024 };
    std::size_t field_bytes_max { 1'024 * 1'024 };
};

// Refusals: "form_malformed", "form_too_large", "form_type_unsupported".
Result<Form> parse_urlencoded(std::string_view text, FormLimits const& limits = {});
Result<Form> parse_multipart(
    std::string_view body, std::string_view boundary, FormLimits const& limits = {});
// Either of them, as the Content-Type says.
Result<Form> parse_form(Request const& request, FormLimits const& limits = {});

// A header value such as `form-data; name="a"; filename="b;c.txt"`: the first word and its
// parameters, names in lower case, quoted strings unquoted.
struct ParameterisedValue {
    std::string value {};
    std::vector<FormField> parameters {};

    std::optional<std::string> parameter(std::string_view name) const;
};
std::optional<ParameterisedValue> parse_parameterised(std::string_view text);

}
