#include "platform/pages/xml.h"

#include "core/check.h"
#include "core/text.h"
#include "platform/pages/clean_text.h"

#include <pugixml.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cashline::xml {

namespace {

bool is_name_letter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_'
        || static_cast<std::uint8_t>(letter) >= 0x80;
}

bool is_name(std::string_view name)
{
    return !name.empty() && is_name_letter(name.front())
        && std::ranges::all_of(name, [](char letter) {
               return is_name_letter(letter) || (letter >= '0' && letter <= '9') || letter == '-'
                   || letter == '.' || letter == ':';
           });
}

std::string_view without_prefix(std::string_view name)
{
    auto const colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class StringWriter : public pugi::xml_writer {
public:
    void write(void const* bytes, std::size_t length) override
    {
        m_out.append(static_cast<char const*>(bytes), length);
    }
    std::string take() { return std::move(m_out); }

private:
    std::string m_out {};
};

void build(Element const& element, pugi::xml_node parent)
{
    CHECK(is_name(element.name));
    auto node = parent.append_child(element.name.c_str());
    for (auto const& attribute : element.attributes) {
        CHECK(is_name(attribute.name));
        node.append_attribute(attribute.name.c_str())
            .set_value(pages::clean_text(attribute.value).c_str());
    }
    if (!element.text.empty()) {
        node.append_child(pugi::node_pcdata).set_value(pages::clean_text(element.text).c_str());
    }
    for (auto const& child : element.children) {
        build(child, node);
    }
}

// Copies the library's tree into ours and resolves prefixes on the way.
class Reader {
public:
    explicit Reader(ReadLimits const& limits) : m_limits(limits) { }

    Result<Element> read(pugi::xml_node node, std::size_t depth)
    {
        if (depth > m_limits.depth_max) {
            return invalid("xml_too_deep", "The XML file nests its elements too deeply.");
        }
        if (++m_elements > m_limits.elements_max) {
            return invalid("xml_too_large", "The XML file has too many elements.");
        }
        Element out(pages::clean_line(node.name()));
        auto const scope = m_scope.size();
        for (auto const attribute : node.attributes()) {
            out.attributes.push_back(
                { pages::clean_line(attribute.name()), pages::clean_text(attribute.value()) });
            remember_namespace(out.attributes.back());
        }
        out.namespace_uri = namespace_of(out.name);
        for (auto const child : node.children()) {
            if (child.type() == pugi::node_element) {
                out.children.push_back(TRY(read(child, depth + 1)));
            } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
                out.text += pages::clean_text(child.value());
            }
        }
        if (!out.children.empty() && text::trim(out.text).empty()) {
            out.text.clear(); // Only the indentation between children.
        }
        m_scope.resize(scope);
        return out;
    }

private:
    void remember_namespace(Attribute const& attribute)
    {
        if (attribute.name == "xmlns") {
            m_scope.push_back({ "", attribute.value });
        } else if (attribute.name.starts_with("xmlns:")) {
            m_scope.push_back({ attribute.name.substr(6), attribute.value });
        }
    }

    std::string namespace_of(std::string_view name) const
    {
        auto const colon = name.find(':');
        auto const prefix =
            colon == std::string_view::npos ? std::string_view {} : name.substr(0, colon);
        auto const found = std::find_if(m_scope.rbegin(), m_scope.rend(),
            [&](Attribute const& known) { return known.name == prefix; });
        return found == m_scope.rend() ? std::string {} : found->value;
    }

    ReadLimits const& m_limits;
    std::size_t m_elements {};
    std::vector<Attribute> m_scope {}; // prefix → namespace, innermost last
};

std::ptrdiff_t line_of(std::string_view bytes, std::ptrdiff_t offset)
{
    auto const end = std::clamp(offset, std::ptrdiff_t { 0 }, std::ssize(bytes));
    return 1 + std::count(bytes.begin(), bytes.begin() + end, '\n');
}

}

Element& Element::add(std::string_view child_name, std::string_view child_text)
{
    return children.emplace_back(child_name, child_text);
}

Element& Element::set(std::string_view attribute_name, std::string_view value)
{
    attributes.push_back({ std::string(attribute_name), std::string(value) });
    return *this;
}

std::string_view Element::local_name() const { return without_prefix(name); }

Element const* Element::find(std::string_view path) const
{
    auto const* element = this;
    for (auto const step : text::split(path, '/')) {
        auto const found = std::ranges::find(element->children, step, &Element::local_name);
        if (found == element->children.end()) {
            return nullptr;
        }
        element = &*found;
    }
    return element;
}

std::string_view Element::text_at(std::string_view path) const
{
    auto const* element = find(path);
    return element == nullptr ? std::string_view {} : text::trim(element->text);
}

std::vector<Element const*> Element::all(std::string_view local) const
{
    std::vector<Element const*> out;
    for (auto const& child : children) {
        if (child.local_name() == local) {
            out.push_back(&child);
        }
    }
    return out;
}

std::string_view Element::attribute(std::string_view attribute_name) const
{
    auto const found = std::ranges::find(attributes, attribute_name, &Attribute::name);
    return found == attributes.end() ? std::string_view {} : std::string_view(found->value);
}

std::string write(Element const& root, Indent indent)
{
    pugi::xml_document document;
    build(root, document);
    StringWriter out;
    document.print(out, "  ", indent == Indent::none ? pugi::format_raw : pugi::format_indent,
        pugi::encoding_utf8);
    auto text = out.take();
    auto const declaration = std::string_view(R"(<?xml version="1.0" encoding="UTF-8"?>)");
    if (text.starts_with("<?xml")) {
        text.erase(0, text.find("?>") + 2);
        text.erase(0, text.find('<'));
    }
    return fmt::format("{}\n{}", declaration, text);
}

Result<Element> read(std::string_view bytes, ReadLimits const& limits)
{
    if (bytes.size() > limits.bytes_max) {
        return invalid("xml_too_large", "The XML file is larger than this server accepts.");
    }
    pugi::xml_document document;
    constexpr auto flags = pugi::parse_default | pugi::parse_doctype;
    auto const parsed = document.load_buffer(bytes.data(), bytes.size(), flags);
    if (!parsed) {
        return invalid("xml_malformed",
            fmt::format("The XML file cannot be read at line {}: {}.",
                line_of(bytes, parsed.offset), parsed.description()));
    }
    std::size_t roots = 0;
    for (auto const node : document.children()) {
        if (node.type() == pugi::node_doctype) {
            return invalid("xml_has_doctype", "XML files with a document type are not accepted.");
        }
        roots += node.type() == pugi::node_element ? 1 : 0;
    }
    if (roots != 1) {
        return invalid("xml_malformed", "The XML file must have exactly one root element.");
    }
    return Reader(limits).read(document.document_element(), 1);
}

}
