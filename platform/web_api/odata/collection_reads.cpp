// Collections: pages of rows, counts, references (web-api.md 2.8 to 2.14).
#include "core/text.h"
#include "platform/query/execute.h"
#include "platform/web_api/odata/context_url.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/reading.h"

#include <algorithm>

namespace cashline::odata {

namespace {

// The count that clients see ends here.
constexpr std::int64_t visible_count_max = 5'000;

void set_page(Query& query, Call const& call, bool has_top)
{
    auto const wanted = call.preferences.page_size;
    if (wanted) {
        query.limit.reset(); // $top loses to the page size.
        query.page_size = std::min(*wanted, page_size_max);
    } else if (!has_top) {
        query.page_size = page_size_max;
    }
}

void write_figures(json::Writer& writer, Call const& call, Query const& query, PageInfo const& page)
{
    if (query.with_count) {
        writer.key("@odata.count").number(std::min(page.count.value_or(0), visible_count_max));
    }
    constexpr std::string_view total = "Microsoft.Dynamics.CRM.totalrecordcount";
    if (call.preferences.wants(total)) {
        writer.key("@" + std::string(total));
        writer.number(query.with_count ? std::min(page.count.value_or(0), visible_count_max) : -1);
        writer.key("@" + std::string(total) + "limitexceeded");
        writer.boolean(query.with_count && page.count_exceeded);
    }
}

void write_references(
    json::Writer& writer, Call const& call, Table const& table, std::vector<Row> const& rows)
{
    writer.begin_array();
    for (auto const& row : rows) {
        writer.begin_object().key("@odata.id");
        writer.string(call.base + "/" + table.set + "(" + row.id().to_string() + ")");
        writer.end_object();
    }
    writer.end_array();
}

Result<http::Response> references_answer(
    Reader& reader, Call const& call, CollectionRead const& read)
{
    auto query = read.options.query;
    query.columns = { read.table->id_column };
    query.expands.clear();
    query.limit = std::min(query.limit.value_or(page_size_max), page_size_max);
    auto const rows = TRY(reader.query(query));
    std::string body;
    json::Writer writer(body);
    begin_answer(writer, call, "#Collection($ref)");
    writer.key("value");
    write_references(writer, call, *read.table, rows);
    writer.end_object();
    return json_answer(200, std::move(body));
}

}

JsonOptions json_options(Call const& call)
{
    return { .formatted_values = call.preferences.wants(formatted_value),
        .lookup_names = call.preferences.wants(lookup_logical_name),
        .navigation_names = call.preferences.wants(associated_navigation),
        .public_names = call.manner == Manner::operations,
        .base_url = call.base + "/" };
}

std::string fragment_of(Schema const& schema, Call const& call, Shown const& shown)
{
    return call.manner == Manner::operations
        ? public_context_fragment(shown.table, shown.query, shown.has_select)
        : context_fragment(schema, shown.table, shown.query, shown.has_select);
}

void begin_answer(json::Writer& writer, Call const& call, std::string_view fragment)
{
    writer.begin_object().key("@odata.context");
    writer.string(call.base + "/$metadata" + std::string(fragment));
}

std::string next_link(Call const& call, std::string_view cursor)
{
    auto link = call.base + "/" + call.path;
    auto separator = '?';
    for (auto const part : text::split(call.query, '&')) {
        auto const name = text::percent_decode(part.substr(0, part.find('=')), true);
        if (part.empty() || name == "$skiptoken") {
            continue;
        }
        link += separator;
        link += part;
        separator = '&';
    }
    return link + separator + "$skiptoken=" + text::percent_encode(cursor);
}

Result<http::Response> collection_answer(Reader& reader, Call const& call, CollectionRead read)
{
    auto& query = read.options.query;
    query.filter = std::move(query.filter) && std::move(read.scope);
    if (read.references_only) {
        return references_answer(reader, call, read);
    }
    set_page(query, call, read.options.has_top);
    auto options = json_options(call);
    options.omits_nulls = read.omits_nulls;
    auto const fragment =
        fragment_of(reader.schema(), call, { *read.table, query, read.options.has_select });

    std::string rows;
    json::Writer row_writer(rows);
    auto const page =
        TRY(write_json_rows(reader.context(), reader.caller(), { query, options }, row_writer));

    std::string body;
    json::Writer writer(body);
    begin_answer(writer, call, fragment);
    write_figures(writer, call, query, page);
    if (!page.next.empty()) {
        writer.key("@odata.nextLink").string(next_link(call, page.next));
    }
    writer.key("value").raw(rows);
    writer.end_object();
    auto response = json_answer(200, std::move(body));
    add_applied(response, call.preferences, Applies::to_reading);
    return response;
}

Result<http::Response> count_answer(Reader& reader, CollectionRead const& read)
{
    auto query = read.options.query;
    query.filter = std::move(query.filter) && read.scope;
    auto const count = TRY(count_rows(reader.context(), reader.caller(), query, visible_count_max));
    auto response = http::content_response(
        200, "text/plain", std::to_string(std::min(count, visible_count_max)));
    response.headers.add("OData-Version", "4.0");
    return response;
}

}
