#include "platform/web_api/odata/definitions/definition_options.h"

#include "core/text.h"
#include "platform/query/odata/scanner.h"

#include <algorithm>

namespace cashline::odata {

namespace {

using IsMeant = DefinitionOptions::IsMeant;

std::vector<std::string> names_in(std::string_view list)
{
    std::vector<std::string> names;
    for (auto const name : text::split(list, ',')) {
        if (auto const trimmed = text::trim(name); !trimmed.empty()) {
            names.emplace_back(trimmed);
        }
    }
    return names;
}

// or → and → not → comparison. Compared are texts, numbers, truth and null, as written in the
// documents.
class FilterReader {
public:
    explicit FilterReader(std::string_view text) : m_scanner(text) { }

    Result<IsMeant> read()
    {
        auto filter = TRY(either());
        if (!m_scanner.at_end()) {
            return m_scanner.refusal("the end of the filter");
        }
        return filter;
    }
    std::vector<std::string> const& names() const { return m_names; }

private:
    Result<IsMeant> either()
    {
        auto left = TRY(both());
        while (m_scanner.take_word("or")) {
            auto right = TRY(both());
            left = [left = std::move(left), right = std::move(right)](
                       json::Value const& document) { return left(document) || right(document); };
        }
        return left;
    }
    Result<IsMeant> both()
    {
        auto left = TRY(one());
        while (m_scanner.take_word("and")) {
            auto right = TRY(one());
            left = [left = std::move(left), right = std::move(right)](
                       json::Value const& document) { return left(document) && right(document); };
        }
        return left;
    }
    Result<IsMeant> one()
    {
        if (m_scanner.take_word("not")) {
            auto inner = TRY(one());
            return IsMeant([inner = std::move(inner)](
                               json::Value const& document) { return !inner(document); });
        }
        if (m_scanner.take('(')) {
            auto inner = TRY(either());
            TRY(m_scanner.expect(')'));
            return inner;
        }
        return comparison();
    }
    Result<IsMeant> comparison()
    {
        std::vector<std::string> path { std::string(m_scanner.word()) };
        while (m_scanner.take('/')) {
            path.emplace_back(m_scanner.word());
        }
        if (path.front().empty()) {
            return m_scanner.refusal("a property");
        }
        if (m_scanner.peek() == '(') {
            return refuse(Fault::invalid, "ResourceNotFound",
                "Functions such as " + path.front() + " are not offered for definitions.");
        }
        auto const is_equal = m_scanner.take_word("eq");
        if (!is_equal && !m_scanner.take_word("ne")) {
            return m_scanner.refusal("eq or ne");
        }
        auto const wanted = TRY(value());
        m_names.push_back(path.front());
        return IsMeant([path = std::move(path), wanted, is_equal](json::Value const& document) {
            auto const* found = &document;
            for (auto const& name : path) {
                found = found ? found->find(name) : nullptr;
            }
            auto const is_same = found ? *found == wanted : wanted.is_null();
            return is_same == is_equal;
        });
    }
    Result<json::Value> value()
    {
        if (auto const literal = m_scanner.literal()) {
            switch (literal->kind) {
            case Literal::Kind::null:
                return json::Value {};
            case Literal::Kind::boolean:
                return json::Value { text::to_lower_ascii(literal->text) == "true" };
            case Literal::Kind::number: {
                auto const number = Decimal::parse(literal->text);
                return number ? Result<json::Value>(json::Value(*number))
                              : Result<json::Value>(m_scanner.refusal("a number"));
            }
            case Literal::Kind::id:
                return json::Value { text::to_lower_ascii(literal->text) };
            case Literal::Kind::text:
            case Literal::Kind::moment:
            case Literal::Kind::day:
                return json::Value { literal->text };
            }
        }
        // Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'
        if (m_scanner.word().empty() || m_scanner.peek() != '\'') {
            return m_scanner.refusal("a value");
        }
        return json::Value { TRY(m_scanner.quoted_text('\'')) };
    }

