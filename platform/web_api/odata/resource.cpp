#include "platform/web_api/odata/resource.h"

#include "core/text.h"
#include "platform/metadata/json_values.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/literal.h"

#include <algorithm>

namespace cashline::odata {

namespace {

using Kind = Resource::Kind;
using Suffix = Resource::Suffix;

Refusal bad_key(Table const& table)
{
    return invalid("InvalidQueryOption",
        "The key in the request URI is not valid for resource '" + std::string(type_namespace)
            + table.name
            + "'. Its names and number must match the primary key or one alternate key.");
}

// "_x_value" names the lookup x.
Column const* key_column(Table const& table, std::string_view name)
{
    if (name.starts_with('_') && name.ends_with("_value") && name.size() > 7) {
        auto const* column = table.find(name.substr(1, name.size() - 7));
        return column && column->is_lookup() ? column : nullptr;
    }
    auto const* column = table.find(name);
    return column && !column->is_lookup() ? column : nullptr;
}

bool is_alternate_key(Table const& table, std::vector<KeyPart> const& parts)
{
    // Keys of companies' tables begin with the company; without one the first that fits is meant.
    auto const company = table.has_company ? table.find("dataareaid") : nullptr;
    auto const is_company = [&](KeyPart const& part) {
        return company && part.column == company->index;
    };
    auto const count =
        parts.size() - static_cast<std::size_t>(std::ranges::count_if(parts, is_company));
    return std::ranges::any_of(table.keys, [&](Key const& key) {
        return key.columns.size() == count && std::ranges::all_of(parts, [&](KeyPart const& part) {
            return is_company(part)
                || std::ranges::find(key.columns, part.column) != key.columns.end();
        });
    });
}

Result<RowAddress> parse_key(Table const& table, Segment const& segment)
{
    RowAddress address { .table = table.id, .written = table.set };
    auto const& arguments = segment.arguments;
    if (arguments.empty()) {
        return bad_key(table);
    }
    auto const& id_name = table.column(table.id_column).name;
    if (arguments.size() == 1 && (arguments[0].name.empty() || arguments[0].name == id_name)) {
        address.id = Id::parse(arguments[0].text);
        if (!address.id) {
            return bad_key(table);
        }
        address.written += "(" + address.id->to_string() + ")";
        return address;
    }
    for (auto const& argument : arguments) {
        auto const* column = key_column(table, argument.name);
        if (!column) {
            return bad_key(table);
        }
        auto const literal = TRY(parse_literal(argument.text));
        address.key.push_back({ column->index, TRY(value_from_json(*column, literal)) });
        address.written +=
            (address.key.size() == 1 ? "(" : ",") + argument.name + "=" + argument.text;
    }
    address.written += ")";
    if (!is_alternate_key(table, address.key)) {
        return bad_key(table);
    }
    return address;
}

class Resolver {
public:
    explicit Resolver(ResourceContext const& context) : m_context(context) { }

    Result<Resource> resolve(std::vector<Segment> const& path)
    {
        if (path.empty()) {
            return Resource { .kind = Kind::service_document };
        }
        TRY(first(path.front()));
        for (std::size_t at = 1; at < path.size(); ++at) {
            if (m_resource.suffix != Suffix::none) {
                return unknown_segment(path[at].name);
            }
            TRY(next(path[at]));
        }
        return std::move(m_resource);
    }

private:
    Result<void> first(Segment const& segment)
    {
        if (segment.name.starts_with('$')) {
            return content(segment);
        }
        auto const* table = m_context.schema.find_by_set(segment.name);
        if (table && !table->is_hidden) {
            m_resource.table = table;
            if (!segment.has_parentheses) {
                m_resource.kind = Kind::rows;
                return {};
            }
            m_resource.row = TRY(parse_key(*table, segment));
            m_resource.kind = Kind::row;
            return {};
        }
        return message(segment);
    }

    Result<void> content(Segment const& segment)
    {
        auto const id = segment.name.substr(1);
        auto const known = m_context.contents.find(id);
        if (known == m_context.contents.end()) {
            return invalid("ODataClientPayloadError",
                "The reference '" + segment.name + "' is not in the batch context.");
        }
        m_resource.table = m_context.schema.find(known->second);
        m_resource.row = RowAddress { .table = known->second, .content = id };
        m_resource.kind = Kind::row;
        return {};
    }

    Result<void> message(Segment const& segment)
    {
        auto const name = without_namespace(segment.name);
        auto const* info = m_context.registry.find_message(name);
        auto const is_bulk =
            m_resource.table && m_resource.kind == Kind::rows && is_bulk_message(name);
        auto const fits = info
            && (m_resource.table ? info->bound_table == m_resource.table->id
                                 : !info->bound_table.has_value());
        if (!is_bulk && !fits) {
            return unknown_segment(segment.name);
        }
        if (info && info->bound_to_collection != (m_resource.kind == Kind::rows)
            && info->bound_table) {
            return unknown_segment(segment.name);
        }
        m_resource.kind = Kind::message;
        m_resource.message = std::string(name);
        m_resource.arguments = segment.arguments;
        return {};
    }

