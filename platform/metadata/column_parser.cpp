#include "platform/metadata/column_parser.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace cashline {

namespace {

struct NamedType {
    std::string_view name;
    ColumnType type;
};

constexpr std::array type_names {
    NamedType { "text", ColumnType::text },
    NamedType { "memo", ColumnType::memo },
    NamedType { "whole", ColumnType::whole },
    NamedType { "big", ColumnType::big },
    NamedType { "decimal", ColumnType::decimal },
    NamedType { "money", ColumnType::money },
    NamedType { "yes_no", ColumnType::yes_no },
    NamedType { "choice", ColumnType::choice },
    NamedType { "choices", ColumnType::choices },
    NamedType { "state", ColumnType::state },
    NamedType { "status", ColumnType::status },
    NamedType { "date", ColumnType::date },
    NamedType { "date_time", ColumnType::date_time },
    NamedType { "lookup", ColumnType::lookup },
    NamedType { "customer", ColumnType::customer },
    NamedType { "owner", ColumnType::owner },
    NamedType { "party_list", ColumnType::party_list },
    NamedType { "id", ColumnType::id },
    NamedType { "file", ColumnType::file },
    NamedType { "image", ColumnType::image },
};

constexpr std::array known_attributes { "name", "handle", "label", "description", "schema", "type",
    "max", "min", "scale", "format", "required", "write", "derived", "search", "folded", "default",
    "options", "reasons", "to", "nav", "navs", "collection", "collections", "relationship",
    "relationships", "on_delete", "on_assign", "hierarchy", "behavior", "calculated", "number",
    "audited", "standard", "base_of", "plural_schema" };

Refusal bad_column(std::string_view table, std::string_view column, std::string_view what)
{
    return invalid("bad_definition",
        std::string(table) + "." + std::string(column) + ": " + std::string(what), column);
}

std::optional<std::int64_t> number_of(std::string_view text)
{
    std::int64_t value = 0;
    auto const result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc {} && result.ptr == text.data() + text.size()
        ? std::optional(value)
        : std::nullopt;
}

Option parse_option(std::int64_t value, json::Value const& written)
{
    Option option { .value = value };
    if (auto const* name = written.as_string()) {
        option.name = *name;
    } else {
        option.name = written.text("name");
        option.label = written.text("label");
        option.color = written.text("color");
    }
    if (option.label.empty()) {
        option.label = text::humanise(option.name);
    }
    return option;
}

Result<std::vector<Option>> parse_options(
    std::string_view table, std::string_view column, json::Object const& written)
{
    std::vector<Option> options;
    for (auto const& [key, value] : written) {
        auto const number = number_of(key);
        if (!number) {
            return bad_column(table, column, "option '" + key + "' is not a number");
        }
        options.push_back(parse_option(*number, value));
        if (options.back().name.empty()) {
            return bad_column(table, column, "option " + key + " has no name");
        }
    }
    return options;
}

// reasons: { open: { 1: new } }; the state's number is filled in by the builder, which knows the
// state column.
Result<std::vector<Option>> parse_reasons(
    std::string_view table, std::string_view column, json::Object const& written)
{
    std::vector<Option> all;
    for (auto const& [state, reasons] : written) {
        auto options = TRY(parse_options(
            table, column, reasons.as_object() ? *reasons.as_object() : json::Object {}));
        if (options.empty()) {
            return bad_column(table, column, "state '" + state + "' has no reasons");
        }
        for (auto& option : options) {
            option.color = option.color.empty()
                ? state
                : option.color; // Carried until the builder resolves it.
            all.push_back(std::move(option));
        }
    }
    return all;
}

Required parse_required(json::Value const& definition)
{
    auto const* written = definition.find("required");
    if (!written) {
        return Required::no;
    }
    if (auto const* flag = written->as_bool()) {
        return *flag ? Required::yes : Required::no;
    }
    auto const* text = written->as_string();
    return text && *text == "system"     ? Required::system
        : text && *text == "recommended" ? Required::recommended
                                         : Required::no;
}

Writable parse_writable(json::Value const& definition)
{
    auto const written = definition.text("write", "always");
    return written == "create" ? Writable::on_create
        : written == "update"  ? Writable::on_update
        : written == "never"   ? Writable::never
                               : Writable::always;
}

std::optional<std::int64_t> scaled_bound(
    json::Value const& definition, char const* key, std::uint8_t scale)
{
    auto const* written = definition.find(key);
    auto const* number = written ? written->as_number() : nullptr;
    if (!number) {
        return std::nullopt;
    }
    auto const scaled = number->to_scaled(scale);
    return scaled ? std::optional(*scaled) : std::nullopt;
}

Value parse_default(Column const& column, json::Value const& written)
{
    if (auto const* flag = written.as_bool()) {
        return Value(*flag);
    }
    if (auto const* number = written.as_number()) {
        if (column.type == ColumnType::decimal) {
            return Value(number->rounded(column.scale, Rounding::half_away));
        }
        if (column.type == ColumnType::money) {
            auto const amount = Amount::from(*number, 4, Rounding::half_away);
            return amount ? Value(*amount) : Value {};
        }
        return Value(written.as_integer().value_or(0));
    }
    if (auto const* text = written.as_string()) {
        return Value(*text);
    }
    return {};
}

void parse_numbers(Column& column, json::Value const& definition)
{
    column.scale = column.type == ColumnType::money ? 4
        : column.type == ColumnType::decimal
        ? static_cast<std::uint8_t>(definition.integer("scale", 2))
        : 0;
    if (column.is_text()) {
        column.max_length = static_cast<std::int32_t>(
            definition.integer("max", column.type == ColumnType::memo ? 2000 : 100));
        return;
    }
    column.minimum = scaled_bound(definition, "min", column.scale);
    column.maximum = scaled_bound(definition, "max", column.scale);
}

json::Value made(json::Object members) { return json::Value(std::move(members)); }

}

