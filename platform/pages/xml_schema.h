// Checks XML documents against an XSD (libxml2 in xml_schema.cpp). Nothing is ever fetched from a
// network; a schema's own parts are read only from its folder, a document may not refer to
// anything.
#pragma once

#include "core/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::xml {

struct SchemaFinding {
    std::int64_t line {}; // from 1; 0 when unknown
    std::string text {};
};

class Schema {
public:
    // From a file, with the files it includes from its folder and below. "xml_schema_invalid".
    static Result<Schema> load(std::string const& path);
    // From a text that includes nothing.
    static Result<Schema> parse(std::string_view text);

    // What is wrong with the document, at most 100 findings; none means valid. Refused:
    // "xml_malformed", "xml_has_doctype", "xml_too_large".
    Result<std::vector<SchemaFinding>> check(std::string_view document) const;

private:
    struct Compiled;
    explicit Schema(std::shared_ptr<Compiled> compiled);

    std::shared_ptr<Compiled> m_compiled; // shared by copies; checks lock it
};

}
