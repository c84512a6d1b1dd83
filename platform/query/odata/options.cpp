#include "platform/query/odata/options.h"

#include "core/text.h"
#include "platform/query/compiler.h"
#include "platform/query/odata/filter_parser.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline::odata {

namespace {

// What other parts of the server read, or what clients send and nothing here needs.
constexpr std::string_view passed_over[] = { "partitionId", "partitionid", "tag", "api-version",
    "cross-company" };

Refusal unsupported(std::string_view name)
{
    return invalid_option(fmt::format("The query parameter {} is not supported.", name));
}

Result<Id> id_option(RawOption const& option)
{
    auto const id = Id::parse(text::trim(option.value));
    if (!id) {
        return invalid_option(fmt::format("The value of {} must be a GUID.", option.name));
    }
    return *id;
}

Result<std::int64_t> top_option(std::string_view text)
{
    auto const number = Decimal::parse(text::trim(text));
    auto const whole = number ? number->to_scaled(0) : Result<std::int64_t>(invalid_option({}));
    if (!whole || *whole < 1) {
        return invalid_option(
            fmt::format("Invalid value '{}' for $top query option found. It requires a whole "
                        "number above 0.",
                text));
    }
    return std::min(*whole, page_size_max);
}

Result<bool> count_option(std::string_view text)
{
    if (text != "true" && text != "false") {
        return invalid_option(
            fmt::format("Invalid value '{}' for $count query option found.", text));
    }
    return text == "true";
}

class OptionsReader {
public:
    OptionsReader(Schema const& schema, Table const& table, std::vector<RawOption> const& options)
        : m_schema(schema)
        , m_table(table)
        , m_options(options)
    {
    }

    Result<Options> read()
    {
        TRY(check_repeats());
        for (auto const& [name, value] : m_options) {
            if (name.starts_with('@')) {
                m_aliases.emplace(name, value);
            }
        }
        m_result.query.table = m_table.id;
        for (auto const& option : m_options) {
            TRY(read_option(option));
        }
        if (m_result.apply) {
            m_result.apply->filter = std::move(m_result.apply->filter) && m_result.query.filter;
            m_result.apply->limit = m_result.query.limit;
        }
        return std::move(m_result);
    }

private:
    Result<void> check_repeats() const
    {
        for (auto option = m_options.begin(); option != m_options.end(); ++option) {
            auto const is_same = [&](RawOption const& other) { return other.name == option->name; };
            if (option->name.starts_with('$')
                && std::find_if(option + 1, m_options.end(), is_same) != m_options.end()) {
                return invalid_option(
                    fmt::format("Query option '{}' was specified more than once.", option->name));
            }
        }
        return {};
    }

    Result<void> read_option(RawOption const& option)
    {
        auto const& [name, value] = option;
        if (name.starts_with('@')
            || std::ranges::find(passed_over, name) != std::end(passed_over)) {
            return {};
        }
        if (name.starts_with('$')) {
            return read_system_option(name, value);
        }
        if (name == "savedQuery") {
            m_result.saved_query = TRY(id_option(option));
        } else if (name == "userQuery") {
            m_result.user_query = TRY(id_option(option));
        } else if (name == "fetchXml") {
            m_result.fetch_xml = value;
        } else {
            return unsupported(name);
        }
        return {};
    }

    Result<void> read_system_option(std::string_view name, std::string const& value)
    {
        auto& query = m_result.query;
        if (name == "$select") {
            query.columns = TRY(parse_select(m_schema, m_table, value));
            m_result.has_select = true;
        } else if (name == "$filter") {
            query.filter = TRY(parse_filter(m_schema, m_table, value, m_aliases));
        } else if (name == "$orderby") {
            query.orders = TRY(parse_order_by(m_schema, m_table, value));
        } else if (name == "$top") {
            query.limit = TRY(top_option(value));
            m_result.has_top = true;
        } else if (name == "$count") {
            query.with_count = TRY(count_option(value));
        } else if (name == "$expand") {
            query.expands = TRY(parse_expand(m_schema, m_table, value));
        } else if (name == "$apply") {
            m_result.apply = TRY(parse_apply(m_schema, m_table, value, m_aliases));
        } else if (name == "$skiptoken") {
            // One client appends a slash to every link it follows.
            query.after = value.ends_with('/') ? value.substr(0, value.size() - 1) : value;
        } else if (name == "$deltatoken") {
            m_result.delta_token = value;
        } else {
            return unsupported(name);
        }
        return {};
    }