std::string capitalised(std::string_view text)
{
    std::string result(text);
    if (!result.empty()) {
        result[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(result[0])));
    }
    return result;
}

std::string camel_case(std::string_view snake_case)
{
    std::string result;
    for (auto const part : text::split(snake_case, '_')) {
        result += capitalised(part);
    }
    return result;
}

Result<Ownership> parse_ownership(std::string_view text)
{
    if (text == "user_or_team") {
        return Ownership::user_or_team;
    }
    if (text == "organization") {
        return Ownership::organization;
    }
    if (text == "business_unit") {
        return Ownership::business_unit;
    }
    if (text == "none") {
        return Ownership::none;
    }
    return invalid("bad_definition", "ownership '" + std::string(text) + "' is unknown");
}

Result<Column> parse_column(std::string_view table, json::Value const& definition)
{
    Column column;
    column.name = definition.text("name");
    if (column.name.empty()) {
        return bad_column(table, "?", "a column needs a name");
    }
    for (auto const& [key, value] :
        definition.as_object() ? *definition.as_object() : json::Object {}) {
        if (std::ranges::find(known_attributes, key) == known_attributes.end()) {
            return bad_column(table, column.name, "unknown attribute '" + key + "'");
        }
    }
    auto const type = std::ranges::find(type_names, definition.text("type"), &NamedType::name);
    if (type == type_names.end()) {
        return bad_column(
            table, column.name, "type '" + std::string(definition.text("type")) + "' is unknown");
    }
    column.type = type->type;
    column.handle = definition.text("handle", column.name);
    column.label = definition.text("label");
    if (column.label.empty()) {
        column.label = text::humanise(column.handle);
    }
    column.description = definition.text("description");
    column.schema_name = definition.text("schema");
    if (column.schema_name.empty()) {
        column.schema_name = capitalised(column.name);
    }
    column.required = parse_required(definition);
    column.writable = parse_writable(definition);
    column.format = definition.text("format");
    column.behavior = definition.text("behavior") == "zone_independent"
        ? DateBehavior::zone_independent
        : DateBehavior::user_local;
    column.is_derived = definition.flag("derived");
    column.is_searched = definition.flag("search");
    column.has_folded = column.is_searched || definition.flag("folded");
    column.is_standard = definition.flag("standard");
    column.is_audited = definition.flag("audited", true);
    column.calculated = definition.text("calculated");
    column.base_of = definition.text("base_of");
    column.auto_number = definition.text("number");
    parse_numbers(column, definition);
    column.options = column.type == ColumnType::status
        ? TRY(parse_reasons(table, column.name, definition.object("reasons")))
        : TRY(parse_options(table, column.name, definition.object("options")));
    if ((column.is_choice() || column.type == ColumnType::choices) && column.options.empty()) {
        return bad_column(table, column.name, "a choice needs options");
    }
    if (auto const* written = definition.find("default")) {
        column.default_value = parse_default(column, *written);
    }
    return column;
}

