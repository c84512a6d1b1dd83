#include "platform/pages/xml_schema.h"

#include "core/text.h"
#include "platform/pages/clean_text.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>

#include <filesystem>
#include <mutex>

namespace cashline::xml {

namespace {

constexpr std::size_t document_bytes_max = 32 * 1024 * 1024;
constexpr std::size_t findings_max = 100;

struct FreeParser {
    void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};
struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct FreeSchemaParser {
    void operator()(xmlSchemaParserCtxt* context) const { xmlSchemaFreeParserCtxt(context); }
};
struct FreeSchema {
    void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
};
struct FreeValidator {
    void operator()(xmlSchemaValidCtxt* context) const { xmlSchemaFreeValidCtxt(context); }
};

// The folder a schema being compiled may read from; empty everywhere else.
thread_local std::string readable_folder;

xmlParserInput* load_from_folder(char const* url, char const*, xmlParserCtxt* context)
{
    if (url == nullptr || readable_folder.empty()) {
        return nullptr;
    }
    std::error_code error;
    auto const path = std::filesystem::weakly_canonical(url, error);
    if (error || !path.string().starts_with(readable_folder)) {
        return nullptr;
    }
    return xmlNewInputFromFile(context, path.c_str());
}

void be_silent(void*, char const*, ...) { }

void initialise_library()
{
    xmlSetGenericErrorFunc(nullptr, &be_silent); // per thread; findings are collected, not printed
    static std::once_flag once;
    std::call_once(once, [] {
        xmlInitParser();
        xmlSetExternalEntityLoader(&load_from_folder);
    });
}

using Findings = std::vector<SchemaFinding>;

void collect(void* out, xmlError* error)
{
    auto& findings = *static_cast<Findings*>(out);
    if (error != nullptr && error->message != nullptr && findings.size() < findings_max) {
        findings.push_back({ error->line, pages::clean_line(error->message) });
    }
}

std::string first_text(Findings const& findings)
{
    return findings.empty() ? std::string("no reason given") : findings.front().text;
}

Result<std::unique_ptr<xmlDoc, FreeDocument>> parse_document(std::string_view text)
{
    if (text.size() > document_bytes_max) {
        return invalid("xml_too_large", "The XML file is larger than this server accepts.");
    }
    std::unique_ptr<xmlParserCtxt, FreeParser> const context(xmlNewParserCtxt());
    // No substitution of entities, no external parts, no network; the library's own depth limit
    // stays.
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    std::unique_ptr<xmlDoc, FreeDocument> document(xmlCtxtReadMemory(
        context.get(), text.data(), static_cast<int>(text.size()), nullptr, nullptr, options));
    if (document && xmlGetIntSubset(document.get()) != nullptr) {
        return invalid("xml_has_doctype", "XML files with a document type are not accepted.");
    }
    if (!document) {
        Findings findings;
        collect(&findings, xmlCtxtGetLastError(context.get()));
        return invalid("xml_malformed", "The XML file cannot be read: " + first_text(findings));
    }
    return document;
}

}

struct Schema::Compiled {
    std::unique_ptr<xmlSchema, FreeSchema> schema {};
    std::mutex mutex {}; // the library computes parts of a schema when they are first used
};

namespace {

Result<std::unique_ptr<xmlSchema, FreeSchema>> compile(xmlSchemaParserCtxt* context)
{
    std::unique_ptr<xmlSchemaParserCtxt, FreeSchemaParser> const parser(context);
    Findings findings;
    if (!parser) {
        return invalid("xml_schema_invalid", "The XML schema cannot be read.");
    }
    xmlSchemaSetParserStructuredErrors(parser.get(), &collect, &findings);
    std::unique_ptr<xmlSchema, FreeSchema> schema(xmlSchemaParse(parser.get()));
    // A part that could not be loaded is only a warning to the library, but rules would be missing.
    if (!schema || !findings.empty()) {
        return invalid(
            "xml_schema_invalid", "The XML schema cannot be used: " + first_text(findings));
    }
    return schema;
}

}

Schema::Schema(std::shared_ptr<Compiled> compiled) : m_compiled(std::move(compiled)) { }

Result<Schema> Schema::load(std::string const& path)
{
    initialise_library();
    std::error_code error;
    auto const file = std::filesystem::canonical(path, error);
    if (error) {
        return invalid("xml_schema_invalid", "The XML schema is not there: " + path);
    }
    readable_folder = file.parent_path().string() + "/";
    auto schema = compile(xmlSchemaNewParserCtxt(file.c_str()));
    readable_folder.clear();
    auto compiled = std::make_shared<Compiled>();
    compiled->schema = TRY(std::move(schema));
    return Schema(std::move(compiled));
}

Result<Schema> Schema::parse(std::string_view text)
{
    initialise_library();
    auto compiled = std::make_shared<Compiled>();
    compiled->schema =
        TRY(compile(xmlSchemaNewMemParserCtxt(text.data(), static_cast<int>(text.size()))));
    return Schema(std::move(compiled));
}

Result<std::vector<SchemaFinding>> Schema::check(std::string_view document) const
{
    auto const parsed = TRY(parse_document(document));
    std::lock_guard const lock(m_compiled->mutex);
    std::unique_ptr<xmlSchemaValidCtxt, FreeValidator> const validator(
        xmlSchemaNewValidCtxt(m_compiled->schema.get()));
    Findings findings;
    xmlSchemaSetValidStructuredErrors(validator.get(), &collect, &findings);
    auto const outcome = xmlSchemaValidateDoc(validator.get(), parsed.get());
    if (outcome != 0 && findings.empty()) {
        return internal("xml_schema_failed", "The XML file could not be checked.");
    }
    return findings;
}

}
