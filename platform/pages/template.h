// Mustache templates for shop pages, mails and documents: {{name}}, {{#section}}…{{/section}},
// {{^inverted}}…{{/inverted}}, {{>partial}}, {{!comment}}. Values are escaped for HTML unless the
// template is plain text or asks with {{{name}}}. Compile once and render from any thread. Partials
// come from the caller and never from the data, so a customer's name cannot become a template.
//
// Data is JSON: null, false, "" and [] are empty for sections; numbers print as they are written.
// Delimiters cannot be changed inside a template.
#pragma once

#include "core/json.h"
#include "core/result.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::pages {

enum class Escaping : std::uint8_t { html, none };

struct TemplateOptions {
    std::map<std::string, std::string, std::less<>> partials {};
    Escaping escaping { Escaping::html };
    std::size_t output_max { 4 * 1024 * 1024 };
};

class Template {
public:
    // Refuses what could not be rendered: "template_unclosed_tag", "template_unclosed_section",
    // "template_unexpected_end", "template_bad_name", "template_delimiters",
    // "template_unknown_partial", "template_partial_cycle", "template_too_deep",
    // "template_too_large". The text names the line.
    static Result<Template> compile(std::string_view text, TemplateOptions const& options = {});

    // "template_output_too_large" when sections multiply beyond the option's limit.
    Result<std::string> render(json::Value const& data) const;

private:
    struct Compiled;
    explicit Template(std::shared_ptr<Compiled const> compiled);

    std::shared_ptr<Compiled const> m_compiled; // shared by copies; never changed after compile
};

// Compiles and renders in one go, for templates used once.
Result<std::string> render(
    std::string_view text, json::Value const& data, TemplateOptions const& options = {});

struct PlaceholderRules {
    // Paths from the root: "customer.name"; "lines" is a section, "lines.product" a name inside it.
    std::vector<std::string> allowed {};
    std::vector<std::string> allowed_raw {}; // may also stand in {{{ }}}
    std::vector<std::string> partials {};
};

// Used when a person saves a template: beside what `compile` refuses,
// "template_unknown_placeholder" and "template_raw_placeholder", each naming the placeholder and
// its line.
Result<void> check_placeholders(std::string_view text, PlaceholderRules const& rules);

}
