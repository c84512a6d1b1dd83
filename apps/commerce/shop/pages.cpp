#include "apps/commerce/shop/pages.h"

#include "core/text.h"
#include "platform/web_api/sign_in/tokens.h"

namespace cashline::commerce {

namespace {

constexpr std::size_t hash_length = 16;

Refusal named(Error error, std::string_view name)
{
    error.text = "Template “" + std::string(name) + "”: " + error.text;
    return std::unexpected(std::move(error));
}

}

Result<Pages> Pages::compile(Schema const& schema)
{
    Pages made;
    pages::TemplateOptions options;
    for (auto const& definition : schema.definitions("template")) {
        auto const name = std::string(definition.text("template"));
        auto const body = std::string(definition.text("body"));
        if (definition.text("kind") == "shop_part") {
            options.partials.emplace(name, body);
        } else if (definition.text("kind") == "shop_style") {
            (name == "style" ? made.m_style : made.m_icon) = body;
        }
    }
    for (auto const& definition : schema.definitions("template")) {
        if (definition.text("kind") != "shop_page") {
            continue;
        }
        auto const name = std::string(definition.text("template"));
        auto compiled = pages::Template::compile(definition.text("body"), options);
        if (!compiled) {
            return named(compiled.error(), name);
        }
        made.m_templates.emplace(name, std::move(*compiled));
    }
    made.m_style_path = "/shop/style-"
        + text::to_hex(sign_in::hash_token(made.m_style)).substr(0, hash_length) + ".css";
    return made;
}

Result<std::string> Pages::render(std::string_view page, json::Value const& data) const
{
    auto const found = m_templates.find(page);
    if (found == m_templates.end()) {
        return internal("template_missing", "There is no page “" + std::string(page) + "”.");
    }
    return found->second.render(data);
}

}
