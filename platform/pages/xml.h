// XML for business documents: elements, attributes and text, no document types, no entities of a
// file's own, no mixed content (the text of an element is what stands directly in it, joined).
// Trees are plain values. Checking against an XSD is in xml_schema.h.
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace cashline::xml {

struct Attribute {
    std::string name {};
    std::string value {};
};

struct Element {
    std::string name {}; // as written, with its prefix: "cbc:ID"
    std::string text {};
    std::vector<Attribute> attributes {};
    std::vector<Element> children {};
    std::string namespace_uri {}; // known after reading; writers set xmlns attributes

    Element() = default;
    explicit Element(std::string_view name_, std::string_view text_ = {}) : name(name_), text(text_)
    {
    }

    // Both answer the new child or this element, so that calls chain. A reference to a child is
    // good until its parent gets the next one.
    Element& add(std::string_view child_name, std::string_view child_text = {});
    Element& set(std::string_view attribute_name, std::string_view value);

    std::string_view local_name() const; // without prefix
    // By local names, first match on each step: "Stmt/Acct/Id/IBAN". Null when absent.
    Element const* find(std::string_view path) const;
    std::string_view text_at(std::string_view path) const; // trimmed; empty when absent
    std::vector<Element const*> all(std::string_view local) const; // direct children
    std::string_view attribute(std::string_view attribute_name) const; // empty when absent
};

enum class Indent : std::uint8_t { none, two_spaces };

// The whole document in UTF-8 with its declaration. Characters XML cannot hold become spaces. Names
// are the caller's own and must be XML names.
std::string write(Element const& root, Indent indent = Indent::two_spaces);

struct ReadLimits {
    std::size_t bytes_max { 32 * 1024 * 1024 };
    std::size_t elements_max { 1'000'000 };
    std::size_t depth_max { 64 };
};

// "xml_malformed" with a position, "xml_has_doctype", "xml_too_large", "xml_too_deep".
Result<Element> read(std::string_view bytes, ReadLimits const& limits = {});

}