    Scanner m_scanner;
    std::vector<std::string> m_names {};
};

Result<void> read_option(DefinitionOptions& options, std::string_view name, std::string_view value);

// "Attributes($select=LogicalName;$filter=…),Keys"
Result<void> read_expand(DefinitionOptions& options, std::string_view list)
{
    Scanner scanner(list);
    while (true) {
        ExpandedDefinitions expanded { .name = std::string(scanner.word()) };
        if (expanded.name.empty()) {
            return scanner.refusal("a navigation property");
        }
        if (scanner.take('(')) {
            Scanner inner(TRY(scanner.until_closing()));
            while (!inner.at_end()) {
                auto const part = inner.until_any_of(";");
                auto const equals = part.find('=');
                if (equals == std::string_view::npos) {
                    return inner.refusal("an option");
                }
                TRY(read_option(
                    expanded.options, text::trim(part.substr(0, equals)), part.substr(equals + 1)));
                inner.take(';');
            }
        }
        options.expand.push_back(std::move(expanded));
        if (!scanner.take(',')) {
            break;
        }
    }
    return scanner.at_end() ? Result<void> {} : scanner.refusal("a comma");
}

Result<void> read_option(DefinitionOptions& options, std::string_view name, std::string_view value)
{
    if (name == "$select") {
        options.select = names_in(value);
        return {};
    }
    if (name == "$filter") {
        FilterReader reader(value);
        options.is_meant = TRY(reader.read());
        options.filtered = reader.names();
        return {};
    }
    if (name == "$expand") {
        return read_expand(options, value);
    }
    if (name == "$count") {
        options.counts = value == "true";
        return {};
    }
    if (name.starts_with('$')) {
        return invalid("InvalidQueryOption",
            "The option '" + std::string(name)
                + "' is not offered for definitions: use $select, $filter and $expand.");
    }
    return {}; // LabelLanguages, annotations and parameters of the client's own
}

Result<void> names_must_exist(std::vector<Definition> const& list, DefinitionOptions const& options)
{
    auto names = options.select;
    names.insert(names.end(), options.filtered.begin(), options.filtered.end());
    for (auto const& name : names) {
        auto const has_it = [&](Definition const& each) {
            return each.document.find(name) != nullptr || each.related.contains(name);
        };
        if (!list.empty() && std::ranges::none_of(list, has_it)) {
            return invalid("UnknownProperty",
                "Could not find a property named '" + name + "' on this type of definition.");
        }
    }
    return {};
}

json::Value selected(Definition const& definition, DefinitionOptions const& options)
{
    json::Value document { json::Object {} };
    if (!definition.type.empty()) {
        document.set("@odata.type", "#Microsoft.Dynamics.CRM." + definition.type);
    }
    for (auto const& [name, value] : *definition.document.as_object()) {
        // The key comes along whatever is selected.
        if (options.select.empty() || name == "MetadataId"
            || std::ranges::find(options.select, name) != options.select.end()) {
            document.set(name, value);
        }
    }
    return document;
}

}

Result<DefinitionOptions> parse_definition_options(std::vector<RawOption> const& raw)
{
    DefinitionOptions options;
    for (auto const& option : raw) {
        TRY(read_option(options, option.name, option.value));
    }
    return options;
}

Result<json::Value> shaped(Definition const& definition, DefinitionOptions const& options)
{
    auto document = selected(definition, options);
    for (auto const& [name, nested] : options.expand) {
        auto const found = definition.related.find(name);
        if (found == definition.related.end()) {
            // A list of columns of several types: not all of them have options.
            continue;
        }
        auto const related = found->second();
        if (related.is_collection) {
            document.set(name, TRY(shaped_list(related.list, nested)));
        } else {
            document.set(
                name, related.list.empty() ? json::Value {} : TRY(shaped(related.list[0], nested)));
        }
    }
    return document;
}

Result<json::Array> shaped_list(
    std::vector<Definition> const& list, DefinitionOptions const& options)
{
    TRY(names_must_exist(list, options));
    for (auto const& expanded : options.expand) {
        auto const has_it = [&](Definition const& each) {
            return each.related.contains(expanded.name);
        };
        if (!list.empty() && std::ranges::none_of(list, has_it)) {
            return invalid("UnknownProperty",
                "Could not find a property named '" + expanded.name
                    + "' on this type of definition.");
        }
    }
    json::Array documents;
    for (auto const& definition : list) {
        if (!options.is_meant || options.is_meant(definition.document)) {
            documents.push_back(TRY(shaped(definition, options)));
        }
    }
    return documents;
}

}