json::Value id_column(std::string_view name)
{
    return made({ { "name", name }, { "handle", "id" }, { "type", "id" }, { "required", "system" },
        { "write", "create" }, { "standard", true } });
}

json::Array standard_columns(Ownership ownership, bool has_company, bool has_money)
{
    json::Array columns;
    auto const add = [&](json::Object members) {
        members.emplace_back("standard", true);
        columns.push_back(made(std::move(members)));
    };
    auto const user = [&](char const* name, char const* handle) {
        add({ { "name", name }, { "handle", handle }, { "type", "lookup" }, { "to", "systemuser" },
            { "write", "never" }, { "derived", true }, { "on_delete", "none" } });
    };
    add({ { "name", "createdon" }, { "handle", "created_on" }, { "type", "date_time" },
        { "write", "never" }, { "derived", true }, { "required", "system" } });
    user("createdby", "created_by");
    add({ { "name", "modifiedon" }, { "handle", "modified_on" }, { "type", "date_time" },
        { "write", "never" }, { "derived", true }, { "required", "system" } });
    user("modifiedby", "modified_by");
    user("createdonbehalfby", "created_on_behalf_by");
    user("modifiedonbehalfby", "modified_on_behalf_by");
    add({ { "name", "overriddencreatedon" }, { "handle", "overridden_created_on" },
        { "type", "date_time" }, { "label", "Record created on" }, { "write", "create" } });
    add({ { "name", "importsequencenumber" }, { "handle", "import_sequence_number" },
        { "type", "whole" }, { "write", "create" } });
    add({ { "name", "versionnumber" }, { "handle", "version" }, { "type", "big" },
        { "write", "never" }, { "derived", true } });
    if (ownership == Ownership::user_or_team) {
        add({ { "name", "ownerid" }, { "handle", "owner" }, { "type", "owner" },
            { "required", "system" }, { "to", json::Array { "systemuser", "team" } },
            { "on_delete", "none" } });
        add({ { "name", "owningbusinessunit" }, { "handle", "owning_unit" }, { "type", "lookup" },
            { "label", "Owning business unit" }, { "to", "businessunit" }, { "write", "never" },
            { "derived", true }, { "on_delete", "none" } });
        add({ { "name", "owninguser" }, { "handle", "owning_user" }, { "type", "lookup" },
            { "to", "systemuser" }, { "write", "never" }, { "derived", true },
            { "on_delete", "none" }, { "calculated", "@owninguser" } });
        add({ { "name", "owningteam" }, { "handle", "owning_team" }, { "type", "lookup" },
            { "to", "team" }, { "write", "never" }, { "derived", true }, { "on_delete", "none" },
            { "calculated", "@owningteam" } });
    }
    if (has_company) {
        add({ { "name", "dataareaid" }, { "schema", "dataAreaId" }, { "handle", "company" },
            { "type", "text" }, { "max", 4 }, { "required", true }, { "write", "create" } });
    }
    if (has_money && !has_company) {
        add({ { "name", "transactioncurrencyid" }, { "handle", "currency" }, { "type", "lookup" },
            { "to", "transactioncurrency" }, { "on_delete", "none" } });
        add({ { "name", "exchangerate" }, { "handle", "exchange_rate" }, { "type", "decimal" },
            { "scale", 10 }, { "write", "never" }, { "derived", true } });
    }
    return columns;
}

}