    Result<void> next(Segment const& segment)
    {
        switch (m_resource.kind) {
        case Kind::rows:
            return segment.name == "$count" ? end_with(Suffix::count) : message(segment);
        case Kind::property:
            return segment.name == "$value" ? end_with(Suffix::value)
                                            : unknown_segment(segment.name);
        case Kind::collection:
            return after_collection(segment);
        case Kind::single:
            if (segment.name == "$ref") {
                return end_with(Suffix::reference);
            }
            m_resource.row->hops.push_back(m_resource.one_to_many);
            m_resource.one_to_many = nullptr;
            m_resource.kind = Kind::row;
            return after_row(segment);
        case Kind::row:
            return after_row(segment);
        case Kind::service_document:
        case Kind::message:
            return unknown_segment(segment.name);
        }
        return {};
    }

    Result<void> after_collection(Segment const& segment)
    {
        if (segment.name == "$ref") {
            return end_with(Suffix::reference);
        }
        if (segment.name == "$count" && !m_resource.related) {
            return end_with(Suffix::count);
        }
        if (!m_resource.related) {
            return unknown_segment(segment.name);
        }
        // The path goes on from the related row itself.
        m_resource.row = std::exchange(m_resource.related, std::nullopt);
        m_resource.one_to_many = nullptr;
        m_resource.many_to_many = nullptr;
        m_resource.kind = Kind::row;
        return after_row(segment);
    }

    Result<void> after_row(Segment const& segment)
    {
        auto const& table = *m_resource.table;
        auto const* column = key_column(table, segment.name);
        if (column && !segment.has_parentheses) {
            m_resource.kind = Kind::property;
            m_resource.column = column;
            return {};
        }
        if (auto const* single = m_context.schema.find_single(table.id, segment.name)) {
            m_resource.kind = Kind::single;
            m_resource.one_to_many = single;
            m_resource.table = &m_context.schema.table(single->parent);
            return {};
        }
        m_resource.one_to_many = m_context.schema.find_collection(table.id, segment.name);
        m_resource.many_to_many = m_context.schema.find_many_to_many(table.id, segment.name);
        if (!m_resource.one_to_many && !m_resource.many_to_many) {
            return message(segment);
        }
        auto const* many = m_resource.many_to_many;
        auto const other = m_resource.one_to_many ? m_resource.one_to_many->child
            : many->first == table.id             ? many->second
                                                  : many->first;
        m_resource.kind = Kind::collection;
        m_resource.table = &m_context.schema.table(other);
        if (segment.has_parentheses) {
            m_resource.related = TRY(parse_key(*m_resource.table, segment));
        }
        return {};
    }

    Result<void> end_with(Suffix suffix)
    {
        m_resource.suffix = suffix;
        return {};
    }

    ResourceContext const& m_context;
    Resource m_resource {};
};

}

bool is_bulk_message(std::string_view name)
{
    return name == "CreateMultiple" || name == "UpdateMultiple" || name == "UpsertMultiple";
}

Result<Resource> resolve(ResourceContext const& context, std::vector<Segment> const& path)
{
    return Resolver(context).resolve(path);
}

Result<RowAddress> resolve_reference(ResourceContext const& context, std::string_view text)
{
    // Clients are known to write https:/host/…, so only the tail behind the version counts.
    auto const refused = [&] {
        return bad_payload(
            "'" + std::string(text) + "' does not refer to a row: use \"/set(id)\".");
    };
    auto const segments = parse_path(text);
    if (!segments || segments->empty()) {
        return refused();
    }
    auto resource = resolve(context, { segments->back() });
    if (!resource || resource->kind != Kind::row) {
        return resource || resource.error().code == "ResourceNotFound"
            ? refused()
            : Result<RowAddress>(std::unexpected(resource.error()));
    }
    return std::move(*resource->row);
}

namespace {

Result<Lookup> follow(Reader& reader, Lookup row, OneToMany const& hop)
{
    auto const& schema = reader.schema();
    Columns columns;
    columns.indexes = { hop.column };
    auto const found = TRY(reader.retrieve(row, columns));
    auto const* target = found.value(hop.column).as_lookup();
    if (!target || target->table != hop.parent) {
        return missing("ObjectDoesNotExist",
            "This row of '" + schema.table(row.table).name + "' has no '" + hop.single + "'.");
    }
    return *target;
}

}

Result<std::optional<Lookup>> find_row(
    Reader& reader, RowAddress const& address, Contents const& contents)
{
    auto row = std::optional<Lookup> {};
    if (!address.content.empty()) {
        row = contents.at(address.content);
    } else if (address.id) {
        row = Lookup { address.table, *address.id };
    } else {
        auto query = Query::from(address.table);
        auto const& table = reader.schema().table(address.table);
        query.columns = { table.id_column };
        for (auto const& part : address.key) {
            auto const op = part.value.is_null() ? Operator::is_null : Operator::equal;
            auto values = part.value.is_null() ? std::vector<Value> {} : std::vector { part.value };
            query.filter =
                std::move(query.filter) && Filter::condition(part.column, op, std::move(values));
        }
        auto const found = TRY(reader.first(std::move(query)));
        if (found) {
            row = Lookup { address.table, found->id() };
        }
    }
    for (auto const* hop : address.hops) {
        if (row) {
            row = TRY(follow(reader, *row, *hop));
        }
    }
    return row;
}

Result<Lookup> locate(Reader& reader, RowAddress const& address, Contents const& contents)
{
    auto const found = TRY(find_row(reader, address, contents));
    if (!found) {
        return missing("RecordNotFoundByEntityKey",
            "A record with the specified key values does not exist in '"
                + reader.schema().table(address.table).name + "'.");
    }
    return *found;
}

}