    Schema const& m_schema;
    Table const& m_table;
    std::vector<RawOption> const& m_options;
    Aliases m_aliases {};
    Options m_result {};
};

}

Result<std::vector<RawOption>> split_query_string(std::string_view raw)
{
    std::vector<RawOption> options;
    if (raw.empty()) {
        return options;
    }
    for (auto const part : text::split(raw, '&')) {
        if (part.empty()) {
            continue;
        }
        auto const equals = part.find('=');
        auto name = text::percent_decode(part.substr(0, equals), true);
        auto value = text::percent_decode(
            equals == std::string_view::npos ? "" : part.substr(equals + 1), true);
        auto const is_clean = [](std::optional<std::string> const& text) {
            return text && text::is_valid_utf8(*text) && !text->contains('\0');
        };
        if (!is_clean(name) || !is_clean(value)) {
            return invalid_option("The query string is not valid UTF-8 in percent encoding.");
        }
        options.push_back({ std::string(text::trim(*name)), std::move(*value) });
    }
    return options;
}

Result<Options> parse_options(
    Schema const& schema, Table const& table, std::vector<RawOption> const& options)
{
    return OptionsReader(schema, table, options).read();
}

Result<Query> parse_row_options(
    Schema const& schema, Table const& table, std::vector<RawOption> const& options)
{
    for (auto const& option : options) {
        auto const is_ours =
            option.name == "$select" || option.name == "$expand" || !option.name.starts_with('$');
        if (!is_ours) {
            return unsupported(option.name);
        }
    }
    return TRY(parse_options(schema, table, options)).query;
}

Result<Filter> parse_filter(
    Schema const& schema, Table const& table, std::string_view text, Aliases const& aliases)
{
    Scanner scanner { text };
    auto filter = TRY(FilterParser(schema, aliases, scanner).expression({ &table, {} }));
    if (!scanner.at_end()) {
        return scanner.refusal("the end of the filter");
    }
    return filter;
}

Result<std::vector<ColumnIndex>> parse_select(
    Schema const& schema, Table const& table, std::string_view text)
{
    std::vector<ColumnIndex> columns;
    auto everything = false;
    for (auto const part : text::split(text, ',')) {
        auto const name = text::trim(part);
        if (name == "*") {
            everything = true;
        } else if (auto const* column = find_property(table, name)) {
            columns.push_back(column->index);
        } else if (find_singles(schema, table, name).empty()
            && !find_collection(schema, table, name)) {
            return unknown_property(table, name);
        }
    }
    if (everything) {
        return std::vector<ColumnIndex> {};
    }
    if (columns.empty()) {
        columns.push_back(
            table.id_column); // Only navigation properties were named; they bring no columns.
    }
    return columns;
}

namespace {

Result<ColumnPath> order_path(Schema const& schema, Table const& table, std::string_view text)
{
    ColumnPath path;
    auto const* at = &table;
    auto const segments = text::split(text, '/');
    for (std::size_t index = 0; index + 1 < segments.size(); ++index) {
        auto const singles = find_singles(schema, *at, segments[index]);
        auto const single = std::ranges::find_if(singles, [&](SingleNavigation const& each) {
            return find_property(*each.target, segments[index + 1]) || singles.size() == 1;
        });
        if (single == singles.end()) {
            return unknown_property(*at, segments[index]);
        }
        path.hops.push_back({ single->lookup->index, single->target->id });
        at = single->target;
    }
    auto const* column = find_column(*at, segments.back());
    if (!column) {
        return unknown_property(*at, segments.back());
    }
    path.column = column->index;
    return path;
}

}

Result<std::vector<Order>> parse_order_by(
    Schema const& schema, Table const& table, std::string_view text)
{
    std::vector<Order> orders;
    for (auto const part : text::split(text, ',')) {
        auto const item = text::trim(part);
        auto const blank = item.find(' ');
        auto const direction =
            blank == std::string_view::npos ? "" : text::trim(item.substr(blank));
        if (!direction.empty() && direction != "asc" && direction != "desc") {
            return invalid_option(fmt::format("'{}' in $orderby must end with asc or desc.", item));
        }
        Order order { .column = TRY(order_path(schema, table, item.substr(0, blank))),
            .descending = direction == "desc" };
        auto const is_same = [&](Order const& other) {
            return other.column.hops == order.column.hops
                && other.column.column == order.column.column;
        };
        if (std::ranges::any_of(orders, is_same)) {
            return invalid("DuplicateOrderBy",
                fmt::format("The property '{}' is in the $orderby more than once.", item));
        }
        orders.push_back(std::move(order));
    }
    return orders;
}

}
